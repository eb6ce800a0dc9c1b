import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Attributes } from '@throughline/ingest';
import { PostgresSignalLog } from '@throughline/persistence';
import { createTestDatabase } from '@throughline/persistence/testing';
import { spanRecord, storeReceivedSpans } from '../../testing/stored-spans.js';
import { type PipelineBench, newPipelineBench } from '../lineage/pipeline/testing/pipeline-bench.js';
import { createExceptionsConsumer } from './index.js';

const LOG = new PostgresSignalLog();
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const AT = new Date('2026-10-01T12:00:00.000Z');

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let bench: PipelineBench;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  bench = await newPipelineBench(db);
});
afterAll(() => db.close());

/** Receives a request of one span for each of these, which name an object unusably or not. */
async function receive(...spans: Attributes[]): Promise<void> {
  const records = spans.map((attributes, index) =>
    spanRecord({ traceId: TRACE, spanId: (index + 1).toString(16).padStart(16, '0'), serviceName: 'billing', attributes }),
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
    tx.query<{ title: string; hop: string; groupId: string; key: string }>(
      `select e.title, e.hop, e.group_id as "groupId", b.key from exception e
       join business_object b on b.tenant_id = $1 and b.object_id = e.object_id where e.tenant_id = $1 order by b.key`,
      [tx.tenantId],
    ),
  );
const named = (type: string, value: string): Attributes => ({
  'finance.object.type': type,
  'finance.object.key.value': value,
});

describe('a span that names a finance object unusably', () => {
  it('is an exception that names the attribute and leads to the span, one group for each service and attribute', async () => {
    await receive(named('spaceship', '1'), named('invoice', 'I-1'), named('rocket', '2'), named('invoice', 'N/A'));
    const told = await exceptions();
    expect(told).toMatchObject([
      { hop: 'billing', key: `${TRACE}/0000000000000001`, title: expect.stringContaining('/attributes/finance.object.type') },
      { hop: 'billing', key: `${TRACE}/0000000000000003`, title: expect.stringContaining('/attributes/finance.object.type') },
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
