import { formatAmount } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { AcceptanceState, SinceSeen } from '../domain/acceptance-decision.js';
import { COUNTED, countedOnceSql } from '../inbox/counted-once.js';
import { findBulkActs, type BulkActRow } from '../bulk/bulk-act.repository.js';

/** Groups of an act that are named; how many there are is told of all. */
const MOST_GROUPS = 10;

/** Money of one legal entity in one currency, as frozen, each unit once. */
export type SumOfEntity = {
  /** Null = nobody knows of which. */
  legalEntity: string | null;
  currency: string;
  inflow: string;
  outflow: string;
  count: number;
};

/** What of an act's requests waits now. */
export type AskedSummary = {
  id: string;
  count: number;
  /** See selectionHash: of their exceptions, which the act asked about once each. */
  hash: string;
  /** The first that expires; null = none does. */
  expiresAt: Date | null;
  /** How many have money at risk that nobody knows. */
  unknown: number;
  sums: SumOfEntity[];
  groups: { id: string; title: string; count: number }[];
  groupCount: number;
};

/** What of the acts' requests waits now; null = nothing. Fits Operation.loader. */
export async function summariseAsked(tx: Tx, ids: readonly string[]): Promise<(AskedSummary | null)[]> {
  const once = countedOnceSql(
    (condition) => `select *, false as is_unknown from waiting e where currency is not null and ${condition}`,
    ['bulk_act_id', 'currency', 'entity', 'direction'],
  );
  const rows = await tx.query<AskedSummary>(
    `with waiting as materialized (
       select a.bulk_act_id, a.exception_id, a.expires_at, a.currency, a.amount, e.direction, e.group_id, ${COUNTED},
              coalesce(e.legal_entity, '') collate "C" as entity,
              a.converted_amount is null and (a.amount is not null or e.is_money_unknown) as is_open
       from exception_acceptance a join exception e on e.tenant_id = $1 and e.exception_id = a.exception_id
       where a.tenant_id = $1 and a.state = 'pending' and a.bulk_act_id = any($2::uuid[]) and e.state = 'PENDING_APPROVAL'
     ), totals as (
       select bulk_act_id, count(*)::int as count, min(expires_at) as expires_at, count(*) filter (where is_open)::int as unknown,
              encode(sha256(string_agg(uuid_send(exception_id), ''::bytea order by exception_id)), 'hex') as hash
       from waiting group by bulk_act_id
     ), sums as (
       select bulk_act_id, jsonb_agg(jsonb_build_object('legalEntity', nullif(entity, ''), 'currency', currency, 'inflow', inflow,
                'outflow', outflow, 'count', exceptions) order by entity, currency) as sums
       from (
         select bulk_act_id, currency, entity, coalesce(sum(amount) filter (where direction = 'inflow'), 0)::text as inflow,
                coalesce(sum(amount) filter (where direction = 'outflow'), 0)::text as outflow, sum(exceptions)::int as exceptions
         from (${once}) once group by bulk_act_id, currency, entity
       ) per_entity group by bulk_act_id
     ), per_group as (
       select bulk_act_id, group_id, count(*)::int as members,
              row_number() over (partition by bulk_act_id order by count(*) desc, group_id) as place
       from waiting where group_id is not null group by bulk_act_id, group_id
     ), groups as (
       select p.bulk_act_id, count(*)::int as groups,
              jsonb_agg(jsonb_build_object('id', p.group_id, 'title', g.title, 'count', p.members) order by p.place)
                filter (where p.place <= ${MOST_GROUPS}) as named
       from per_group p join exception_group g on g.tenant_id = $1 and g.group_id = p.group_id group by p.bulk_act_id
     )
     select t.bulk_act_id as id, t.count, t.hash, t.expires_at as "expiresAt", t.unknown, coalesce(s.sums, '[]') as sums,
            coalesce(g.named, '[]') as groups, coalesce(g.groups, 0) as "groupCount"
     from totals t left join sums s using (bulk_act_id) left join groups g using (bulk_act_id)`,
    [tx.tenantId, ids],
  );
  const byId = new Map(rows.map((row) => [row.id, { ...row, sums: row.sums.map(written) }]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** Amounts as they are kept, written as their currency is. */
function written(sum: SumOfEntity): SumOfEntity {
  const { currency, inflow, outflow } = sum;
  return { ...sum, inflow: formatAmount(inflow, currency), outflow: formatAmount(outflow, currency) };
}

/** The latest decision on what each act asked for, under way or done; null = none. Fits Operation.loader. */
export async function findLatestDecisions(tx: Tx, ids: readonly string[]): Promise<(BulkActRow | null)[]> {
  const latest = await tx.query<{ id: string; ofActId: string }>(
    `select distinct on (decides_act_id) bulk_act_id as id, decides_act_id as "ofActId" from bulk_act
     where tenant_id = $1 and decides_act_id = any($2::uuid[]) order by decides_act_id, submitted_at desc, bulk_act_id`,
    [tx.tenantId, ids],
  );
  const decisions = await findBulkActs(
    tx,
    latest.map(({ id }) => id),
  );
  const byAct = new Map(latest.map(({ ofActId }, index) => [ofActId, decisions[index] ?? null]));
  return ids.map((id) => byAct.get(id) ?? null);
}

/** Writes that the act decides what another one asked for. At most one at a time does. */
export async function markDeciding(tx: Tx, decisionId: string, ofActId: string): Promise<void> {
  await tx.query(`update bulk_act set decides_act_id = $3 where tenant_id = $1 and bulk_act_id = $2`, [
    tx.tenantId,
    decisionId,
    ofActId,
  ]);
}

/** What happened since then to what the act asked for. */
export async function findSince(tx: Tx, bulkActId: string, at: Date): Promise<SinceSeen> {
  const rows = await tx.query<{ state: AcceptanceState; deciderName: string | null; decided: number; added: number }>(
    `select state, decider_name as "deciderName", count(*) filter (where decided_at >= $3)::int as decided,
            count(*) filter (where requested_at > $3 and state <> 'direct')::int as added
     from exception_acceptance
     where tenant_id = $1 and bulk_act_id = $2 and (requested_at > $3 or decided_at >= $3)
       and state in ('pending', 'direct', 'approved', 'rejected', 'withdrawn', 'expired', 'overtaken')
     group by state, decider_name order by state, decider_name`,
    [tx.tenantId, bulkActId, at],
  );
  return {
    decided: rows
      .filter(({ decided, state }) => decided > 0 && state !== 'overtaken')
      .map(({ state, deciderName, decided: count }) => ({ state, deciderName, count })),
    added: rows.reduce((sum, { added }) => sum + added, 0),
  };
}
