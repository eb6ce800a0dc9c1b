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

/** Highest code point: `text <= value < text || this` is a prefix search that an index can do under row-level security. */
const HIGHEST = '\u{10FFFF}';

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

/** An open exception that is no lateness hangs on a member. */
const BLOCKED = `exists (
  select 1 from transaction_object o
  join open_exception_object e on e.tenant_id = $1 and e.object_id = o.object_id
  where o.tenant_id = $1 and o.transaction_id = t.transaction_id and not o.is_hub and e.hop <> all ($5::text[]))`;

/** What the unreached milestones of a transaction say about it. */
const UNREACHED = `lateral (
  select bool_or(m.rule_kind = 'service' and m.due_at < $2::timestamptz) as is_late,
         bool_or(m.rule_kind = 'service' and m.due_at >= $2::timestamptz and m.due_at < h.horizon) as is_at_risk,
         coalesce(bool_and(m.rule_kind = 'expectation') filter (where next.is_next), false) as is_waiting
  from milestone m
  left join business_object mo on mo.tenant_id = $1 and mo.object_id = m.object_id
  left join jsonb_to_recordset($3::jsonb) as h(workflow text, milestone text, "legalEntity" text, horizon timestamptz)
    on h.workflow = t.workflow and h.milestone = m.name
       and h."legalEntity" is not distinct from coalesce(mo.legal_entity, t.legal_entity)
  cross join lateral (
    select not exists (
      select 1 from jsonb_to_recordset($4::jsonb) as p(workflow text, milestone text, after text)
      join milestone before on before.tenant_id = $1 and before.transaction_id = t.transaction_id
        and before.name = p.after collate "C" and before.reached_at is null
      where p.workflow = t.workflow and p.milestone = m.name) as is_next) next
  where m.tenant_id = $1 and m.transaction_id = t.transaction_id and m.reached_at is null and t.progress = 'running') u`;

const STATE = `case
  when t.progress = 'cancelled' then 'CANCELLED'
  when t.progress = 'completed' then 'COMPLETED'
  when ${BLOCKED} then 'BLOCKED'
  when u.is_late then 'LATE'
  when u.is_at_risk then 'AT_RISK'
  when u.is_waiting then 'WAITING'
  else 'RUNNING' end`;

/** What must hold for a state, cheap to look up: keeps a filter by state from deriving the state of every transaction. */
const NECESSARY: Record<TransactionState, string> = {
  CANCELLED: `t.progress = 'cancelled'`,
  COMPLETED: `t.progress = 'completed'`,
  BLOCKED: `(t.progress = 'running' and t.transaction_id in (
    select o.transaction_id from open_exception_object e
    join transaction_object o on o.tenant_id = $1 and o.object_id = e.object_id and not o.is_hub where e.tenant_id = $1))`,
  LATE: `(t.progress = 'running' and t.transaction_id in (
    select m.transaction_id from milestone m
    where m.tenant_id = $1 and m.reached_at is null and m.due_at is not null and m.due_at < $2::timestamptz))`,
  AT_RISK: `(t.progress = 'running' and t.transaction_id in (
    select m.transaction_id from milestone m
    where m.tenant_id = $1 and m.reached_at is null and m.due_at is not null and m.due_at >= $2::timestamptz))`,
  WAITING: `t.progress = 'running'`,
  RUNNING: `t.progress = 'running'`,
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
    `select ${columns('LAST_ACTIVITY_DESC')} from business_transaction t ${ANCHOR} cross join ${UNREACHED}
     where t.tenant_id = $1 and t.transaction_id = any($${CLOCK_PARAMETERS + 1}::uuid[])`,
    [...clockParams(tx, clock), ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

type Matching = { from: string; where: string; params: unknown[] };

function matching(tx: Tx, clock: WorkflowClock, selection: TransactionSelection): Matching {
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
  if (states === null) {
    return { from: 'business_transaction t', where: conditions.join(' and '), params };
  }
  conditions.push(`(${states.map((state) => NECESSARY[state]).join(' or ') || 'false'})`);
  const isStored = states.every((state) => state === 'CANCELLED' || state === 'COMPLETED');
  if (!isStored) {
    conditions.push(`${STATE} = any(${add(states)}::text[])`);
  }
  return {
    from: isStored ? 'business_transaction t' : `business_transaction t cross join ${UNREACHED}`,
    where: conditions.join(' and '),
    params,
  };
}

function textCondition(text: string, add: (value: unknown) => string): string {
  const range = (column: string, start: string) => `${column} >= ${add(start)} and ${column} < ${add(start + HIGHEST)}`;
  const folded = text.toLowerCase();
  return `(t.transaction_id in (
      select o.transaction_id
      from (select distinct v.object_id from object_alias v
            where v.tenant_id = $1 and ${range('v.value_folded', folded)} limit ${MAX_TEXT_MATCHES}) found
      join transaction_object o on o.tenant_id = $1 and o.object_id = found.object_id and not o.is_hub)
    or (${range('t.counterparty_folded', folded)}))`;
}

/** A page of transactions, newest first, one row more than the page holds. */
export async function listTransactions(
  tx: Tx,
  clock: WorkflowClock,
  selection: TransactionSelection,
  order: TransactionOrder,
  page: Page,
): Promise<TransactionRow[]> {
  const { from, where, params } = matching(tx, clock, selection);
  const column = `t.${ORDER_COLUMN[order]}`;
  const after =
    page.after === null
      ? ''
      : `and (${column}, t.transaction_id) < ($${params.push(page.after[0])}::timestamptz, $${params.push(page.after[1])}::uuid)`;
  // the page is cut first; states of its rows alone are derived after it
  return tx.query<TransactionRow>(
    `select ${columns(order)}
     from (select t.* from ${from} where ${where} ${after}
           order by ${column} desc, t.transaction_id desc limit ${page.first + 1}) t
     ${ANCHOR} cross join ${UNREACHED}
     order by ${column} desc, t.transaction_id desc`,
    params,
  );
}

/** How many transactions match. */
export function countTransactions(tx: Tx, clock: WorkflowClock, selection: TransactionSelection): Promise<RowCount> {
  const { from, where, params } = matching(tx, clock, selection);
  // parameters that a plain count does not use still need a type
  return countRows(
    tx,
    `select 1 from ${from} where ${where} and ($2::timestamptz, $3::jsonb, $4::jsonb, $5::text[]) is not null`,
    params,
  );
}
