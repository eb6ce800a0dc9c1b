import { HIGHEST_CHARACTER, searchKey } from '@throughline/canonical';
import type { TransactionState } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';
import type { TransactionOrder } from './graphql/transaction.types.js';
import type { WorkflowClock } from './domain/workflow-clock.js';

/** A transaction with its state at the clock's instant. */
export type TransactionRow = {
  id: string;
  workflow: string;
  state: TransactionState;
  anchorId: string;
  anchorType: string | null;
  anchorKey: string | null;
  legalEntity: string | null;
  counterparty: string | null;
  amount: string | null;
  currency: string | null;
  startedAt: Date;
  completedAt: Date | null;
  lastActivityAt: Date;
  /** The instant that the list is ordered by, with all its microseconds. */
  orderText: string;
};

/** What the list can be narrowed to, checked. */
export type TransactionSelection = {
  states: readonly TransactionState[] | null;
  workflows: readonly string[] | null;
  legalEntities: readonly string[] | null;
  text: string | null;
};

const ORDER_COLUMN: Record<TransactionOrder, string> = {
  LAST_ACTIVITY_DESC: 'last_occurred_at',
  STARTED_DESC: 'started_at',
};

/** More objects than this that start alike are no search any more. */
const MAX_TEXT_MATCHES = 5_000;

// $1 tenant, $2 now, $3 horizons, $4 predecessors, $5 hops of milestones
const CLOCK_PARAMETERS = 5;

function clockParams(tx: Tx, clock: WorkflowClock): unknown[] {
  return [
    tx.tenantId,
    clock.now,
    JSON.stringify(clock.horizons),
    JSON.stringify(clock.predecessors),
    clock.milestoneHops,
  ];
}

// Conditions on the transaction `t` of the query around. As filters the planner turns them into joins with sets found once.

/** An open exception, other than lateness, hangs on a member. */
const IS_BLOCKED = `exists (
  select 1
  from open_exception_object e join transaction_object o on o.tenant_id = $1 and o.object_id = e.object_id and not o.is_hub
  where e.tenant_id = $1 and e.hop <> all ($5::text[]) and o.transaction_id = t.transaction_id)`;

const UNREACHED_SERVICE = `m.tenant_id = $1 and m.reached_at is null and m.due_at is not null and m.rule_kind = 'service'`;

/** A service is overdue. */
const IS_LATE = `exists (
  select 1 from milestone m
  where ${UNREACHED_SERVICE} and m.due_at < $2::timestamptz and m.transaction_id = t.transaction_id)`;

/** A service is due before the horizon of its rule and entity. */
const IS_AT_RISK = `exists (
  select 1
  from milestone m
  join jsonb_to_recordset($3::jsonb) as h(workflow text, milestone text, "legalEntity" text, horizon timestamptz)
    on h.milestone = m.name and m.due_at < h.horizon
  where ${UNREACHED_SERVICE} and m.due_at >= $2::timestamptz and m.transaction_id = t.transaction_id
    and h.workflow = t.workflow
    and h."legalEntity" is not distinct from coalesce(
      (select b.legal_entity from business_object b where b.tenant_id = $1 and b.object_id = m.object_id), t.legal_entity))`;

/** Whether nothing that must come before a milestone is unreached. */
const isNext = (milestone: string): string => `not exists (
  select 1
  from jsonb_to_recordset($4::jsonb) as p(workflow text, milestone text, after text)
  join milestone before on before.tenant_id = $1 and before.transaction_id = ${milestone}.transaction_id
    and before.name = p.after collate "C" and before.reached_at is null
  where p.workflow = t.workflow and p.milestone = ${milestone}.name)`;

/** Nothing is left to do now but what others are expected to do. */
const IS_WAITING = `exists (
  select 1 from milestone m
  where m.tenant_id = $1 and m.reached_at is null and m.rule_kind = 'expectation' and m.transaction_id = t.transaction_id
    and ${isNext('m')}
    and not exists (
      select 1 from milestone n
      where n.tenant_id = $1 and n.transaction_id = m.transaction_id and n.reached_at is null and n.rule_kind <> 'expectation'
        and ${isNext('n')}))`;

/** State of the transaction `t`; the order of the cases is the order of precedence. */
const STATE = `case
  when t.progress = 'cancelled' then 'CANCELLED'
  when t.progress = 'completed' then 'COMPLETED'
  when ${IS_BLOCKED} then 'BLOCKED'
  when ${IS_LATE} then 'LATE'
  when ${IS_AT_RISK} then 'AT_RISK'
  when ${IS_WAITING} then 'WAITING'
  else 'RUNNING' end`;

