import type { Tx } from '@throughline/persistence';
import { countRows, type Page, type RowCount } from '../../graphql/connection.js';
import {
  facetMatches,
  facetRange,
  isByFacet,
  isByFacetAlone,
  progressesOf,
  type TransactionSelection,
} from './domain/transaction-selection.js';
import type { WorkflowClock } from './domain/workflow-clock.js';
import type { TransactionOrder } from './graphql/transaction.types.js';
import { finders, ownConditions, partConditions, type AddParameter, type Finder } from './transaction-conditions.js';
import { ANCHOR, ORDER_COLUMN, columns, type TransactionRow } from './transaction.repository.js';
import { CLOCK_TYPES, clockParams } from './transaction-state.js';
import { MOST_MERGED, NEEDED, countNewest, walkNewest } from './transaction-walk.js';

/**
 * How a list is read. No index serves every combination, and each costs every event. So the newest are walked first, of each
 * facet that can match, merged, or of all: that finds what is not rare. What is rare is looked for by the one condition that
 * leaves few and has an index of its own.
 */
export type TransactionPlan = {
  selection: TransactionSelection;
  /** The facets that can match, where the selection is by facet. */
  facets: readonly string[] | null;
  /** What finds all that can match, where they are few; looked for when it is asked for. */
  few: () => Promise<Few | null>;
};

/** Ids of all that can match, 16 bytes each: they are looked for once, for the page and for the count. */
type Few = { ids: Buffer };

/** A page's rows and one more; `stoppedAt` = so many were looked at in vain that the rest is left to the next page. */
export type TransactionPage = { rows: TransactionRow[]; stoppedAt: [at: string, id: string] | null };

/** What a list may cost. */
export type ListLimits = {
  /** As many are looked at one by one. */
  few: number;
  /** Facets that are read; a tenant with more of them is walked without. */
  facets: number;
  /** Rows looked at for a page, step by step; nearly always the first finds it. */
  steps: readonly number[];
  /** Rows looked at for a count. */
  counted: number;
};

// A look at a row costs ten to twenty microseconds, so that all steps in vain cost about a hundred milliseconds, and so do the few.
const LIMITS: ListLimits = { few: 10_000, facets: 4_000, steps: [600, 2_400, 3_000], counted: 3_000 };

/** What the planner expects so many times as many of as may be few is not looked for: most of the way would be in vain. */
const HOPELESS = 5;

/** Prepares the reading of a list. */
export async function planTransactions(
  tx: Tx,
  clock: WorkflowClock,
  selection: TransactionSelection,
  limits: ListLimits = LIMITS,
): Promise<TransactionPlan> {
  const facets = isByFacet(selection) ? await matchingFacets(tx, selection, limits.facets) : null;
  let few: Promise<Few | null> | undefined;
  return { selection, facets, few: () => (few ??= findFew(tx, clock, selection, facets, limits.few)) };
}

async function findFew(
  tx: Tx,
  clock: WorkflowClock,
  selection: TransactionSelection,
  facets: readonly string[] | null,
  most: number,
): Promise<Few | null> {
  const ofFacets: Finder = (add) => `select b.transaction_id from business_transaction b
    where b.tenant_id = $1 and b.facet = any(${add(facets)}::text[])`;
  const foundBy = (limit: number) => [...finders(selection, limit), ...(facets === null ? [] : [ofFacets])];
  const unlimited = foundBy(most * HOPELESS);
  for (const [index, finder] of foundBy(most + 1).entries()) {
    const whole = unlimited[index] ?? finder;
    if ((await expectedRows(tx, clock, whole)) >= most * HOPELESS) continue;
    const params = clockParams(tx, clock);
    const [found] = await tx.query<{ rows: number; ids: Buffer | null }>(
      `select count(*)::int as rows, string_agg(uuid_send(transaction_id), '') as ids from (
         select transaction_id from (${finder((value) => `$${params.push(value)}`)}) found where ${CLOCK_TYPES} limit ${most + 1}) counted`,
      params,
    );
    if ((found?.rows ?? 0) <= most) return { ids: found?.ids ?? Buffer.alloc(0) };
  }
  return null;
}

/** How many the planner expects a finder to find; it looks at none of them. */
async function expectedRows(tx: Tx, clock: WorkflowClock, finder: Finder): Promise<number> {
  const params = clockParams(tx, clock);
  const found = finder((value) => `$${params.push(value)}`);
  const [explained] = await tx.query<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>(
    `explain (format json) select 1 from (${found}) found where ${CLOCK_TYPES}`,
    params,
  );
  return explained?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
}

