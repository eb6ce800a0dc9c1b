import type { Tx } from '@throughline/persistence';

/** A name that new facts speak of, and the time of the earliest of them. */
export type DirtyMark = { aliasId: string; occurredAt: Date };

/** True when there is something to project; asked before the lock, which is not worth taking for nothing. */
export async function hasDirtyMarks(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ found: boolean }>(
    'select exists (select 1 from dirty_alias where tenant_id = $1) as found',
    [tx.tenantId],
  );
  return row?.found === true;
}

/**
 * Holds other projectors of the tenant off until the transaction ends. Whatever is read after this statement was
 * committed before it or is marked for the next projection, so two mappers that store A→B and B→C side by side are joined.
 */
export async function lockProjection(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('throughline.project.' || $1::text, 0))`, [
    tx.tenantId,
  ]);
}

/** Lets mappers of the tenant in side by side; only a rebuild holds all of them off. */
export async function shareMapping(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared(hashtextextended('throughline.map.' || $1::text, 0))`, [
    tx.tenantId,
  ]);
}

/** Holds all mappers of the tenant off until the transaction ends. */
export async function lockMapping(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('throughline.map.' || $1::text, 0))`, [tx.tenantId]);
}

/**
 * Takes marks, oldest first, and joins those of one name: so many rows, and whatever was stored together with them, since
 * a link is projected when both its ends are. They come back if the transaction fails.
 */
export async function takeDirtyMarks(tx: Tx, limit: number): Promise<DirtyMark[]> {
  return tx.query<DirtyMark>(
    `with oldest as (
       select set_id from dirty_alias where tenant_id = $1 order by mark_id limit $2
     ), taken as (
       delete from dirty_alias where tenant_id = $1 and set_id in (select set_id from oldest)
       returning alias_id, occurred_at
     )
     select alias_id as "aliasId", min(occurred_at) as "occurredAt" from taken group by alias_id`,
    [tx.tenantId, limit],
  );
}