const IS_RUNNING = `t.progress = 'running'`;
const UNTROUBLED = [IS_RUNNING, `not ${IS_BLOCKED}`, `not ${IS_LATE}`, `not ${IS_AT_RISK}`];

/** The same as filters. */
const STATE_FILTER: Record<TransactionState, readonly string[]> = {
  CANCELLED: [`t.progress = 'cancelled'`],
  COMPLETED: [`t.progress = 'completed'`],
  BLOCKED: [IS_RUNNING, IS_BLOCKED],
  LATE: [IS_RUNNING, IS_LATE, `not ${IS_BLOCKED}`],
  AT_RISK: [IS_RUNNING, IS_AT_RISK, `not ${IS_LATE}`, `not ${IS_BLOCKED}`],
  WAITING: [...UNTROUBLED, IS_WAITING],
  RUNNING: [...UNTROUBLED, `not ${IS_WAITING}`],
};

function columns(order: TransactionOrder): string {
  return `t.transaction_id as id, t.workflow, ${STATE} as state, t.anchor_object_id as "anchorId", a.type as "anchorType",
    a.key as "anchorKey", t.legal_entity as "legalEntity", t.counterparty, t.amount, t.currency,
    t.started_at as "startedAt", t.completed_at as "completedAt", t.last_occurred_at as "lastActivityAt",
    ${instantCursorSql(`t.${ORDER_COLUMN[order]}`)} as "orderText"`;
}

const ANCHOR = `left join business_object a on a.tenant_id = $1 and a.object_id = t.anchor_object_id`;

/** Transactions by id, in that order, with their state at the clock's instant; null where there is none. */
export async function findTransactions(
  tx: Tx,
  clock: WorkflowClock,
  ids: readonly string[],
): Promise<(TransactionRow | null)[]> {
  const rows = await tx.query<TransactionRow>(
    `select ${columns('LAST_ACTIVITY_DESC')} from business_transaction t ${ANCHOR}
     where t.tenant_id = $1 and t.transaction_id = any($${CLOCK_PARAMETERS + 1}::uuid[])`,
    [...clockParams(tx, clock), ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

function matching(tx: Tx, clock: WorkflowClock, selection: TransactionSelection): { where: string; params: unknown[] } {
  const params = clockParams(tx, clock);
  const add = (value: unknown): string => `$${params.push(value)}`;
  const conditions = ['t.tenant_id = $1'];
  const { states, workflows, legalEntities, text } = selection;
  if (workflows !== null) {
    conditions.push(`t.workflow = any(${add(workflows)}::text[])`);
  }
  if (legalEntities !== null) {
    conditions.push(`t.legal_entity = any(${add(legalEntities)}::text[])`);
  }
  if (text !== null) {
    conditions.push(textCondition(text, add));
  }
  if (states !== null) {
    const alternatives = [...new Set(states)].map((state) => `(${STATE_FILTER[state].join(' and ')})`);
    conditions.push(`(${alternatives.join(' or ') || 'false'})`);
  }
  return { where: conditions.join(' and '), params };
}

function textCondition(text: string, add: (value: unknown) => string): string {
  const range = (column: string, start: string) =>
    `${column} >= ${add(start)} and ${column} < ${add(start === '' ? '' : start + HIGHEST_CHARACTER)}`;
  const folded = text.toLowerCase();
  return `t.transaction_id in (
    select o.transaction_id
    from (select distinct v.object_id from object_alias v
          where v.tenant_id = $1 and ${range('v.search_key', searchKey(text))} limit ${MAX_TEXT_MATCHES}) found
    join transaction_object o on o.tenant_id = $1 and o.object_id = found.object_id and not o.is_hub
    union
    (select c.transaction_id from business_transaction c
     where c.tenant_id = $1 and ${range('c.counterparty_folded', folded)} limit ${MAX_TEXT_MATCHES}))`;
}

/** A page of transactions, newest first, one row more than the page holds. */
export async function listTransactions(
  tx: Tx,
  clock: WorkflowClock,
  selection: TransactionSelection,
  order: TransactionOrder,
  page: Page,
): Promise<TransactionRow[]> {
  const { where, params } = matching(tx, clock, selection);
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

/** How many transactions match. */
export function countTransactions(tx: Tx, clock: WorkflowClock, selection: TransactionSelection): Promise<RowCount> {
  const { where, params } = matching(tx, clock, selection);
  // parameters that a plain count does not use still need a type
  return countRows(
    tx,
    `select 1 from business_transaction t where ${where} and ($2::timestamptz, $3::jsonb, $4::jsonb, $5::text[]) is not null`,
    params,
  );
}
