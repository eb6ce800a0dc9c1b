import { BATCH } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { goingOutIn, isInNow } from './batch-now.js';
import type { Of } from './transaction-parts.repository.js';
import { HOLDS_UP } from './transaction-state.js';

/** Open exceptions that are named of one transaction. */
const MOST_NAMED = 20;

export type BlockerRow = {
  exceptionId: string;
  hop: string;
  objectId: string;
  objectType: string;
  objectKey: string;
  /** At what the anchor follows from, not at a member. */
  isUpstream: boolean;
};

/** What blocks running transactions, as their state has it: its own first. `harmless` are hops at which an exception blocks nothing. */
export function findBlockers(
  tx: Tx,
  harmless: readonly string[],
  transactionIds: readonly string[],
): Promise<Of<BlockerRow>[]> {
  return tx.query<Of<BlockerRow>>(
    `select t.transaction_id as "transactionId", found.*
     from business_transaction t
     cross join lateral (
       select e.exception_id as "exceptionId", e.hop, near.object_id as "objectId", p.type as "objectType", p.key as "objectKey",
              near.is_upstream as "isUpstream"
       from (
         select object_id, false as is_upstream from transaction_object
         where tenant_id = $1 and transaction_id = t.transaction_id and not is_hub
         union
         select from_object_id, true from object_link
         where tenant_id = $1 and to_object_id = t.anchor_object_id and not is_context
         union
         select unnest(case when f.object_id is null then array[h.object_id] else array[h.object_id, f.object_id] end), false
         from transaction_object h
         join business_object b on b.tenant_id = $1 and b.object_id = h.object_id and b.type = '${BATCH}'
         left join lateral (
           select f.to_object_id as object_id from object_link f
           where f.tenant_id = $1 and f.from_object_id = h.object_id and f.to_type = '${BATCH}' and not f.is_context
             and ${isInNow('f')} limit 1
         ) f on true
         ${goingOutIn('h.transaction_id', 'h.object_id')}
         where h.tenant_id = $1 and h.transaction_id = t.transaction_id and h.is_hub
       ) near
       join open_exception_object e on e.tenant_id = $1 and e.object_id = near.object_id and e.hop <> all ($3::text[])
       join business_object p on p.tenant_id = $1 and p.object_id = near.object_id and (not near.is_upstream or ${HOLDS_UP})
       order by near.is_upstream, p.type, p.key, e.hop, e.exception_id limit ${MOST_NAMED}
     ) found
     where t.tenant_id = $1 and t.transaction_id = any($2::uuid[]) and t.progress = 'running'`,
    [tx.tenantId, transactionIds, harmless],
  );
}
