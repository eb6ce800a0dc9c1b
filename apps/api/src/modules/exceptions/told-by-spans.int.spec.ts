import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SpanRecord } from '@throughline/ingest';
import { PostgresSignalLog } from '@throughline/persistence';
import { createTestDatabase } from '@throughline/persistence/testing';
import { spanRecord, storeReceivedSpans } from '../../testing/stored-spans.js';
import { type PipelineBench, newPipelineBench } from '../lineage/pipeline/testing/pipeline-bench.js';
import { createExceptionsConsumer } from './index.js';

const LOG = new PostgresSignalLog();
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const AT = new Date();

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let bench: PipelineBench;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  bench = await newPipelineBench(db);
});
afterAll(() => db.close());

/** Receives one request of spans as the collector does; all of one trace unless they say otherwise. */
async function receive(...spans: Partial<SpanRecord>[]): Promise<void> {
  const records = spans.map((change, index) =>
    spanRecord({
      traceId: TRACE,
      spanId: (index + 1).toString(16).padStart(16, '0'),
      serviceName: 'billing',
      ...change,
    }),
  );
  await bench.inTenant(async (tx) => {
    const { batchId, candidateSpans } = await storeReceivedSpans(tx, records, AT);
    if (candidateSpans > 0) await LOG.append(tx, { batchId, kind: 'spans', receivedAt: AT, items: candidateSpans });
  });
  await bench.settle();
  await bench.tell(createExceptionsConsumer({ clock: () => AT }));
}
const exceptions = () =>
  bench.inTenant((tx) =>
    tx.query<{ title: string; taxonomy: string; hop: string; groupId: string; type: string; key: string }>(
      `select e.title, e.taxonomy, e.hop, e.group_id as "groupId", b.type, b.key from exception e
       join business_object b on b.tenant_id = $1 and b.object_id = e.object_id
       where e.tenant_id = $1 and e.state <> 'RESOLVED' order by b.key, e.taxonomy`,
      [tx.tenantId],
    ),
  );
const named = (type: string, value: string): Partial<SpanRecord> => ({
  attributes: { 'finance.object.type': type, 'finance.object.key.value': value },
});
const FAILED = { statusCode: 2 };
const INTEGRATION = { 'finance.integration.name': 'billing-to-sap' };
const thrown = (type: string, message = ''): Partial<SpanRecord> => ({
  events: [
    {
      timeUnixNano: '1790000000500000000',
      name: 'exception',
      attributes: { 'exception.type': type, 'exception.message': message },
      droppedAttributesCount: 0,
    },
  ],
});

describe('a span that names a finance object unusably', () => {
  it('is an exception that names the attribute and leads to the span, one group for each service and attribute', async () => {
    await receive(named('spaceship', '1'), named('invoice', 'I-1'), named('rocket', '2'), named('invoice', 'N/A'));
    const told = await exceptions();
    expect(told).toMatchObject([
      {
        hop: 'billing',
        key: `${TRACE}/0000000000000001`,
        title: expect.stringContaining('/attributes/finance.object.type'),
      },
      {
        hop: 'billing',
        key: `${TRACE}/0000000000000003`,
        title: expect.stringContaining('/attributes/finance.object.type'),
      },
      { key: `${TRACE}/0000000000000004`, title: expect.stringContaining('/attributes/finance.object.key.value') },
    ]);
    expect(told[0]?.groupId).toBe(told[1]?.groupId);
    expect(new Set(told.map((one) => one.groupId)).size).toBe(2);
  });

  it('is the same after a rebuild', async () => {
    await receive(named('spaceship', '1'), named('invoice', 'I-1'));
    const before = await bench.read();
    await bench.inTenant((tx) => bench.rebuildWithin(tx));
    expect(await bench.read()).toEqual(before);
  });
});

describe('spans that failed', () => {
  const INVOICE = { ...INTEGRATION, 'finance.invoice.id': 'I-1' };
  const failed = (run: string, change: Partial<SpanRecord>, more: SpanRecord['attributes'] = {}) => ({
    traceId: run.repeat(32),
    ...FAILED,
    ...change,
    attributes: { ...INVOICE, ...more },
  });

  it('for three reasons on one invoice at one hop are three exceptions, each of its kind', async () => {
    await receive(
      failed('1', {}, { 'http.response.status_code': 429 }),
      failed('2', thrown('SocketTimeoutException')),
      failed('3', { statusMessage: 'Posting period 009 2026 is not open' }),
    );
    expect((await exceptions()).map(({ key, hop, taxonomy }) => [key, hop, taxonomy])).toEqual([
      ['I-1', 'billing-to-sap', 'business-control.posting-period-closed'],
      ['I-1', 'billing-to-sap', 'platform.rate-limit'],
      ['I-1', 'billing-to-sap', 'platform.time-out'],
    ]);
  });

  it('one because another did are one exception, whichever is heard of first', async () => {
    await receive(failed('1', { statusMessage: 'posting failed' }));
    await receive({ ...failed('1', thrown('SocketTimeoutException')), spanId: 'f'.repeat(16) });
    expect(await exceptions()).toMatchObject([{ key: 'I-1', taxonomy: 'platform.time-out' }]);
  });

  it('and name their integration alone are one exception of the run', async () => {
    const step = { ...FAILED, attributes: INTEGRATION };
    await receive(
      step,
      { ...step, parentSpanId: '0000000000000001' },
      { ...step, parentSpanId: '0000000000000002', ...thrown('SocketTimeoutException') },
      { parentSpanId: '0000000000000001', attributes: INTEGRATION },
    );
    expect(await exceptions()).toMatchObject([
      { type: 'run', key: TRACE, hop: 'billing-to-sap', taxonomy: 'platform.time-out' },
    ]);
  });
});
