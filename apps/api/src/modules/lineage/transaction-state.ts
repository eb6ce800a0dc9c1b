import { CONTEXT_TYPES, HUB_TYPES } from '@throughline/canonical';
import { BATCH } from '@throughline/lineage';
import type { TransactionState } from '@throughline/sla';
import type { Tx } from '@throughline/persistence';
import { goingOutIn, isInNow } from './batch-now.js';
import type { WorkflowClock } from './domain/workflow-clock.js';

// $1 tenant, $2 now, $3 horizons, $4 predecessors, $5 hops of milestones
/** Parameters of a statement that derives states, ahead of its own. */
export const CLOCK_PARAMETERS = 5;

/** Of a statement that may use none of them: they still need a type. */
export const CLOCK_TYPES = '($1::uuid, $2::timestamptz, $3::jsonb, $4::jsonb, $5::text[]) is not null';

/** Their values. */
export function clockParams(tx: Tx, clock: WorkflowClock): unknown[] {
  return [
    tx.tenantId,
    clock.now,
    JSON.stringify(clock.horizons),
    JSON.stringify(clock.predecessors),
    clock.milestoneHops,
  ];
}

// Conditions on the transaction `t` of the query around.

/** What gathers or describes others holds up none of them, and has thousands of links. */
export const HOLDS_UP = `p.type <> all ('{${[...CONTEXT_TYPES, ...HUB_TYPES].join(',')}}'::text[])`;

/**
 * An open exception, other than lateness, hangs on a member, on what the anchor follows from directly, or on the batch, or its file,
 * that a member goes out in now: these are found once, as a set.
 */
const IS_BLOCKED = `exists (
  select 1 from (
    select o.transaction_id
    from open_exception_object e join transaction_object o on o.tenant_id = $1 and o.object_id = e.object_id and not o.is_hub
    where e.tenant_id = $1 and e.hop <> all ($5::text[])
    union all
    select f.transaction_id
    from open_exception_object e
    join business_object p on p.tenant_id = $1 and p.object_id = e.object_id and ${HOLDS_UP}
    join object_link l on l.tenant_id = $1 and l.from_object_id = e.object_id and not l.is_context
    join business_transaction f on f.tenant_id = $1 and f.anchor_object_id = l.to_object_id
    where e.tenant_id = $1 and e.hop <> all ($5::text[])
    union all
    select o.transaction_id
    from open_exception_object e
    join business_object p on p.tenant_id = $1 and p.object_id = e.object_id and p.type = '${BATCH}'
    cross join lateral (
      select p.object_id
      union all
      select f.from_object_id from object_link f
      where f.tenant_id = $1 and f.to_object_id = p.object_id and f.from_type = '${BATCH}' and not f.is_context and ${isInNow('f')}
    ) batch
    join transaction_object o on o.tenant_id = $1 and o.object_id = batch.object_id and o.is_hub
    ${goingOutIn('o.transaction_id', 'batch.object_id')}
    where e.tenant_id = $1 and e.hop <> all ($5::text[])
  ) blocked where blocked.transaction_id = t.transaction_id)`;

const UNREACHED_SERVICE = `m.reached_at is null and m.due_at is not null and m.rule_kind = 'service'`;

/**
 * The milestones of `t` that are so: its few rows are read by their key and looked through. "is true" hides the conditions from
 * the partial indexes, which for one transaction would be searched once for each name that a milestone can have.
 */
const ofTransaction = (conditions: string): string =>
  `m.tenant_id = $1 and m.transaction_id = t.transaction_id and (${conditions}) is true`;

/** A service is overdue. */
const IS_LATE = `exists (
  select 1 from milestone m where ${ofTransaction(`${UNREACHED_SERVICE} and m.due_at < $2::timestamptz`)})`;

/**
 * A service is due before the horizon of its rule and entity, of one that is not configured before that of no entity: the few that
 * are to come are read first, then held against the rules.
 */
