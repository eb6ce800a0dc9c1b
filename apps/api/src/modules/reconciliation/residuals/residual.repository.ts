import { type Tx, uuidArray } from '@throughline/persistence';
import type { ResidualSubject } from './residual-problems.js';
import { TELLING } from './residual-problems.js';

/** The engine that states rests of money. */
export const RESIDUALS = 'residuals';

/** Types at which a rest of money is somebody's work. */
const TYPES: readonly string[] = [
  'contract',
  'sales-order',
  'delivery',
  'billing-schedule',
  'invoice',
  'credit-memo',
  'purchase-order',
  'goods-receipt',
  'supplier-invoice',
  'expense-report',
  'payment',
  'settlement',
  'refund',
];

/**
 * Objects whose rests can be judged now, of those that changed and of the transactions that they, or the named ones, are: all of a
 * transaction that is complete or missed a due time of ours, what its source settled, one side of a pair, and whatever a rest is
 * stated of. What completes a transaction may be of a type that has no rest. An object of several transactions is as far as the one
 * that is least far; cancelled ones do not count.
 */
export async function findJudgedObjects(
  tx: Tx,
  changed: { objectIds: readonly string[]; transactionIds: readonly string[] },
  now: Date,
): Promise<ResidualSubject[]> {
  return tx.query<ResidualSubject>(
    `with touched as materialized (
       select b.object_id, b.attributes ->> 'isSettled' = 'true' as is_settled from business_object b
       where b.tenant_id = $1 and b.object_id = any($2::uuid[]) and b.type = any($4::text[])
     ), seen as materialized (
       select o.transaction_id from transaction_object o
       where o.tenant_id = $1 and o.object_id = any($2::uuid[]) and not o.is_hub
       union
       select unnest($3::uuid[])
     ), judged as materialized (
       select t.transaction_id from business_transaction t
       where t.tenant_id = $1 and t.transaction_id = any(array(select transaction_id from seen))
         and (t.progress = 'completed' or (t.progress = 'running' and exists (
           select 1 from milestone m
           where m.tenant_id = $1 and m.transaction_id = t.transaction_id and m.rule_kind = 'service'
             and m.reached_at is null and m.due_at < $5)))
     ), chosen as materialized (
       select o.object_id from transaction_object o
       where o.tenant_id = $1 and o.transaction_id = any(array(select transaction_id from judged)) and not o.is_hub
       union
       select o.object_id from transaction_object o
       join stated_problem s on s.tenant_id = $1 and s.subject_id = o.object_id and s.engine = '${RESIDUALS}'
       where o.tenant_id = $1 and o.transaction_id = any(array(select transaction_id from seen)) and not o.is_hub
       union
       select t.object_id from touched t
       where t.is_settled
          or exists (select 1 from stated_problem s
                     where s.tenant_id = $1 and s.subject_id = t.object_id and s.engine = '${RESIDUALS}')
          or exists (select 1 from object_link l
                     where l.tenant_id = $1 and l.to_object_id = t.object_id and l.qualifier = 'mirrors')
       union
       select l.to_object_id from touched t
       join object_link l on l.tenant_id = $1 and l.from_object_id = t.object_id and l.qualifier = 'mirrors'
     )
     select b.object_id as "objectId", b.type, b.key, b.legal_entity as "legalEntity", b.counterparty, b.direction,
            b.first_occurred_at as "firstOccurredAt", case when p.progress is null then 'running' else p.progress end as progress
     from business_object b
     left join lateral (
       select case when bool_and(t.progress = 'completed') then 'complete'
                   when bool_and(t.progress = 'completed' or exists (
                     select 1 from milestone m
                     where m.tenant_id = $1 and m.transaction_id = t.transaction_id and m.rule_kind = 'service'
                       and m.reached_at is null and m.due_at < $5)) then 'overdue'
                   else 'running' end as progress
       from transaction_object o
       join business_transaction t on t.tenant_id = $1 and t.transaction_id = o.transaction_id and t.progress <> 'cancelled'
       where o.tenant_id = $1 and o.object_id = b.object_id and not o.is_hub
     ) p on true
     where b.tenant_id = $1 and b.object_id = any(array(select object_id from chosen)) and b.type = any($4::text[])
     order by b.object_id`,
    [tx.tenantId, uuidArray(changed.objectIds), uuidArray(changed.transactionIds), TYPES, now],
  );
}

/** Of these objects those whose money something else tells: an open problem or a rule that says which, or a step reached too often. */
export async function findTold(tx: Tx, objectIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select p.object_id as id from problem p
     where p.tenant_id = $1 and p.object_id = any($2::uuid[]) and p.cleared_at is null and p.taxonomy = any($3::text[])
     union
     select v.object_id from rule_violation v
     where v.tenant_id = $1 and v.object_id = any($2::uuid[]) and v.severity = 'error' and v.taxonomy = any($3::text[])
     union
     select m.object_id from milestone m
     join finding f on f.tenant_id = $1 and f.subject_id = m.transaction_id and f.kind = 'more-than-expected'
       and m.name in (select jsonb_array_elements_text(f.details -> 'milestones'))
     where m.tenant_id = $1 and m.object_id = any($2::uuid[]) and m.reached_at is not null
       and m.transaction_id = any(array(
         select o.transaction_id from transaction_object o where o.tenant_id = $1 and o.object_id = any($2::uuid[]) and not o.is_hub))`,
    [tx.tenantId, uuidArray(objectIds), TELLING],
  );
  return new Set(rows.map((row) => row.id));
}
