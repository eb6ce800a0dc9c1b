import type { SignalKind } from '@throughline/canonical';
import type { CloudEventAttribute } from '../cloudevents/cloud-event.js';

/** A stored signal as the mapping reads it: the columns of a row of the table `signal`. Spans are stored apart. */
export type StoredSignal = {
  kind: Exclude<SignalKind, 'span'>;
  /** `signal.scoped_key`, unique within the tenant. */
  scopedKey: string;
  /** The configured source system that sent it and its kind; empty when the sender is not bound to one. */
  sourceSystem: string;
  sourceKind: string;
  /** The sender's name of what happened: CloudEvents type, vendor event type, run event type, record format. */
  type: string;
  /** CloudEvents `source`, OpenLineage job, file id, or the source system. */
  source: string;
  /** The sender's id of it. */
  externalId: string;
  /** Canonical instant, when the intake could tell. */
  occurredAt: string | null;
  /** Canonical instant of its first receipt: the time of messages that carry none of their own (error bodies). */
  receivedAt?: string;
  /** CloudEvents context attributes and extensions as received; for a webhook what of its request matters to the mapping. */
  attributes: Record<string, CloudEventAttribute>;
  /** Null = none given, which means JSON. */
  contentType: string | null;
  /** The bytes of the event, record or body, after redaction. */
  body: Uint8Array;
};

/** The columns of the table `signal` that the mapping reads, as the PostgreSQL driver returns them. */
export type StoredSignalRow = {
  kind: StoredSignal['kind'];
  scoped_key: string;
  source_system: string;
  source_kind: string;
  type: string;
  source: string;
  external_id: string;
  occurred_at: Date | string | null;
  received_at?: Date | string;
  attributes: Record<string, CloudEventAttribute>;
  content_type: string | null;
  body: Uint8Array;
};

/** The columns of StoredSignalRow, for a select list. */
export const STORED_SIGNAL_COLUMNS = [
  'kind',
  'scoped_key',
  'source_system',
  'source_kind',
  'type',
  'source',
  'external_id',
  'occurred_at',
  'received_at',
  'attributes',
  'content_type',
  'body',
] as const satisfies readonly (keyof StoredSignalRow)[];

/** The signal of a row of the table `signal`. */
export function storedSignalFromRow(row: StoredSignalRow): StoredSignal {
  return {
    kind: row.kind,
    scopedKey: row.scoped_key,
    sourceSystem: row.source_system,
    sourceKind: row.source_kind,
    type: row.type,
    source: row.source,
    externalId: row.external_id,
    occurredAt: row.occurred_at === null ? null : new Date(row.occurred_at).toISOString(),
    ...(row.received_at !== undefined && { receivedAt: new Date(row.received_at).toISOString() }),
    attributes: row.attributes,
    contentType: row.content_type,
    body: row.body,
  };
}
