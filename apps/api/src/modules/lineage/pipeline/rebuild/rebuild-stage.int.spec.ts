import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { inFixedOrder, type Projection } from '@throughline/lineage';
import { createLogger } from '@throughline/observability';
import { Database, DatabaseUnavailable, rebuildTables } from '@throughline/persistence';
import { connected, createTestDatabase } from '@throughline/persistence/testing';
import { SHORT_ORDER_TO_CASH_STORIES, inBatches, inDisorder, seededNumbers } from '@throughline/scenarios';
import { PROJECTION_TABLES } from '../projection-tables.js';
import { observedDatabase } from '../testing/observed-database.js';
import { FREE, type PipelineBench, newPipelineBench } from '../testing/pipeline-bench.js';
import type { TableDifference } from './compare-projections.js';
import { createRebuildStage } from './rebuild-stage.js';
import { insertRebuild, updateRebuild } from './rebuild.repository.js';

jest.setTimeout(240_000);

const SILENT = createLogger({ service: 'test', level: 'silent' });
const NOW = new Date('2026-11-29T12:00:00.000Z');
const SIGNALS = SHORT_ORDER_TO_CASH_STORIES.flatMap((story) => story.signals);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let bench: PipelineBench;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  bench = await newPipelineBench(db);
});
afterAll(() => db.close());

const SLOW_WRITES = `
  create function slow() returns trigger language plpgsql as $$ begin perform pg_sleep(0.5); return null; end $$;
  create trigger slow before insert or update on milestone for each statement execute function slow();`;

const stageOf = (database: Database = db.database, wrong: { file: string }[] = []) =>
  createRebuildStage({ database, workflows: bench.workflows, wrong, guard: FREE, clock: () => NOW, log: SILENT });

type Row = {
  id: string;
  state: string;
  report: TableDifference[] | null;
  done: string;
  total: string | null;
  isCleared: boolean;
};
const rows = <T>(sql: string) => bench.inTenant((tx) => tx.query<T>(sql, [tx.tenantId]));
const rebuild = async (): Promise<Row> =>
  (
    await rows<Row>(
      `select rebuild_id as id, state, report, activities_done as done, activities_total as total, is_cleared as "isCleared"
       from lineage_rebuild where tenant_id = $1 order by requested_at desc limit 1`,
    )
  )[0]!;
const request = () =>
  bench.inTenant((tx) =>
    insertRebuild(tx, { scope: {}, reason: 'x', requestedBy: null, requestedAt: NOW, remappingId: null }),
  );
const runUntil = async (state: string) => {
  const stage = stageOf();
  for (let steps = 0; (await rebuild()).state !== state; steps += 1) {
    if (steps > 1_000) throw new Error(`it is ${(await rebuild()).state}`);
    await stage.run(bench.tenantId);
  }
};
const runDry = async () => {
  const stage = stageOf();
  while (await stage.run(bench.tenantId));
};
const doSwitch = async () => {
  const { id } = await rebuild();
  await bench.inTenant((tx) => updateRebuild(tx, id, { from: 'ready', state: 'switching' }));
  await runUntil('done');
};
const differencesOf = ({ report }: Row) =>
  (report ?? []).filter(({ added, changed, removed }) => added + changed + removed > 0);
const rowsBeside = async () => {
  const counts = await Promise.all(
    rebuildTables.map((table) =>
      rows<{ n: string }>(`select count(*) as n from rebuild.${table} where tenant_id = $1`),
    ),
  );
  return counts.reduce((sum, [row]) => sum + Number(row!.n), 0);
};
const without = (projection: Projection) => inFixedOrder({ ...projection, findings: [] });

