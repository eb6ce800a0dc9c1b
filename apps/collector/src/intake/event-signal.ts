import { parseInstant } from '@throughline/canonical';
import { eventScopedKey, parseTraceparent, type CloudEvent } from '@throughline/ingest';
import type { NewSignal } from './new-signal.js';

/** Whole numbers that fit a signed 64-bit column. */
const SEQUENCE = /^\d{1,18}$/;

/** A CloudEvent as a signal of its sender. `source` is the configured source system that it is taken for. */
export function eventSignal(
  event: CloudEvent,
  sender: { ingestSource: string | null; source: { name: string; kind: string } | null; hopTraceparent: string | null },
): NewSignal {
  const time = parseInstant(event.time);
  const sequence = String(event.attributes['sequence'] ?? '');
  return {
    kind: 'cloud-event',
    scopedKey: eventScopedKey(sender.ingestSource, event),
    sourceSystem: sender.source?.name ?? '',
    sourceKind: sender.source?.kind ?? '',
    type: event.type,
    externalId: event.id,
    source: event.source,
    occurredAt: time.ok ? time.value : null,
    contentType: event.dataContentType ?? null,
    attributes: event.attributes,
    hopTraceparent: sender.hopTraceparent,
    traceId: parseTraceparent(event.attributes['traceparent'])?.traceId ?? null,
    body: event.body,
    sequenceNo: SEQUENCE.test(sequence) ? sequence : null,
    fileId: null,
    recordNo: null,
  };
}
