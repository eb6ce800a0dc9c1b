import { CONTEXT_TYPES } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { WalkStart } from '../lineage.repository.js';
import { findAttached } from './attached-documents.repository.js';

/** Documents attached to master data from which impact is followed, the latest first. */
export const MOST_ATTACHED = 500;
/** Statements and positions of an account, the latest first: what was closed long before is not affected any more. */
const MOST_ON_ACCOUNT = 60;

export type ImpactStarts = {
  starts: WalkStart[];
  /** There are more documents than were followed. */
  isTruncated: boolean;
};

/**
 * Where the impact of an object begins. A document: at itself. What is only attached to documents (master data, an account, a
 * period) passes no money on: at the running documents that name it, and for an account at its statements and positions.
 */
export async function findImpactStarts(tx: Tx, object: WalkStart): Promise<ImpactStarts> {
  if (!CONTEXT_TYPES.has(object.type)) return { starts: [object], isTruncated: false };
  const { rows, truncated } = await findAttached(tx, [object.id], MOST_ATTACHED);
  const onAccount = object.type === 'bank-account' ? await findOnAccount(tx, object.id) : [];
  return {
    starts: [...rows.map(({ objectId: id, type }) => ({ id, type })), ...onAccount],
    isTruncated: truncated.size > 0,
  };
}

/** Banks' files scope the names of statements (account/year) and positions by account. */
function findOnAccount(tx: Tx, accountId: string): Promise<WalkStart[]> {
  return tx.query<WalkStart>(
    `select b.object_id as id, b.type
     from (
       select distinct v.object_id
       from object_alias own
       -- offset 0: row-level security lets only what is computed before into the condition of an index
       cross join lateral (select own.value || '/' as first, own.value || '0' as until offset 0) parts
       join object_alias v on v.tenant_id = $1 and v.kind in ('statement-id', 'position')
         and v.scope >= own.value and v.scope < parts.until and (v.scope = own.value or v.scope >= parts.first)
       where own.tenant_id = $1 and own.object_id = $2
     ) named
     join business_object b on b.tenant_id = $1 and b.object_id = named.object_id and b.type in ('bank-statement', 'cash-position')
     order by b.last_occurred_at desc, b.object_id limit ${MOST_ON_ACCOUNT}`,
    [tx.tenantId, accountId],
  );
}
