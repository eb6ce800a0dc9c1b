import { randomUUID } from 'node:crypto';
import { encodeSpans, type SpanRecord } from '@throughline/ingest';
import { type Tx, storeSpanChunks } from '@throughline/persistence';

/** A span of these ids; what is not given is of no interest. */
export function spanRecord(change: Partial<SpanRecord> & Pick<SpanRecord, 'traceId' | 'spanId'>): SpanRecord {
  return {
    parentSpanId: null,
    name: `span ${change.spanId.slice(-2)}`,
    kind: 2,
    startUnixNano: '1790000000000000000',
    endUnixNano: '1790000001000000000',
    statusCode: 0,
    statusMessage: '',
    traceState: '',
    flags: 0,
    resource: { attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    scope: { name: '', version: '', attributes: {}, droppedAttributesCount: 0, schemaUrl: '' },
    attributes: {},
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    serviceName: 'sync',
    isClockSuspect: false,
    ...change,
  };
}

/** Stores the spans of one request as the collector does, without announcing work for them. */
export async function storeReceivedSpans(
  tx: Tx,
  spans: readonly SpanRecord[],
  receivedAt: Date,
): Promise<{ batchId: string; spans: number; candidateSpans: number }> {
  const batchId = randomUUID();
  const { chunks } = await encodeSpans(spans, receivedAt);
  return { batchId, ...(await storeSpanChunks(tx, { batchId, receivedAt }, chunks)) };
}
