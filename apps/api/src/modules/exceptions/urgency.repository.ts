import { CONTEXT_TYPES, NIL_UUID } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { UrgencyFacts } from './domain/priority.js';
import { OPEN_STATES } from './queue.repository.js';

/** What lineage and clock say of how urgent an object is. */
export type SubjectUrgency = Pick<
  UrgencyFacts,
  'nextDueAt' | 'nextDueStep' | 'missedDueAt' | 'missedDueStep' | 'blocks'
> & { purposes: string[] };

/** Transactions of one subject that are looked at; a hub or a customer may have many more. */
const MOST_TRANSACTIONS = 1_000;

/**
 * Due times and running transactions that hang on objects, one statement for all; objects of which nothing is known are absent.
 * Due times are ours alone (service) and of what comes after the object: its own steps, those of the whole transaction and those of
 * what follows from it, not those of its siblings. What is only attached to documents holds up the transactions of these.
 */
export async function loadUrgency(
  tx: Tx,
  subjects: readonly { objectId: string; objectType: string }[],
  now: Date,
): Promise<Map<string, SubjectUrgency>> {
  const ids = [...new Set(subjects.map(({ objectId }) => objectId))];
  if (ids.length === 0) return new Map();
  const attached = [
    ...new Set(subjects.filter(({ objectType }) => CONTEXT_TYPES.has(objectType)).map(({ objectId }) => objectId)),
  ];
  const rows = await tx.query<SubjectUrgency & { objectId: string }>(
    `with member as materialized (
       select w.id, o.transaction_id, o.depth
       from unnest($2::uuid[]) as w(id)
       cross join lateral (
         select o.transaction_id, o.depth from transaction_object o
         join business_transaction t on t.tenant_id = $1 and t.transaction_id = o.transaction_id and t.progress = 'running'
         where o.tenant_id = $1 and o.object_id = w.id limit ${MOST_TRANSACTIONS}
       ) o
     ), held as (
       select id, transaction_id from member
       union
       select w.id, o.transaction_id
       from unnest($3::uuid[]) as w(id)
       cross join lateral (
         select o.transaction_id from (
           select to_object_id as id from object_link where tenant_id = $1 and from_object_id = w.id and is_context
           union
           select from_object_id from object_link where tenant_id = $1 and to_object_id = w.id and is_context
         ) document
         join transaction_object o on o.tenant_id = $1 and o.object_id = document.id and not o.is_hub
         join business_transaction t on t.tenant_id = $1 and t.transaction_id = o.transaction_id and t.progress = 'running'
         limit ${MOST_TRANSACTIONS}
       ) o
     ), due as (
       select member.id, m.due_at, m.title
       from member
       join milestone m on m.tenant_id = $1 and m.transaction_id = member.transaction_id
         and m.rule_kind = 'service' and m.due_at is not null and m.reached_at is null
       left join transaction_object o on o.tenant_id = $1 and o.transaction_id = m.transaction_id and o.object_id = m.object_id
       where m.object_id in (member.id, '${NIL_UUID}') or o.depth > member.depth
     )
     select b.object_id as "objectId", dues.*, coalesce(counted.blocks, 0)::int as blocks,
            array_remove(array[b.attributes ->> 'purpose', b.attributes ->> 'categoryPurpose'], null) as purposes
     from business_object b
     left join lateral (
       select least(count(*), ${MOST_TRANSACTIONS}) as blocks from held where held.id = b.object_id
     ) counted on true
     left join lateral (
       select min(due_at) filter (where due_at > $4) as "nextDueAt",
              (array_agg(title order by due_at, title) filter (where due_at > $4))[1] as "nextDueStep",
              min(due_at) filter (where due_at <= $4) as "missedDueAt",
              (array_agg(title order by due_at, title) filter (where due_at <= $4))[1] as "missedDueStep"
       from due where due.id = b.object_id
     ) dues on true
     where b.tenant_id = $1 and b.object_id = any($2::uuid[])`,
    [tx.tenantId, ids, attached, now],
  );
  return new Map(rows.map(({ objectId, ...urgency }) => [objectId, urgency]));
}

/** Members of transactions at which something open waits for a due time that was still to come when it was read. */
export async function findObjectsWithDueTimes(tx: Tx, transactionIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct e.object_id as id
     from transaction_object o
     join exception e on e.tenant_id = $1 and e.object_id = o.object_id and e.next_due_at is not null
       and e.state = any($3::text[])
     where o.tenant_id = $1 and o.transaction_id = any($2::uuid[]) and not o.is_hub`,
    [tx.tenantId, transactionIds, OPEN_STATES],
  );
  return rows.map(({ id }) => id);
}
