import type { Tx } from '@throughline/persistence';
import type { HangingOn } from './domain/acceptance.js';
import { COUNTED, countedOnceSql } from './inbox/counted-once.js';

/**
 * What hangs on exceptions as duplicates that people named, also over duplicates of duplicates; exceptions on which nothing hangs are
 * left out. Who holds an exception locked knows that none is added.
 */
export async function findHangingOn(tx: Tx, exceptionIds: readonly string[]): Promise<Map<string, HangingOn>> {
  const rows = await tx.query<HangingOn & { exceptionId: string }>(
    `with recursive hanging as (
       select e.exception_id, e.duplicate_of as target from exception e
       where e.tenant_id = $1 and e.state = 'DUPLICATE' and e.duplicate_of = any($2::uuid[])
       union
       select e.exception_id, h.target
       from hanging h join exception e on e.tenant_id = $1 and e.state = 'DUPLICATE' and e.duplicate_of = h.exception_id
     ), members as materialized (
       select h.target, e.exception_id, ${COUNTED}, e.reporting_minor as amount, e.queue, e.object_key, e.legal_entity,
              e.is_duplicate_by_hand as is_named,
              e.is_money_unknown or (e.amount is not null and e.reporting_minor is null) as is_unknown
       from (select exception_id, target from hanging union select target, target from hanging) h
       join exception e on e.tenant_id = $1 and e.exception_id = h.exception_id
     ), money as (
       select target, sum(amount) as minor
       from (${countedOnceSql(
         (condition) => `select ${COUNTED}, target, amount, is_unknown from members e where ${condition}`,
         ['target'],
       )}) once group by target
     )
     select m.target as "exceptionId", count(*) filter (where m.is_named)::int as count,
            greatest(coalesce(max(money.minor), 0) - coalesce(max(m.amount) filter (where m.exception_id = m.target), 0), 0)::text as "moreMinor",
            bool_or(m.is_unknown and m.exception_id <> m.target) as "isMoneyUnknown",
            array_agg(distinct m.legal_entity) filter (where m.legal_entity is not null and m.exception_id <> m.target) as "legalEntities",
            jsonb_agg(jsonb_build_object('queue', m.queue, 'objectKey', m.object_key) order by m.object_key) filter (where m.is_named) as places
     from members m join money using (target) group by m.target having bool_or(m.is_named)`,
    [tx.tenantId, exceptionIds],
  );
  return new Map(
    rows.map(({ exceptionId, legalEntities, ...row }) => [exceptionId, { ...row, legalEntities: legalEntities ?? [] }]),
  );
}
