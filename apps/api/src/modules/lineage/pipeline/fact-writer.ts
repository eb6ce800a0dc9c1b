import { randomUUID } from 'node:crypto';
import { type Activity, toStorableJson } from '@throughline/canonical';
import { type AliasStatement, type LinkStatement, aliasStatements, linkStatements } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { ACTIVITY_COLUMNS, ALIAS_COLUMNS, LINK_COLUMNS, activityRow, aliasRow, linkRow } from './fact-rows.js';

/** A name that changed facts speak of, and the time of the earliest of them. */
export type MarkedName = { aliasId: string; occurredAt: string };

/** An activity with the statements that it makes. */
type StatedActivity = { activity: Activity; aliases: AliasStatement[]; links: LinkStatement[] };

/**
 * Stores activities that are not yet there with their names and links, and marks the named for projection. An activity
 * that is there stays as it is: the first copy of a signal counts. Answers how many were new.
 */
export async function storeActivities(tx: Tx, activities: readonly Activity[]): Promise<number> {
  const { stored, names } = await writeActivities(tx, activities);
  await markDirty(tx, names, { isSilent: false });
  return stored;
}

/** The same without the marks: answers which names have to be marked. */
export async function writeActivities(
  tx: Tx,
  activities: readonly Activity[],
): Promise<{ stored: number; names: MarkedName[] }> {
  const distinct = new Map<string, Activity>();
  for (const activity of activities)
    if (!distinct.has(activity.activityId)) distinct.set(activity.activityId, activity);
  if (distinct.size === 0) return { stored: 0, names: [] };
  // In id order: two workers that store the same activities wait for one another instead of dead-locking.
  const ordered = [...distinct.values()]
    .sort((left, right) => (left.activityId < right.activityId ? -1 : 1))
    .map((activity) => toStorableJson(activity) as Activity);
  const stored = (await insertActivities(tx, ordered)).map(withStatements);
  await tx.copyRows(
    'alias_statement',
    ALIAS_COLUMNS,
    stored.flatMap(({ activity, aliases }) => aliases.map((alias) => aliasRow(tx.tenantId, activity, alias))),
  );
  await tx.copyRows(
    'link_statement',
    LINK_COLUMNS,
    stored.flatMap(({ activity, links }) => links.map((link) => linkRow(tx.tenantId, activity, link))),
  );
  return { stored: stored.length, names: namesOf(stored) };
}

/** Marks names for projection, as one set; a silent mark changes what is shown and tells nobody. */
export async function markDirty(
  tx: Tx,
  names: readonly MarkedName[],
  { isSilent }: { isSilent: boolean },
): Promise<void> {
  if (names.length === 0) return;
  await tx.query(
    `insert into dirty_alias (tenant_id, set_id, is_silent, alias_id, occurred_at)
     select $1, $2, $3, * from unnest($4::uuid[], $5::timestamptz[])`,
    [tx.tenantId, randomUUID(), isSilent, names.map((name) => name.aliasId), names.map((name) => name.occurredAt)],
  );
  await tx.notify('throughline_dirty', tx.tenantId);
}

/** Deletes activities with all that they state; answers the names that they spoke of. */
export async function deleteActivities(tx: Tx, activityIds: readonly string[]): Promise<MarkedName[]> {
  if (activityIds.length === 0) return [];
  const names = await tx.query<{ aliasId: string; occurredAt: Date }>(
    `with unsaid as (
       delete from alias_statement where tenant_id = $1 and activity_id = any($2::uuid[])
       returning alias_id, occurred_at
     ), unlinked as (
       delete from link_statement where tenant_id = $1 and activity_id = any($2::uuid[])
     ), gone as (
       delete from activity where tenant_id = $1 and activity_id = any($2::uuid[])
     )
     select alias_id as "aliasId", min(occurred_at) as "occurredAt" from unsaid group by alias_id`,
    [tx.tenantId, activityIds],
  );
  return names.map(({ aliasId, occurredAt }) => ({ aliasId, occurredAt: occurredAt.toISOString() }));
}

function withStatements(activity: Activity): StatedActivity {
  const aliases = aliasStatements(activity);
  return { activity, aliases, links: linkStatements(activity, aliases) };
}

/** Those that were not there before. */
async function insertActivities(tx: Tx, activities: readonly Activity[]): Promise<readonly Activity[]> {
  const inserted = await tx.copyRows(
    'activity',
    ACTIVITY_COLUMNS,
    activities.map((activity) => activityRow(tx.tenantId, activity)),
    'on conflict (tenant_id, activity_id) do nothing',
  );
  if (inserted === activities.length) return activities;
  // Rows of this very transaction are the new ones.
  const rows = await tx.query<{ id: string }>(
    `select activity_id as id from activity
     where tenant_id = $1 and activity_id = any($2::uuid[]) and xmin = pg_current_xact_id()::xid`,
    [tx.tenantId, activities.map((activity) => activity.activityId)],
  );
  const added = new Set(rows.map((row) => row.id));
  return activities.filter((activity) => added.has(activity.activityId));
}

function namesOf(stored: readonly StatedActivity[]): MarkedName[] {
  const earliest = new Map<string, string>();
  for (const { activity, aliases } of stored) {
    for (const { aliasId } of aliases) {
      const known = earliest.get(aliasId);
      if (known === undefined || activity.occurredAt < known) earliest.set(aliasId, activity.occurredAt);
    }
  }
  return [...earliest].map(([aliasId, occurredAt]) => ({ aliasId, occurredAt }));
}
