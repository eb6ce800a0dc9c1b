import type { Tx } from '@throughline/persistence';
import { MOST_VIEWS, type Arrangement, type StoredFilter } from '../domain/saved-view.js';
import type { InboxOrder } from '../inbox.repository.js';

/** What a view is made of. */
export type ViewWords = {
  name: string;
  isShared: boolean;
  filter: StoredFilter;
  orderBy: InboxOrder;
  /** Search part of the console's address. */
  search: string;
};

/** A saved view as stored. */
export type ViewRow = ViewWords & {
  id: string;
  ownerId: string;
  ownerName: string;
  version: number;
  changedAt: Date;
  changedByName: string;
};

const COLUMNS = `v.view_id as id, v.owner_id as "ownerId", v.owner_name as "ownerName", v.name, v.is_shared as "isShared", v.filter,
  v.order_by as "orderBy", v.search, v.version, v.changed_at as "changedAt", v.changed_by_name as "changedByName"`;

/** The views that a person sees: their own and those of others that are shared, each by name. */
export async function listViews(tx: Tx, personId: string): Promise<ViewRow[]> {
  return tx.query<ViewRow>(
    `select * from (
       select true as own, v.name_folded as folded, ${COLUMNS} from exception_view v
       where v.tenant_id = $1 and v.owner_id = $2 and v.deleted_at is null
       order by v.name_folded, v.view_id limit ${MOST_VIEWS.own}) own
     union all
     select * from (
       select false, v.name_folded, ${COLUMNS} from exception_view v
       where v.tenant_id = $1 and v.is_shared and v.deleted_at is null and v.owner_id <> $2
       order by v.name_folded, v.view_id limit ${MOST_VIEWS.shared}) shared
     order by own desc, folded, id`,
    [tx.tenantId, personId],
  );
}

/** Views by id, in the order of the ids; null where there is none, or none any more. Fits Operation.loader. */
export async function findViews(tx: Tx, viewIds: readonly string[]): Promise<(ViewRow | null)[]> {
  const rows = await tx.query<ViewRow>(
    `select ${COLUMNS} from exception_view v where v.tenant_id = $1 and v.view_id = any($2::uuid[]) and v.deleted_at is null`,
    [tx.tenantId, viewIds],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return viewIds.map((id) => byId.get(id) ?? null);
}

export type LockedView = ViewRow & { isDeleted: boolean };

/** A view, locked, also one that was deleted; null = there never was one. */
export async function lockView(tx: Tx, viewId: string): Promise<LockedView | null> {
  const [row] = await tx.query<LockedView>(
    `select ${COLUMNS}, v.deleted_at is not null as "isDeleted" from exception_view v
     where v.tenant_id = $1 and v.view_id = $2 for update`,
    [tx.tenantId, viewId],
  );
  return row ?? null;
}

/** How many views a person has, and how many are shared, whoever's. */
export async function countSavedViews(tx: Tx, personId: string): Promise<{ own: number; shared: number }> {
  const [row] = await tx.query<{ own: number; shared: number }>(
    `select (select count(*)::int from exception_view where tenant_id = $1 and owner_id = $2 and deleted_at is null) as own,
            (select count(*)::int from exception_view where tenant_id = $1 and is_shared and deleted_at is null) as shared`,
    [tx.tenantId, personId],
  );
  return row ?? { own: 0, shared: 0 };
}

type By = { id: string; name: string; at: Date };

/** Makes a view; false when its owner has one of that name. */
export async function insertView(tx: Tx, id: string, folded: string, words: ViewWords, by: By): Promise<boolean> {
  const rows = await tx.query(
    `insert into exception_view (tenant_id, view_id, owner_id, owner_name, name, name_folded, is_shared, filter, order_by, search, version,
                                 created_at, changed_at, changed_by, changed_by_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, 1, $11, $11, $3, $4)
     on conflict (tenant_id, owner_id, name_folded) where deleted_at is null do nothing returning 1`,
    [
      tx.tenantId,
      id,
      by.id,
      by.name,
      words.name,
      folded,
      words.isShared,
      JSON.stringify(words.filter),
      words.orderBy,
      words.search,
      by.at,
    ],
  );
  return rows.length > 0;
}

/** Whether another view of this owner has the name. */
export async function isNameTaken(tx: Tx, ownerId: string, folded: string, viewId: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from exception_view
     where tenant_id = $1 and owner_id = $2 and name_folded = $3 and deleted_at is null and view_id <> $4`,
    [tx.tenantId, ownerId, folded, viewId],
  );
  return rows.length > 0;
}

/** Writes a view that is locked; its version goes up. `isDeleted` takes it away, or brings it back. */
export async function updateView(
  tx: Tx,
  view: ViewWords & { id: string; isDeleted: boolean },
  folded: string,
  by: By,
): Promise<void> {
  await tx.query(
    `update exception_view set name = $3, name_folded = $4, is_shared = $5, filter = $6::jsonb, order_by = $7, search = $8,
            version = version + 1, changed_at = $9, changed_by = $10, changed_by_name = $11,
            deleted_at = case when $12::boolean then $9::timestamptz end
     where tenant_id = $1 and view_id = $2`,
    [
      tx.tenantId,
      view.id,
      view.name,
      folded,
      view.isShared,
      JSON.stringify(view.filter),
      view.orderBy,
      view.search,
      by.at,
      by.id,
      by.name,
      view.isDeleted,
    ],
  );
}

/** How a person arranged the views. */
export async function readArrangement(tx: Tx, personId: string): Promise<Arrangement> {
  const [row] = await tx.query<{ pinned: string[]; defaultId: string | null }>(
    `select pinned, default_view as "defaultId" from exception_view_arrangement where tenant_id = $1 and person_id = $2`,
    [tx.tenantId, personId],
  );
  return row ?? null;
}

export async function writeArrangement(
  tx: Tx,
  personId: string,
  { pinned, defaultId }: NonNullable<Arrangement>,
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into exception_view_arrangement (tenant_id, person_id, pinned, default_view, changed_at) values ($1, $2, $3::text[], $4, $5)
     on conflict (tenant_id, person_id) do update
     set pinned = excluded.pinned, default_view = excluded.default_view, changed_at = excluded.changed_at`,
    [tx.tenantId, personId, pinned, defaultId, at],
  );
}