describe('a rebuild of the whole', () => {
  it('has a place beside for each table of the projection', () => {
    expect(rebuildTables).toEqual(expect.arrayContaining(PROJECTION_TABLES.map(({ name }) => name)));
  });

  it('of a store in order finds no difference, changes nothing by its switch, and leaves nothing behind', async () => {
    await bench.store(SIGNALS);
    await bench.settle();
    const shown = await bench.read();
    await request();
    await runUntil('ready');
    const ready = await rebuild();
    expect(ready.report?.map(({ table }) => table)).toEqual(PROJECTION_TABLES.map(({ name }) => name));
    expect(differencesOf(ready)).toEqual([]);
    expect(ready.done).toBe(ready.total);
    expect(Number(ready.total)).toBeGreaterThan(50);
    const told = await rows('select * from outbox_delivery where tenant_id = $1 order by delivery_id');
    await doSwitch();
    expect(await bench.read()).toEqual(shown);
    expect(await rows('select * from outbox_delivery where tenant_id = $1 order by delivery_id')).toEqual(told);
    await runDry();
    expect({ rows: await rowsBeside(), isCleared: (await rebuild()).isCleared }).toEqual({ rows: 0, isCleared: true });
  });

  it('is not begun or switched to while a workflow file is wrong', async () => {
    await bench.store(SIGNALS);
    await bench.settle();
    const shown = await bench.read();
    const wrong = () => stageOf(db.database, [{ file: 'order-to-cash.yaml' }]);
    const reason = expect.stringContaining('order-to-cash.yaml');
    await request();
    await wrong().run(bench.tenantId);
    const error = () =>
      rows('select state, error from lineage_rebuild where tenant_id = $1 order by requested_at, rebuild_id');
    expect(await error()).toEqual([{ state: 'failed', error: reason }]);
    await runDry();
    await bench.inTenant((tx) => tx.query('delete from lineage_rebuild where tenant_id = $1', [tx.tenantId]));
    await request();
    await runUntil('ready');
    expect(await wrong().run(bench.tenantId)).toBe(false);
    const { id } = await rebuild();
    await bench.inTenant((tx) => updateRebuild(tx, id, { from: 'ready', state: 'switching' }));
    await wrong().run(bench.tenantId);
    expect(await error()).toEqual([{ state: 'failed', error: reason }]);
    expect(await bench.read()).toEqual(shown);
  });

  it('is switched however long that takes: whole tables know no time limit of requests', async () => {
    await bench.store(SIGNALS);
    await bench.settle();
    const right = await bench.read();
    await spoil();
    await request();
    await runUntil('ready');
    await connected(db.ownerUrl, (owner) => owner.query(SLOW_WRITES));
    const hasty = await Database.open({ url: db.appUrl, applicationName: 'hasty', statementTimeoutMs: 300 });
    try {
      const { id } = await rebuild();
      await bench.inTenant((tx) => updateRebuild(tx, id, { from: 'ready', state: 'switching' }));
      expect(await stageOf(hasty).run(bench.tenantId)).toBe(true);
    } finally {
      await hasty.close();
      await connected(db.ownerUrl, (owner) => owner.query('drop trigger slow on milestone'));
    }
    expect((await rebuild()).state).toBe('done');
    expect(without(await bench.read())).toEqual(without(right));
  });

  it('shows what it would change, changes it by the switch alone, and tells of it silently', async () => {
    await bench.store(SIGNALS);
    await bench.settle();
    const right = await bench.read();
    await spoil();
    const wrong = await bench.read();
    await rows('delete from outbox_delivery where tenant_id = $1');
    await request();
    await runUntil('ready');
    const found = differencesOf(await rebuild());
    expect(found).toMatchObject([
      { table: 'problem', added: 1, changed: 0, removed: 0 },
      { table: 'milestone', added: 0, changed: 1, removed: 0 },
      { table: 'business_transaction', added: 0, changed: 0, removed: 1 },
      { table: 'object_link', added: 1, changed: 0, removed: 0 },
      { table: 'business_object', added: 0, changed: 1, removed: 1 },
    ]);
    const [changed] = found.find(({ table }) => table === 'business_object')!.samples;
    expect(changed).toEqual({
      label: expect.stringMatching(/^sales-order /),
      before: { amount: '1.00' },
      after: { amount: expect.stringMatching(/^\d+\.\d\d$/) },
    });
    expect(await bench.read()).toEqual(wrong);
    await doSwitch();
    expect(await bench.read()).toEqual(right);
    const told = await rows<{ isSilent: boolean }>(
      `select (payload->>'isSilent')::boolean as "isSilent" from outbox_delivery where tenant_id = $1`,
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told.every(({ isSilent }) => isSilent)).toBe(true);
  });

  /** Makes what is shown differ from the facts. */
  async function spoil(): Promise<void> {
    await bench.inTenant(async (tx) => {
      const change = (sql: string) => tx.query(sql, [tx.tenantId]);
      await change(
        `delete from problem where tenant_id = $1 and ctid = (select min(ctid) from problem where tenant_id = $1)`,
      );
      await change(`update milestone set due_at = '2000-01-01Z' where tenant_id = $1 and ctid =
        (select min(ctid) from milestone where tenant_id = $1)`);
      await change(`delete from object_link where tenant_id = $1 and ctid =
        (select min(ctid) from object_link where tenant_id = $1)`);
      await change(`update business_object set amount = 1.00 where tenant_id = $1 and ctid =
        (select min(ctid) from business_object where tenant_id = $1 and type = 'sales-order' and amount is not null)`);
      await change(`insert into business_object (tenant_id, object_id, type, key, attributes, is_placeholder, first_occurred_at, last_occurred_at)
        values ($1, gen_random_uuid(), 'invoice', 'nobody', '{}', false, now(), now())`);
      await change(`insert into business_transaction (tenant_id, transaction_id, workflow, anchor_object_id, progress, started_at, last_occurred_at)
        values ($1, gen_random_uuid(), 'order-to-cash', gen_random_uuid(), 'running', now(), now())`);
    });
  }

  it.each([1, 2, 3])('beside live traffic ends in the same lineage (seed %i)', async (seed) => {
    const numbers = seededNumbers(seed);
    const batches = inBatches(inDisorder(SIGNALS, numbers), numbers);
    const stage = stageOf();
    const live = async (count: number) => {
      for (const batch of batches.splice(0, count)) await bench.store(batch);
      await bench.settle();
    };
    const quarter = Math.ceil(batches.length / 4);
    await live(quarter);
    await request();
    for (let step = 0; step < 3; step += 1) {
      await stage.run(bench.tenantId);
      await live(Math.ceil(quarter / 3));
    }
    await runUntil('ready');
    await live(quarter);
    await stage.run(bench.tenantId);
    // Stored and mapped, and not yet projected when the switch comes.
    for (const batch of batches.splice(0, quarter)) await bench.store(batch);
    await bench.map.run(bench.tenantId);
    await doSwitch();
    await live(batches.length);
    expect(await bench.read()).toEqual(without(bench.inMemory(SIGNALS)));
  });

  it('is ended by whoever makes all facts anew, and cannot be switched to any more', async () => {
    await bench.store(SIGNALS.slice(0, 30));
    await bench.settle();
    await request();
    await runUntil('ready');
    await bench.inTenant((tx) => bench.rebuildWithin(tx));
    const { id, state } = await rebuild();
    expect(state).toBe('failed');
    expect(await bench.inTenant((tx) => updateRebuild(tx, id, { from: 'ready', state: 'switching' }))).toBe(false);
  });

  it('goes on where it was when its worker dies at any statement, and until the switch nothing that is shown changes', async () => {
    const few = SIGNALS.slice(0, 12);
    await bench.store(few);
    await bench.settle();
    const right = await bench.read();
    await bench.inTenant((tx) => tx.query('delete from object_link where tenant_id = $1', [tx.tenantId]));
    const wrong = await bench.read();
    await request();
    let deaths = 0;
    for (let fatal = 1; ; fatal += 1) {
      let statements = 0;
      const mortal = stageOf(
        observedDatabase(db.database, () =>
          (statements += 1) === fatal ? Promise.reject(new DatabaseUnavailable('the worker died')) : Promise.resolve(),
        ),
      );
      const died = await mortal.run(bench.tenantId).then(
        () => false,
        () => true,
      );
      const { id, state } = await rebuild();
      if (died) deaths += 1;
      // All of the switch or nothing of it.
      expect({ fatal, shown: await bench.read() }).toEqual({ fatal, shown: state === 'done' ? right : wrong });
      if (state === 'done') break;
      if (!died) fatal = 0;
      if (state === 'ready') await bench.inTenant((tx) => updateRebuild(tx, id, { from: 'ready', state: 'switching' }));
    }
    expect(deaths).toBeGreaterThan(50);
  });
});