/** A page of transactions, newest first. */
export async function listTransactions(
  tx: Tx,
  clock: WorkflowClock,
  plan: TransactionPlan,
  order: TransactionOrder,
  page: Page,
  limits: ListLimits = LIMITS,
): Promise<TransactionPage> {
  if (plan.facets?.length === 0) return { rows: [], stoppedAt: null };
  const rows: TransactionRow[] = [];
  let { after } = page;
  for (const [position, budget] of limits.steps.entries()) {
    const few = position === 1 ? await plan.few() : null;
    if (few !== null) {
      const rest = { first: page.first - rows.length, after };
      return { rows: [...rows, ...(await listAmong(tx, clock, plan.selection, few, order, rest))], stoppedAt: null };
    }
    const step = await walkNewest(tx, clock, plan, order, { after, budget, wanted: page.first + 1 - rows.length });
    rows.push(...step.rows);
    if (rows.length > page.first || step.stoppedAt === null) return { rows, stoppedAt: null };
    after = step.stoppedAt;
  }
  return { rows, stoppedAt: after as [at: string, id: string] | null };
}

/** How many match: exact where all of them can be looked at, else projected from the newest. */
export async function countTransactions(
  tx: Tx,
  clock: WorkflowClock,
  plan: TransactionPlan,
  limits: ListLimits = LIMITS,
): Promise<RowCount> {
  const { facets, selection } = plan;
  if (facets?.length === 0) return { count: 0, isEstimate: false };
  if (isByFacetAlone(selection)) return countFacets(tx, facets);
  const few = await plan.few();
  if (few !== null) {
    const { from, params } = among(tx, clock, selection, few);
    return countRows(tx, `select 1 from ${from}`, params);
  }
  const looked = await countNewest(tx, clock, plan, limits.counted);
  if (looked.isAll) return { count: looked.matches, isEstimate: false };
  const walked = await countFacets(tx, facets !== null && facets.length > MOST_MERGED ? null : facets);
  const projected = Math.round((looked.matches / looked.rows) * walked.count);
  return { count: Math.max(looked.matches, projected), isEstimate: true };
}

function countFacets(tx: Tx, facets: readonly string[] | null): Promise<RowCount> {
  const ofFacets = facets === null ? '' : 'and t.facet = any($2::text[])';
  return countRows(tx, `select 1 from business_transaction t where t.tenant_id = $1 ${ofFacets}`, [
    tx.tenantId,
    ...(facets === null ? [] : [facets]),
  ]);
}

/** Those of a few transactions `t` that match. */
function among(
  tx: Tx,
  clock: WorkflowClock,
  selection: TransactionSelection,
  { ids }: Few,
  inOrder = '',
): { from: string; params: unknown[]; add: AddParameter } {
  const params = clockParams(tx, clock);
  const add: AddParameter = (value) => `$${params.push(value)}`;
  const own = ['t.tenant_id = $1', ...ownConditions(selection, add)].join(' and ');
  const found = `select ${NEEDED} from business_transaction t
    where ${own} and t.transaction_id = any(array(select throughline_ids(${add(ids)}::bytea))) ${inOrder}`;
  const conditions = [CLOCK_TYPES, ...partConditions(selection, add)].join(' and ');
  return { from: `(${found} offset 0) t where ${conditions}`, params, add };
}

async function listAmong(
  tx: Tx,
  clock: WorkflowClock,
  selection: TransactionSelection,
  few: Few,
  order: TransactionOrder,
  page: Page,
): Promise<TransactionRow[]> {
  const column = `t.${ORDER_COLUMN[order]}`;
  const inOrder = `order by ${column} desc, t.transaction_id desc`;
  const { from, params, add } = among(tx, clock, selection, few, inOrder);
  const after =
    page.after === null
      ? ''
      : `and (${column}, t.transaction_id) < (${add(page.after[0])}::timestamptz, ${add(page.after[1])}::uuid)`;
  // in order first, so that conditions are checked of as few as the page takes; the states of its rows alone are derived
  return tx.query<TransactionRow>(
    `select ${columns(order)} from (select t.* from ${from} ${after} ${inOrder} limit ${page.first + 1}) t
     ${ANCHOR} ${inOrder}`,
    params,
  );
}

/** The facets that can match; null where there are too many to tell. The index is read at its some hundred steps alone. */
async function matchingFacets(tx: Tx, selection: TransactionSelection, most: number): Promise<string[] | null> {
  const ranges = (progressesOf(selection) ?? ['cancelled', 'completed', 'running']).map(facetRange);
  const rows = await tx.query<{ facet: string }>(
    `with recursive step(facet, upto) as (
       select first.facet, asked.upto from unnest($2::text[], $3::text[]) as asked(since, upto)
       cross join lateral (
         select b.facet from business_transaction b
         where b.tenant_id = $1 and b.facet >= asked.since and b.facet < asked.upto order by b.facet limit 1
       ) first
       union all
       select next.facet, step.upto from step
       cross join lateral (
         select b.facet from business_transaction b
         where b.tenant_id = $1 and b.facet > step.facet and b.facet < step.upto order by b.facet limit 1
       ) next
     )
     select facet from step limit ${most + 1}`,
    [tx.tenantId, ranges.map(({ from }) => from), ranges.map(({ to }) => to)],
  );
  if (rows.length > most) return null;
  return rows.map(({ facet }) => facet).filter((facet) => facetMatches(selection, facet));
}
