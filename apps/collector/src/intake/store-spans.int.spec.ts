import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encodeSpans, type SpanRecord } from '@throughline/ingest';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { storeSpans } from './store-spans.js';

const RECEIVED_AT = new Date();
const FINANCE = { 'finance.object.type': 'sales-order', 'finance.object.key.value': 'SO-1' };

function span(trace: string, number: number, change: Partial<SpanRecord> = {}): SpanRecord {
  return {
    traceId: trace.repeat(32),
    spanId: number.toString(16).padStart(16, '0'),
    parentSpanId: null,
    name: 'sync order',
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

describe('storing the spans of a request', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.close());

  const store = async (spans: readonly SpanRecord[], receivedAt = RECEIVED_AT) => {
    const encoded = await encodeSpans(spans, receivedAt);
    return test.database.withTenant(test.tenantId, (tx) => storeSpans(tx, encoded));
  };
  const announced = () =>
    test.database.withTenant(test.tenantId, async (tx) => {
      const rows = await tx.query<{ items: number }>(
        `select items from intake_batch where tenant_id = $1 and kind = 'spans' order by items`,
        [tx.tenantId],
      );
      await tx.query('delete from intake_batch where tenant_id = $1', [tx.tenantId]);
      return rows.map((row) => row.items);
    });

  it('announces work for those alone that can become activities', async () => {
    expect(await store([span('a', 1), span('a', 2, { attributes: FINANCE, endUnixNano: '0' })])).toEqual({
      stored: 2,
      duplicates: 0,
    });
    expect(await announced()).toEqual([]);
    await store([span('a', 2, { attributes: FINANCE }), span('b', 3)]);
    expect(await announced()).toEqual([1]);
  });

  it('counts what is there already and what the request holds twice, and announces it once', async () => {
    const spans = [span('c', 1, { attributes: FINANCE }), span('c', 2), span('c', 2), span('d', 3)];
    expect(await store(spans)).toEqual({ stored: 3, duplicates: 1 });
    expect(await store(spans)).toEqual({ stored: 0, duplicates: 4 });
    expect(await announced()).toEqual([1]);
  });

  it('takes a request of many thousand spans in several chunks of one batch', async () => {
    const spans = Array.from({ length: 9_000 }, (_, number) =>
      span('0', number + 1, {
        traceId: (1_000 + (number % 700)).toString(16).padStart(32, '0'),
        attributes: number % 100 === 0 ? FINANCE : {},
      }),
    );
    expect(await store(spans)).toEqual({ stored: 9_000, duplicates: 0 });
    expect(await store(spans)).toEqual({ stored: 0, duplicates: 9_000 });
    expect(await announced()).toEqual([90]);
  });

  it('has one of two concurrent copies wait and find everything there', async () => {
    const spans = Array.from({ length: 300 }, (_, number) =>
      span('e', number + 1, { traceId: number.toString(16).padStart(32, 'f') }),
    );
    const counts = await Promise.all([store(spans), store(spans.toReversed()), store(spans)]);
    expect(counts.map((count) => count.stored).sort((a, b) => a - b)).toEqual([0, 0, 300]);
  });
});
