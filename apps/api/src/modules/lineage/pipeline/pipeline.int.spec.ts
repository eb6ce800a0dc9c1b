import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { connected, createTestDatabase } from '@throughline/persistence/testing';
import {
  SHORT_ORDER_TO_CASH_STORIES,
  batchCashPosition,
  inBatches,
  inDisorder,
  missingMappingMended,
  seededNumbers,
} from '@throughline/scenarios';
import { newPipelineBench } from './testing/pipeline-bench.js';

jest.setTimeout(30_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

const newBench = () => newPipelineBench(db);

describe('signals through store, map and project', () => {
  it.each([11, 12, 13])('give the same lineage when mapped and projected at random moments (seed %d)', async (seed) => {
    const random = seededNumbers(seed);
    const signals = SHORT_ORDER_TO_CASH_STORIES.flatMap((story) => story.signals);
    const bench = await newBench();
    for (const batch of inBatches(inDisorder(signals, random), random, 12)) {
      await bench.store(batch);
      if (random() < 0.5) await bench.map.run(bench.tenantId);
      if (random() < 0.3) await bench.project.run(bench.tenantId);
    }
    await bench.settle();
    expect(await bench.read()).toEqual(bench.inMemory(signals));
  });

  it('projects nothing again and announces nothing when nothing is new', async () => {
    const bench = await newBench();
    await bench.store(missingMappingMended.signals);
    await bench.settle();
    await bench.inTenant((tx) => tx.query('delete from outbox_delivery where tenant_id = $1', [tx.tenantId]));
    await bench.store(missingMappingMended.signals);
    await bench.settle();
    const left = await bench.inTenant((tx) =>
      tx.query('select 1 from outbox_delivery where tenant_id = $1', [tx.tenantId]),
    );
    expect(left).toEqual([]);
  });

  it('writes no row anew whose values are the same', async () => {
    const bench = await newBench();
    await bench.store(batchCashPosition.signals);
    await bench.settle();
    const versions = () =>
      bench.inTenant((tx) =>
        tx.query('select xmin, transaction_id, name, object_id from milestone where tenant_id = $1 order by 2, 3, 4', [
          tx.tenantId,
        ]),
      );
    const before = await versions();
    await bench.inTenant((tx) =>
      tx.query(
        `insert into dirty_alias (tenant_id, set_id, alias_id, occurred_at)
         select $1, gen_random_uuid(), alias_id, '2026-01-01Z' from object_alias where tenant_id = $1`,
        [tx.tenantId],
      ),
    );
    await bench.settle();
    expect(await versions()).toEqual(before);
  });
});

describe('a transaction that was stored before it kept digests of its rows', () => {
  it('is compared row by row, and keeps them from then on', async () => {
    const bench = await newBench();
    await bench.store(batchCashPosition.signals);
    await bench.settle();
    const before = await bench.read();
    await bench.inTenant((tx) =>
      tx.query(`update business_transaction set digests = '' where tenant_id = $1`, [tx.tenantId]),
    );
    // What the comparison has to find: a row that is missing.
    await bench.inTenant((tx) =>
      tx.query("delete from milestone where tenant_id = $1 and name = 'order-accepted'", [tx.tenantId]),
    );
    await bench.inTenant((tx) =>
      tx.query(
        `insert into dirty_alias (tenant_id, set_id, alias_id, occurred_at)
         select $1, gen_random_uuid(), alias_id, '2026-01-01Z' from object_alias where tenant_id = $1`,
        [tx.tenantId],
      ),
    );
    const damaged = await bench.read();
    await bench.settle();
    expect(damaged).not.toEqual(before);
    expect(await bench.read()).toEqual(before);
    const unknown = await bench.inTenant((tx) =>
      tx.query(`select 1 from business_transaction where tenant_id = $1 and digests = ''`, [tx.tenantId]),
    );
    expect(unknown).toEqual([]);
  });
});

describe('a rebuild', () => {
  it('finds the identical lineage and tells nobody', async () => {
    const bench = await newBench();
    const random = seededNumbers(21);
    const signals = SHORT_ORDER_TO_CASH_STORIES.flatMap((story) => story.signals);
    for (const batch of inBatches(inDisorder(signals, random), random, 20)) {
      await bench.store(batch);
      await bench.settle();
    }
    const before = await bench.read();
    await bench.inTenant((tx) => tx.query('delete from outbox_delivery where tenant_id = $1', [tx.tenantId]));

    const result = await bench.inTenant((tx) => bench.rebuildWithin(tx));

    expect(result).toMatchObject({ keptActivities: 0, unmapped: 0 });
    expect(await bench.read()).toEqual(before);
    const deliveries = await bench.inTenant((tx) =>
      tx.query('select 1 from outbox_delivery where tenant_id = $1', [tx.tenantId]),
    );
    expect(deliveries).toEqual([]);
  });

  it.each([
    ['not mapped', []],
    ['mapped but not projected', ['map' as const]],
  ])('leaves news that was %s to the live workers, which tell of it', async (_name, stages) => {
    const bench = await newBench();
    await bench.store(missingMappingMended.signals);
    for (const stage of stages) await bench[stage].run(bench.tenantId);
    const told = () =>
      bench.inTenant((tx) => tx.query('select 1 from outbox_delivery where tenant_id = $1', [tx.tenantId]));
    await bench.inTenant((tx) => bench.rebuildWithin(tx));
    expect(await told()).toEqual([]);
    await bench.settle();
    expect(await told()).not.toEqual([]);
    expect(await bench.read()).toEqual(bench.inMemory(missingMappingMended.signals));
  });

  it('keeps the projection of what has left the retention of signals', async () => {
    const bench = await newBench();
    await bench.store(missingMappingMended.signals);
    await bench.settle();
    const before = await bench.read();
    await connected(db.ownerUrl, async (owner) => {
      await owner.query('delete from signal where tenant_id = $1', [bench.tenantId]);
      await owner.query('delete from span_chunk where tenant_id = $1', [bench.tenantId]);
      for (const table of ['span_arrival', 'span_slot', 'span_trace'])
        await owner.query(`delete from ${table} where tenant_id = $1`, [bench.tenantId]);
    });
    const result = await bench.inTenant((tx) => bench.rebuildWithin(tx));
    expect(result).toMatchObject({ signals: 0, activities: 0 });
    expect(await bench.read()).toEqual(before);
  });
});
