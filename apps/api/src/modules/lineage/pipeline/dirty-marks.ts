import type { Tx } from '@throughline/persistence';

/** A name whose facts have changed, and the time of the earliest of them. */
export type DirtyMark = { aliasId: string; occurredAt: Date };

/**
 * Marks of news and marks of mapping again, which are projected apart: what is mapped again changes what is shown and tells
 * nobody.
 */
export type MarkKind = 'loud' | 'silent';

/** Which kinds of marks wait; asked before the lock, which is not worth taking for nothing. */
export async function waitingMarks(tx: Tx): Promise<MarkKind[]> {
  const [row] = await tx.query<{ loud: boolean; silent: boolean }>(
    `select exists (select 1 from fresh_facts where tenant_id = $1)
              or exists (select 1 from dirty_alias where tenant_id = $1 and not is_silent) as loud,
            exists (select 1 from dirty_alias where tenant_id = $1 and is_silent) as silent`,
    [tx.tenantId],
  );
  return [...(row?.loud === true ? (['loud'] as const) : []), ...(row?.silent === true ? (['silent'] as const) : [])];
}

/**
 * Holds other projectors of the tenant off until the transaction ends. Whatever is read after this statement was
 * committed before it or is marked for the next projection, so two mappers that store A→B and B→C side by side are joined.
 * What is projected beside has a lock of its own: it does not hold off the projection that is shown.
 */
export async function lockProjection(tx: Tx): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(hashtextextended(
       case current_schema() when 'rebuild' then 'throughline.project-beside.' else 'throughline.project.' end || $1::text, 0))`,
    [tx.tenantId],
  );
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
 * Takes marks of one kind (of both without one), oldest first, and joins those of one name: so many rows, and whatever was
 * stored together with them, since a link is projected when both its ends are. They come back if the transaction fails.
 */
export async function takeDirtyMarks(tx: Tx, limit: number, kind?: MarkKind): Promise<DirtyMark[]> {
  // In two statements: the table is empty most of the time, and a join planned for that is ruinous when it is full.
  const sets = await tx.query<{ setId: string }>(
    `select distinct set_id as "setId" from (
       select set_id from dirty_alias
       where tenant_id = $1 and ($2::boolean is null or is_silent = $2) order by mark_id limit $3
     ) oldest`,
    [tx.tenantId, kind === undefined ? null : kind === 'silent', limit],
  );
  if (sets.length === 0) return [];
  return tx.query<DirtyMark>(
    `with taken as (
       delete from dirty_alias where tenant_id = $1 and set_id = any($2::uuid[]) returning alias_id, occurred_at
     )
     select alias_id as "aliasId", min(occurred_at) as "occurredAt" from taken group by alias_id`,
    [tx.tenantId, sets.map((set) => set.setId)],
  );
}

/** Those of the objects that news are waiting for as well: what is told of them must not be lost in a silent projection. */
export async function withLoudMarks(tx: Tx, objectIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select distinct o.object_id as id
     from (
       select alias_id from dirty_alias where tenant_id = $1 and not is_silent
       union all
       select unnest(alias_ids) from fresh_facts where tenant_id = $1
     ) d
     join object_alias o on o.tenant_id = $1 and o.alias_id = d.alias_id
     where o.object_id = any($2::uuid[])`,
    [tx.tenantId, objectIds],
  );
  return new Set(rows.map((row) => row.id));
}
