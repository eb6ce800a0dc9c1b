import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { createTestDatabase } from '@throughline/persistence/testing';
import { type PipelineBench, newPipelineBench } from '../testing/pipeline-bench.js';
import { storeRawSignals } from '../testing/store-raw-signals.js';
import { createSequenceStage } from './sequence-stage.js';

const MINUTE = 60_000;

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let bench: PipelineBench;
let now: Date;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  bench = await newPipelineBench(db);
  now = new Date();
});
afterAll(() => db.close());

const send = (source: string, ...numbers: number[]) =>
  bench.inTenant((tx) =>
    storeRawSignals(
      tx,
      numbers.map((number) => ({
        kind: 'cloud-event' as const,
        externalId: `${number}`,
        source,
        type: 'orders.noise',
        sequenceNo: number,
        body: {},
      })),
    ),
  );
const look = async (afterMinutes: number) => {
  now = new Date(now.getTime() + afterMinutes * MINUTE);
  const stage = createSequenceStage({
    database: bench.database,
    clock: () => now,
    log: createLogger({ service: 'test', level: 'silent' }),
  });
  while (await stage.run(bench.tenantId));
  while (await bench.project.run(bench.tenantId));
};
const missing = async () =>
  (
    await bench.inTenant((tx) =>
      tx.query<{ message: string; occurrences: number }>(
        `select message, occurrences from problem where tenant_id = $1 and taxonomy = 'timing-and-sequence.sequence-gap'
         order by hop`,
        [tx.tenantId],
      ),
    )
  ).map(({ message, occurrences }) => [message, occurrences]);

describe('the sequence of an event source', () => {
  it('is missed after the grace time, and no longer when its events come', async () => {
    await send('/erp', 1, 2, 3, 7);
    await look(0);
    expect(await missing()).toEqual([]);
    await look(6);
    expect(await missing()).toEqual([['sequence 4 to 6 of /erp missing', 1]]);
    await send('/erp', 5);
    await look(0);
    expect((await missing())[0]?.[1]).toBe(2);
    await send('/erp', 6, 4);
    await look(0);
    expect(await missing()).toEqual([]);
  });

  it('is not missed when what overtook another is followed by it in time, nor when numbers begin anywhere', async () => {
    await send('/erp', 1_000, 1_002);
    await look(1);
    await send('/erp', 1_001, 1_003);
    await look(10);
    expect(await missing()).toEqual([]);
  });

  it('is looked through downwards too, once for each number, and one gap however huge', async () => {
    await send('/erp', 100, 101);
    await send('/bank', 1, 9_000_000_000_000_000);
    await look(0);
    await send('/erp', 97);
    await look(6);
    await look(6);
    expect(await missing()).toEqual([
      ['sequence 2 to 8999999999999999 of /bank missing', 1],
      ['sequence 98 to 99 of /erp missing', 1],
    ]);
  });

  it('keeps no more than a bounded number of gaps of a source that counts otherwise', async () => {
    await send('/odd', ...Array.from({ length: 1_500 }, (_, index) => index * 2));
    await look(6);
    const [row] = await bench.inTenant((tx) =>
      tx.query<{ count: string }>('select count(*) as count from sequence_gap where tenant_id = $1', [tx.tenantId]),
    );
    expect(row?.count).toBe('1000');
  });

  it('survives a rebuild, and a gap is no transaction', async () => {
    await send('/erp', 1, 4);
    await look(0);
    await look(6);
    await bench.settle();
    const before = await bench.read();
    await bench.inTenant((tx) => bench.rebuildWithin(tx));
    expect(await bench.read()).toEqual(before);
    expect(await missing()).toEqual([['sequence 2 to 3 of /erp missing', 1]]);
    expect(before.transactions).toEqual([]);
  });
});