const IS_AT_RISK = `exists (
  select 1
  from (
    select m.name, m.due_at, m.started_at, m.object_id from milestone m
    where ${ofTransaction(`${UNREACHED_SERVICE} and m.due_at >= $2::timestamptz`)} offset 0
  ) m
  cross join lateral (
    select 1
    from jsonb_to_recordset($3::jsonb)
      as h(workflow text, milestone text, "legalEntity" text, horizon timestamptz, "isByDate" boolean)
    where h.milestone = m.name and m.due_at < h.horizon and h.workflow = t.workflow
      and case when h."isByDate" then $2::timestamptz > m.due_at - (m.due_at - m.started_at) * 0.2
          else h."legalEntity" is not distinct from (
            select e.code from legal_entity e where e.tenant_id = $1 and e.code = coalesce(
              (select b.legal_entity from business_object b where b.tenant_id = $1 and b.object_id = m.object_id), t.legal_entity))
          end
    offset 0
  ) held)`;

/**
 * Nothing is left to do now but what others are expected to do. What is next is what nothing unreached must come before; the
 * few that are unreached are read once, by the key of their transaction.
 */
const IS_WAITING = `((
  with unreached as materialized (
    select m.name, m.rule_kind from milestone m where ${ofTransaction('m.reached_at is null')}
  )
  select bool_and(m.rule_kind = 'expectation') from unreached m
  where not exists (
    select 1
    from jsonb_to_recordset($4::jsonb) as p(workflow text, milestone text, after text)
    join unreached before on before.name = p.after collate "C"
    where p.workflow = t.workflow and p.milestone = m.name)) is true)`;

// The order of the cases is the order of precedence.
const TROUBLES: readonly (readonly [TransactionState, string])[] = [
  ['BLOCKED', IS_BLOCKED],
  ['LATE', IS_LATE],
];
const UNTROUBLED_STATE = `case when ${IS_AT_RISK} then 'AT_RISK' when ${IS_WAITING} then 'WAITING' else 'RUNNING' end`;

/** State of the transaction `t`. */
export const STATE = `case
  when t.progress = 'cancelled' then 'CANCELLED'
  when t.progress = 'completed' then 'COMPLETED'
  ${TROUBLES.map(([state, isTrue]) => `when ${isTrue} then '${state}'`).join(' ')}
  else ${UNTROUBLED_STATE} end`;

// Of what blocks the server expects few rows, and there may be thousands: as a join it would compare all with all.
const IS_NOT_BLOCKED = `(${IS_BLOCKED}) is not true`;

const IS_RUNNING = `t.progress = 'running'`;
const UNTROUBLED = [IS_RUNNING, IS_NOT_BLOCKED, `not ${IS_LATE}`, `not ${IS_AT_RISK}`];

/** The same as filters. */
const STATE_FILTER: Record<TransactionState, readonly string[]> = {
  CANCELLED: [`t.progress = 'cancelled'`],
  COMPLETED: [`t.progress = 'completed'`],
  BLOCKED: [IS_RUNNING, IS_BLOCKED],
  LATE: [IS_RUNNING, IS_LATE, IS_NOT_BLOCKED],
  AT_RISK: [IS_RUNNING, IS_AT_RISK, `not ${IS_LATE}`, IS_NOT_BLOCKED],
  WAITING: [...UNTROUBLED, IS_WAITING],
  RUNNING: [...UNTROUBLED, `not ${IS_WAITING}`],
};

const STORED: readonly TransactionState[] = ['CANCELLED', 'COMPLETED'];

/** Whether the transaction `t` is in one of the states. */
export function stateCondition(states: readonly TransactionState[]): string {
  const wanted = [...new Set(states)];
  const derived = wanted.filter((state) => !STORED.includes(state));
  // Of several the state is worked out once, of one it is asked for alone.
  const alternatives =
    derived.length < 2
      ? wanted.map((state) => STATE_FILTER[state].join(' and '))
      : [
          ...wanted.filter((state) => STORED.includes(state)).map((state) => STATE_FILTER[state].join(' and ')),
          `${IS_RUNNING} and ${derivedCondition(derived)}`,
        ];
  return `(${alternatives.map((one) => `(${one})`).join(' or ') || 'false'})`;
}

/** Whether a running transaction is in one of these states, the cheapest question first. */
function derivedCondition(wanted: readonly TransactionState[]): string {
  const among = `in (${wanted.map((state) => `'${state}'`).join(', ')})`;
  if (TROUBLES.some(([state]) => wanted.includes(state))) return `${STATE} ${among}`;
  // which of the troubles it has makes no difference: lateness is told by one look at its milestones, blocking by all members
  return `case when ${IS_LATE} then false when ${IS_BLOCKED} then false else ${UNTROUBLED_STATE} ${among} end`;
}
