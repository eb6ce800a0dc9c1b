import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { balanceMoney, describeBalances, tolerancesOf } from '@throughline/lineage';
import { createTestDatabase } from '@throughline/persistence/testing';
import {
  ALL_STORIES,
  STORY_ENTITIES,
  type StatesAt,
  type Story,
  drawLinks,
  inBatches,
  inDisorder,
  mapAllSignals,
  seededNumbers,
  summarizeLineage,
} from '@throughline/scenarios';
import { createExceptionsConsumer } from '../modules/exceptions/index.js';
import { workflowClock } from '../modules/lineage/domain/workflow-clock.js';
import { loadMoneyGraph } from '../modules/lineage/money/money-graph.repository.js';
import { type PipelineBench, newPipelineBench } from '../modules/lineage/pipeline/testing/pipeline-bench.js';
import { STATE, clockParams } from '../modules/lineage/transaction-state.js';

jest.setTimeout(60_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/** Stores the story in disorder and in batches, each mapped, projected and told to the exceptions before the next. */
async function play(story: Story): Promise<PipelineBench> {
  const bench = await newPipelineBench(db);
  const tellingTime = Math.max(0, ...(story.states ?? []).map(({ at }) => Date.parse(at)));
  const exceptions = createExceptionsConsumer({ clock: () => (tellingTime > 0 ? new Date(tellingTime) : new Date()) });
  // Of many signals more at a time: a story of hundreds is told in as many batches as one of dozens.
  const largest = Math.max(5, Math.ceil(story.signals.length / 10));
  for (const batch of inBatches(inDisorder(story.signals, seededNumbers(7)), seededNumbers(8), largest)) {
    await bench.store(batch);
    await bench.settle();
  }
  await bench.tell(exceptions);
  return bench;
}

/** State of the tenant's transactions at an instant, by "workflow key-of-the-anchor". */
async function statesAt(bench: PipelineBench, at: string): Promise<StatesAt['of']> {
  const clock = workflowClock(bench.workflows, STORY_ENTITIES, new Date(at));
  const rows = await bench.inTenant((tx) =>
    tx.query<{ name: string; state: StatesAt['of'][string] }>(
      `select t.workflow || ' ' || b.key as name, ${STATE} as state
       from business_transaction t
       join business_object b on b.tenant_id = $1 and b.object_id = t.anchor_object_id
       where t.tenant_id = $1`,
      clockParams(tx, clock),
    ),
  );
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}

/** Balances as the pages read them, of every object that is named. */
async function moneyOf(
  bench: PipelineBench,
  names: readonly string[],
  story: Story,
): Promise<Record<string, string[]>> {
  const { objects } = await bench.read();
  const named = new Map(objects.map(({ objectId, type, key }) => [objectId, `${type} ${key}`]));
  const ids = [...named].filter(([, name]) => names.includes(name)).map(([objectId]) => objectId);
  const graph = await bench.inTenant((tx) => loadMoneyGraph(tx, ids));
  const lines = describeBalances(balanceMoney(graph.nodes, graph.links, tolerancesOf(story.tolerances ?? []), ids));
  return Object.fromEntries(Object.entries(lines).map(([objectId, said]) => [named.get(objectId) ?? objectId, said]));
}

describe.each(ALL_STORIES.map((story) => [story.name, story] as const))('%s, through the worker', (_name, story) => {
  it('gives the lineage, the money and the states worked out by hand', async () => {
    const bench = await play(story);
    const stored = await bench.read();
    expect(stored).toEqual(bench.inMemoryOf(await mapAllSignals(story.signals)));
    const { transactions, problems } = summarizeLineage(stored);
    expect({ transactions, problems }).toEqual(story.expected);
    if (story.lineage !== undefined) expect(drawLinks(stored)).toEqual([...story.lineage].sort());
    if (story.money !== undefined) {
      expect(await moneyOf(bench, Object.keys(story.money), story)).toEqual(story.money);
    }
    for (const { at, of } of story.states ?? []) expect({ at, of: await statesAt(bench, at) }).toEqual({ at, of });
  });
});
