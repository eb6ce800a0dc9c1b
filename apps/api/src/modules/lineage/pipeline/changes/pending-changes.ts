import type { Tx } from '@throughline/persistence';
import { updateRebuild } from '../rebuild/rebuild.repository.js';

/** An act of mapping again or a rebuild that waits for approval. */
export type LineageChange = { kind: 'remap' | 'rebuild'; id: string };

/** The hash that waits for approval, the act held until the transaction ends; null = nothing of it waits any more. */
export async function findPendingHash(tx: Tx, { kind, id }: LineageChange): Promise<string | null> {
  const [row] = await tx.query<{ hash: string }>(
    kind === 'remap'
      ? `select report_hash as hash from remapping
         where tenant_id = $1 and remapping_id = $2 and state = 'pending' for update`
      : `select report_hash as hash from lineage_rebuild
         where tenant_id = $1 and rebuild_id = $2 and state = 'ready' and is_pending for update`,
    [tx.tenantId, id],
  );
  return row?.hash ?? null;
}

/** Lets it be done as it was approved: it is compared once more, and done if nothing else would change. */
export async function releaseChange(tx: Tx, { kind, id }: LineageChange, hash: string): Promise<void> {
  if (kind === 'rebuild') {
    await updateRebuild(tx, id, { from: 'ready', state: 'switching', isPending: false, approvedHash: hash });
    await tx.notify('throughline_rebuild', tx.tenantId);
    return;
  }
  await tx.query(
    `update remapping set state = 'reporting', report_place = null, approved_hash = $3
     where tenant_id = $1 and remapping_id = $2 and state = 'pending'`,
    [tx.tenantId, id, hash],
  );
  await tx.notify('throughline_remapping', tx.tenantId);
}

/** It was not approved: mapping again ends, and a rebuild waits for somebody to switch or cancel, as before it was asked for. */
export async function endChange(tx: Tx, { kind, id }: LineageChange, reason: string, now: Date): Promise<void> {
  if (kind === 'rebuild') {
    await updateRebuild(tx, id, { from: 'ready', isPending: false, approvedHash: null });
    return;
  }
  await tx.query(
    `update remapping set state = 'cancelled', finished_at = $3, error = $4
     where tenant_id = $1 and remapping_id = $2 and state = 'pending'`,
    [tx.tenantId, id, now, reason],
  );
}
