import type { MappingReference, SignalKind } from '@throughline/canonical';
import type { CloudEventAttribute } from '@throughline/ingest';

/** One thing to store in the table `signal`; redaction has been applied. Spans are stored apart. */
export type NewSignal = {
  kind: Exclude<SignalKind, 'span'>;
  /** Idempotency key within the tenant; see the scoped keys of libs/ingest. */
  scopedKey: string;
  /** Name and kind of the configured source system; '' = the sender is bound to none. */
  sourceSystem: string;
  sourceKind: string;
  /** Sender's name of what happened, and its id. */
  type: string;
  externalId: string;
  /** CloudEvents source, OpenLineage job, or the source system. */
  source: string;
  /** Canonical instant; null = the intake cannot tell. */
  occurredAt: string | null;
  contentType: string | null;
  attributes: Record<string, CloudEventAttribute>;
  /** `traceparent` header of the request: this hop, not the origin. */
  hopTraceparent: string | null;
  /** Lower-case hex trace id in which it originated. */
  traceId: string | null;
  body: Uint8Array;
  /** Whole number of the sender's sequence. */
  sequenceNo: string | null;
  fileId: string | null;
  recordNo: number | null;
  /** Why its mapping would ignore it: stored for the trace view, and no work for the worker. */
  ignored?: { reason: string; mapping: MappingReference };
};
