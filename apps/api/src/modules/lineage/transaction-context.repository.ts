import type { Tx } from '@throughline/persistence';
import type { LineageNodeRow } from './lineage.repository.js';
import type { LinkRow, Of } from './transaction-parts.repository.js';

/** Context links of one transaction that are shown, the earliest first. */
export const MOST_CONTEXT_LINKS = 200;
/** Upstream links of a member that are counted. */
const MOST_COUNTED = 1_000;

/** A context link of a member, with the object that it attaches. */
export type ContextRow = LinkRow & { attached: Omit<LineageNodeRow, 'amount' | 'currency'> };

/** What is attached to the members of transactions, one step, one link more than is shown. */
export async function findTransactionContext(tx: Tx, transactionIds: readonly string[]): Promise<Of<ContextRow>[]> {
  return tx.query<Of<ContextRow>>(
    `select w.transaction_id as "transactionId", l.from_object_id as "from", l.to_object_id as "to", l.qualifier, l.amount, l.currency,
            true as "isContext", l.is_established as "isEstablished", l.asserted_by as "assertedById",
            jsonb_build_object('id', b.object_id, 'type', b.type, 'key', b.key, 'legalEntity', b.legal_entity,
                               'isPlaceholder', b.is_placeholder) as attached
     from unnest($2::uuid[]) as w(transaction_id)
     cross join lateral (
       select link.*, side.attached_id
       from transaction_object o
       cross join lateral (
         select * from object_link where tenant_id = $1 and from_object_id = o.object_id and is_context
         union all
         select * from object_link where tenant_id = $1 and to_object_id = o.object_id and is_context
       ) link
       cross join lateral (
         select case when link.from_object_id = o.object_id then link.to_object_id else link.from_object_id end as attached_id
       ) side
       where o.tenant_id = $1 and o.transaction_id = w.transaction_id and not o.is_hub
       order by link.first_occurred_at, link.from_object_id, link.to_object_id, link.qualifier limit ${MOST_CONTEXT_LINKS + 1}
     ) l
     join business_object b on b.tenant_id = $1 and b.object_id = l.attached_id
     order by w.transaction_id, l.first_occurred_at, l.from_object_id, l.to_object_id, l.qualifier`,
    [tx.tenantId, transactionIds],
  );
}

/** A member of a transaction. */
export type MemberKey = { transactionId: string; id: string };

/** Flow links that lead to members from outside of their transaction, in the order of the keys. Fits Operation.loader. */
export async function countFurtherUpstream(tx: Tx, members: readonly MemberKey[]): Promise<number[]> {
  const rows = await tx.query<{ further: number }>(
    `select counted.further
     from unnest($2::uuid[], $3::uuid[]) with ordinality as member(transaction_id, object_id, place)
     cross join lateral (
       select count(*)::int as further from (
         select 1 from object_link l
         where l.tenant_id = $1 and l.to_object_id = member.object_id and not l.is_context
           and not exists (
             select 1 from transaction_object o
             where o.tenant_id = $1 and o.transaction_id = member.transaction_id and o.object_id = l.from_object_id)
         limit ${MOST_COUNTED + 1}
       ) links
     ) counted
     order by member.place`,
    [tx.tenantId, members.map(({ transactionId }) => transactionId), members.map(({ id }) => id)],
  );
  return rows.map(({ further }) => further);
}
