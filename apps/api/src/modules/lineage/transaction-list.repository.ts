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
import { finders, rowConditions } from './transaction-conditions.js';
import { ANCHOR, ORDER_COLUMN, columns, type TransactionRow } from './transaction.repository.js';
import { CLOCK_TYPES, clockParams } from './transaction-state.js';
import { MOST_MERGED, countNewest, walkNewest } from './transaction-walk.js';

/**
 * How a list is read. No index serves every combination, and each costs every event; so a condition that leaves few is looked
 * for by its own index (`ids`), and where none does the newest are walked: of each facet that can match, merged, or of all.
 */
export type TransactionPlan = {
  selection: TransactionSelection;
  /** All that can match, where they are few. */
  ids: readonly string[] | null;
  /** The facets that can match, where the selection is by facet. */
  facets: readonly string[] | null;
};

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

// A look at a row costs some microseconds, so that all steps in vain cost about a hundred milliseconds.
const LIMITS: ListLimits = { few: 5_000, facets: 4_000, steps: [600, 3_000, 12_000], counted: 6_000 };

/** Chooses how a list is read, by how many some conditions leave. */
export async function planTransactions(
  tx: Tx,
  clock: WorkflowClock,
  selection: TransactionSelection,
  limits: ListLimits = LIMITS,
): Promise<TransactionPlan> {
  const facets = isByFacet(selection) ? await matchingFacets(tx, selection, limits.facets) : null;
  if (facets?.length === 0) return { selection, ids: [], facets };
  for (const finder of finders(selection, limits.few + 1)) {
    const params = clockParams(tx, clock);
    const ids = await readFew(
      tx,
      finder((value) => `$${params.push(value)}`),
      params,
      limits.few,
    );
    if (ids !== null) return { selection, ids, facets };
  }
  if (facets === null || isByFacetAlone(selection)) return { selection, ids: null, facets };
  return { selection, ids: await findFewOfFacets(tx, clock, facets, limits.few), facets };
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
  if (plan.ids !== null) {
    return { rows: await listAmong(tx, clock, { ...plan, ids: plan.ids }, order, page), stoppedAt: null };
  }
  const rows: TransactionRow[] = [];
  let { after } = page;
  for (const budget of limits.steps) {
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
  const { ids, facets, selection } = plan;
  if (ids !== null) {
    if (ids.length === 0) return { count: 0, isEstimate: false };
    const { params, where } = among(tx, clock, { ...plan, ids });
    return countRows(tx, `select 1 from business_transaction t where ${where}`, params);
  }
  const all = await countFacets(tx, facets);
  if (isByFacetAlone(selection)) return all;
  const looked = await countNewest(tx, clock, plan, limits.counted);
  if (looked.isAll) return { count: looked.matches, isEstimate: false };
  const walked = facets !== null && facets.length > MOST_MERGED ? await countFacets(tx, null) : all;
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

type Among = TransactionPlan & { ids: readonly string[] };

function among(tx: Tx, clock: WorkflowClock, { ids, selection }: Among): { where: string; params: unknown[] } {
  const params = clockParams(tx, clock);
  const add = (value: unknown): string => `$${params.push(value)}`;
  const conditions = ['t.tenant_id = $1', `t.transaction_id = any(${add(ids)}::uuid[])`, CLOCK_TYPES];
  return { where: [...conditions, ...rowConditions(selection, add)].join(' and '), params };
}

async function listAmong(
  tx: Tx,
  clock: WorkflowClock,
  plan: Among,
  order: TransactionOrder,
  page: Page,
): Promise<TransactionRow[]> {
  if (plan.ids.length === 0) return [];
  const { where, params } = among(tx, clock, plan);
  const column = `t.${ORDER_COLUMN[order]}`;
  const after =
    page.after === null
      ? ''
      : `and (${column}, t.transaction_id) < ($${params.push(page.after[0])}::timestamptz, $${params.push(page.after[1])}::uuid)`;
  // the page is cut first; states of its rows alone are derived after it
  return tx.query<TransactionRow>(
    `select ${columns(order)}
     from (select t.* from business_transaction t where ${where} ${after}
           order by ${column} desc, t.transaction_id desc limit ${page.first + 1}) t
     ${ANCHOR}
     order by ${column} desc, t.transaction_id desc`,
    params,
  );
}

/** The ids that a finder finds, or null where they are many. */
async function readFew(tx: Tx, finder: string, params: readonly unknown[], few: number): Promise<string[] | null> {
  const rows = await tx.query<{ id: string }>(
    `select transaction_id as id from (${finder}) found where ${CLOCK_TYPES} limit ${few + 1}`,
    params,
  );
  return rows.length > few ? null : [...new Set(rows.map(({ id }) => id))];
}

function findFewOfFacets(
  tx: Tx,
  clock: WorkflowClock,
  facets: readonly string[],
  few: number,
): Promise<string[] | null> {
  const params = clockParams(tx, clock);
  const finder = `select b.transaction_id from business_transaction b
    where b.tenant_id = $1 and b.facet = any($${params.push(facets)}::text[])`;
  return readFew(tx, finder, params, few);
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
