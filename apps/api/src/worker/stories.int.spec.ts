import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { isZero } from '@throughline/canonical';
import { type Tolerance, balanceMoney, describeBalances, tolerancesOf } from '@throughline/lineage';
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
import { totalExceptions } from '../modules/exceptions/inbox.repository.js';
import { readSelection } from '../modules/exceptions/read-selection.js';
import { workflowClock } from '../modules/lineage/domain/workflow-clock.js';
import { loadMoneyGraph } from '../modules/lineage/money/money-graph.repository.js';
import { type PipelineBench, newPipelineBench } from '../modules/lineage/pipeline/testing/pipeline-bench.js';
import { STATE, clockParams } from '../modules/lineage/transaction-state.js';
import { createResidualConsumer } from '../modules/reconciliation/index.js';
import { createOverdueStage } from '../modules/timeliness/index.js';
import { EXPECTED_EXCEPTIONS } from './testing/expected-exceptions.js';
import { EXPECTED_PATTERN_EXCEPTIONS } from './testing/expected-pattern-exceptions.js';

jest.setTimeout(60_000);

const EXPECTED = { ...EXPECTED_EXCEPTIONS, ...EXPECTED_PATTERN_EXCEPTIONS };

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

/**
 * Units of a currency for a euro in the stories, round so that priorities can be worked out in one's head; every Monday, as a rate
 * of the European Central Bank is used for a week.
 */
const RATES: Readonly<Record<string, string>> = { USD: '1.25', SGD: '1.60', BRL: '5.00' };

/** Makes the rates of the stories known. */
async function addRates(bench: PipelineBench): Promise<void> {
  await bench.inTenant((tx) =>
    tx.query(
      `insert into exchange_rate (tenant_id, rate_type, currency, rate_on, base, rate, source, imported_at)
       select $1, 'ecb-reference', r.key, day, 'EUR', r.value::numeric, 'stories', '2026-01-01'
       from jsonb_each_text($2::jsonb) r
       cross join generate_series('2025-12-29'::date, '2027-12-31'::date, '7 days') day`,
      [tx.tenantId, JSON.stringify(RATES)],
    ),
  );
}

/** Makes known what differences the entities of a story let go. */
async function addTolerances(bench: PipelineBench, tolerances: readonly Tolerance[]): Promise<void> {
  await bench.inTenant((tx) =>
    tx.query(
      `insert into money_tolerance (tenant_id, legal_entity, currency, amount, basis_points)
       select $1, t."legalEntity", t.currency, t.amount, t."basisPoints"
       from jsonb_to_recordset($2::jsonb) as t("legalEntity" text, currency text, amount numeric, "basisPoints" integer)`,
      [tx.tenantId, JSON.stringify(tolerances)],
    ),
  );
}

/** When the last thing of a story happened. */
async function endOfStory(bench: PipelineBench): Promise<Date> {
  const [row] = await bench.inTenant((tx) =>
    tx.query<{ at: Date | null }>(
      `select max(occurred_at) as at from activity where tenant_id = $1 and occurred_at < '2027-06-01'`,
      [tx.tenantId],
    ),
  );
  return row?.at ?? new Date(0);
}

/** What the inbox says of the money at risk of what is open, e.g. "at risk: 48200.00 EUR inflow". */
async function drawMoneyAtRisk(bench: PipelineBench): Promise<string[]> {
  const totals = await bench.inTenant((tx) => totalExceptions(tx, readSelection({ states: ['OPEN'] }, new Date(0))));
  return totals
    .flatMap(({ currency, inflow, outflow }) => [
      { amount: inflow, currency, said: `at risk: ${inflow} ${currency} inflow` },
      { amount: outflow, currency, said: `at risk: ${outflow} ${currency} outflow` },
    ])
    .filter((money) => !isZero(money))
    .map(({ said }) => said)
    .sort();
}

/** Every exception of a story as a line: "P2 payments: 1007.00 EUR outflow, Title" and its state where it is not open. */
async function drawExceptions(bench: PipelineBench): Promise<string[]> {
  const rows = await bench.inTenant((tx) =>
    tx.query<{ line: string }>(
      `select priority_band || ' ' || queue || ': ' ||
              coalesce(amount::text || ' ' || currency || coalesce(' ' || direction, ''), 'no money') || ', ' || title ||
              case when state = 'OPEN' then '' else ', ' || state end as line
       from exception where tenant_id = $1`,
      [tx.tenantId],
    ),
  );
  return rows.map(({ line }) => line).sort();
}

/** Stores the story in disorder and in batches, each mapped, projected and told to the exceptions before the next. */
async function play(story: Story): Promise<PipelineBench> {
  const bench = await newPipelineBench(db);
  await addRates(bench);
  await addTolerances(bench, story.tolerances ?? []);
  // Of many signals more at a time: a story of hundreds is told in as many batches as one of dozens.
  const largest = Math.max(5, Math.ceil(story.signals.length / 10));
  for (const batch of inBatches(inDisorder(story.signals, seededNumbers(7)), seededNumbers(8), largest)) {
    await bench.store(batch);
    await bench.settle();
  }
  const told = Math.max(...(story.states ?? []).map(({ at }) => Date.parse(at)), (await endOfStory(bench)).getTime());
  const clock = () => new Date(told);
  await createOverdueStage(bench.database, clock).run(bench.tenantId);
  await bench.tell(createResidualConsumer({ clock }));
  await bench.tell(createExceptionsConsumer({ clock }));
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
  it('gives the lineage, the money, the exceptions and the states worked out by hand', async () => {
    const bench = await play(story);
    const stored = await bench.read();
    expect(stored).toEqual(bench.inMemoryOf(await mapAllSignals(story.signals)));
    const { transactions, problems } = summarizeLineage(stored);
    expect({ transactions, problems }).toEqual(story.expected);
    if (story.lineage !== undefined) expect(drawLinks(stored)).toEqual([...story.lineage].sort());
    if (story.money !== undefined) {
      expect(await moneyOf(bench, Object.keys(story.money), story)).toEqual(story.money);
    }
    expect([...(await drawMoneyAtRisk(bench)), ...(await drawExceptions(bench))]).toEqual(EXPECTED[story.name] ?? []);
    for (const { at, of } of story.states ?? []) expect({ at, of: await statesAt(bench, at) }).toEqual({ at, of });
  });
});

describe('what is expected of exceptions', () => {
  it('is about stories', () => {
    const names = new Set(ALL_STORIES.map(({ name }) => name));
    expect(Object.keys(EXPECTED).filter((name) => !names.has(name))).toEqual([]);
  });
});
