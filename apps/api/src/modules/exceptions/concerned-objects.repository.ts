import { NIL_UUID } from '@throughline/canonical';
import { HOLDING_QUALIFIERS } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { WAITED_FOR } from './domain/waiting-money.js';
import { IS_OPEN } from './inbox/open-sql.js';

/** What a projection changed, as far as an exception can hang on it. */
export type ChangedLineage = {
  objectIds: readonly string[];
  /** Subjects of the milestones of changed transactions. */
  subjectIds: readonly string[];
  /** Changed transactions whose milestones' subjects are still to be found. */
  transactionIds: readonly string[];
};

/**
 * Names of the changed objects and subjects that have a problem, a finding or an exception: few of many, and the others need not
 * be looked at. Of a transaction with a finding all members are, of a batch what it holds, once the batch itself is held elsewhere,
 * and of a document the customer or account that it waits for. They are known by all their names, since an exception may still sit at
 * an earlier id of an object that merged, or have begun there.
 */
export async function findConcernedObjects(tx: Tx, changed: ChangedLineage): Promise<string[]> {
  // Ids as arrays: joined with rows, of which the planner expects many, it reads all exceptions.
  const rows = await tx.query<{ id: string }>(
    `with changed as materialized (
       select array(
         select unnest($2::uuid[] || $3::uuid[])
         union
         select anchor_object_id from business_transaction where tenant_id = $1 and transaction_id = any($4::uuid[])
         union
         select object_id from milestone
         where tenant_id = $1 and transaction_id = any($4::uuid[]) and object_id <> '${NIL_UUID}'
       ) as ids
     ), names as materialized (
       select ids || array(
         select alias_id from object_alias
         where tenant_id = $1 and object_id = any((select ids from changed)::uuid[]) and alias_id <> object_id
       ) as ids from changed
     )
     select object_id as id from exception where tenant_id = $1 and object_id = any((select ids from names)::uuid[])
     union
     select first_object_id from exception where tenant_id = $1 and first_object_id = any((select ids from names)::uuid[])
     union
     select object_id from problem where tenant_id = $1 and object_id = any((select ids from names)::uuid[])
     union
     select subject_id from finding where tenant_id = $1 and subject_id = any((select ids from names)::uuid[])
     union
     select o.object_id from transaction_object o
     where o.tenant_id = $1 and o.transaction_id = any($4::uuid[]) and not o.is_hub
       and exists (select 1 from finding f where f.tenant_id = $1 and f.subject_id = o.transaction_id)
     union
     select e.object_id from exception e
     where e.tenant_id = $1 and ${IS_OPEN} and e.money_whole_id = any((select ids from changed)::uuid[])
       and (${isHeld('e.money_whole_id')} or (e.money_part_id <> e.money_whole_id and not ${isHeld('e.money_part_id', 'e.money_whole_id')}))
     union
     select l.from_object_id from object_link l
     where l.tenant_id = $1 and l.to_object_id = any((select ids from changed)::uuid[]) and l.is_context
       and l.from_type = any($6::text[]) and exists (
         select from exception e where e.tenant_id = $1 and e.object_id = l.from_object_id and ${IS_OPEN})`,
    [tx.tenantId, changed.objectIds, changed.subjectIds, changed.transactionIds, HOLDING_QUALIFIERS, [...WAITED_FOR]],
  );
  return rows.map((row) => row.id);
}

/** Whether the money of an object is held by another one, or by that one. */
function isHeld(id: string, by?: string): string {
  return `exists (select from object_link l where l.tenant_id = $1 and l.from_object_id = ${id} and l.qualifier = any($5::text[])
            ${by === undefined ? `and l.to_object_id <> ${id}` : `and l.to_object_id = ${by}`})`;
}
