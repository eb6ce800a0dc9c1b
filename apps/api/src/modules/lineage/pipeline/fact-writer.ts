import { randomUUID } from 'node:crypto';
import { type Activity, toStorableJson } from '@throughline/canonical';
import { aliasStatements } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { compareFacts, firstOfCopies, restateOrigins } from './compare-facts.js';
import { distrustFreshFacts, handOn } from './fresh-facts.js';
import { ACTIVITY_COLUMNS, ALIAS_COLUMNS, activityRow, aliasRows } from './fact-rows.js';
import { type MarkedName, type StatedActivity, namesOf, withStatements } from './stated-activity.js';

/** What storing activities did: those that were new, and the names of those that replaced what a later copy had said. */
export type WrittenActivities = { added: readonly StatedActivity[]; replaced: readonly MarkedName[] };

/**
 * Stores activities that are not yet there with their names and links, and hands them on to be projected. An activity
 * that is there stays as it is, unless it was made of a copy of its signal that was received later: the first copy counts,
 * whichever is mapped first. Answers how many were new.
 */
export async function storeActivities(tx: Tx, activities: readonly Activity[]): Promise<number> {
  const { added, replaced } = await writeActivities(tx, activities);
  await handOn(tx, added);
  await markDirty(tx, replaced, { isSilent: false });
  return added.length;
}

/** The same without handing anything on: the names of all that was written have to be marked. */
export async function writeActivities(tx: Tx, activities: readonly Activity[]): Promise<WrittenActivities> {
  if (activities.length === 0) return { added: [], replaced: [] };
  // In id order: two workers that store the same activities wait for one another instead of dead-locking.
  const ordered = firstOfCopies(activities)
    .sort((left, right) => (left.activityId < right.activityId ? -1 : 1))
    .map((activity) => withStatements(toStorableJson(activity) as Activity));
  const added = await insertActivities(tx, ordered);
  await writeStatements(tx, added);
  if (added.length === ordered.length) return { added, replaced: [] };
  const isAdded = new Set(added);
  const there = ordered.filter((stated) => !isAdded.has(stated)).map(({ activity }) => activity);
  return { added, replaced: await replaceLaterCopies(tx, there) };
}

/** Writes what activities that were just stored state. */
async function writeStatements(tx: Tx, stored: readonly StatedActivity[]): Promise<void> {
  await tx.copyRows(
    'alias_statement',
    ALIAS_COLUMNS,
    stored.flatMap((one) => aliasRows(tx.tenantId, one)),
  );
}

/** Of activities that are stored already, replaces those that were made of a copy received later, where it says otherwise. */
async function replaceLaterCopies(tx: Tx, activities: readonly Activity[]): Promise<MarkedName[]> {
  const ofCopies = activities.filter((activity) => activity.signal.copy !== undefined);
  if (ofCopies.length === 0) return [];
  const later = await tx.query<{ id: string }>(
    `select a.activity_id as id from activity a
     join unnest($2::uuid[], $3::text[]) as n(id, copy) on n.id = a.activity_id
     where a.tenant_id = $1 and n.copy collate "C" < a.signal_copy order by a.activity_id for update of a`,
    [tx.tenantId, ofCopies.map((one) => one.activityId), ofCopies.map((one) => one.signal.copy)],
  );
  if (later.length === 0) return [];
  const isLater = new Set(later.map((row) => row.id));
  const earlier = ofCopies.filter((one) => isLater.has(one.activityId));
  const stated = { signalIds: earlier.map((one) => one.signal.signalId), activities: earlier, copies: [] };
  const differing = new Set(
    (await compareFacts(tx, stated)).flatMap((one) => (one.isStated && !one.isSame ? [one.id] : [])),
  );
  const unsaid = await deleteActivities(tx, [...differing]);
  const said = await insertActivities(tx, earlier.filter((one) => differing.has(one.activityId)).map(withStatements));
  await writeStatements(tx, said);
  await restateOrigins(tx, stated);
  return [...unsaid, ...namesOf(said)];
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
  await distrustFreshFacts(tx);
  const said = await tx.query<Pick<Activity, 'activityId' | 'objects'>>(
    `select activity_id as "activityId", objects from activity where tenant_id = $1 and activity_id = any($2::uuid[])`,
    [tx.tenantId, activityIds],
  );
  const named = said.flatMap(aliasStatements);
  const names = await tx.query<{ aliasId: string; occurredAt: Date }>(
    `with gone as (
       delete from activity where tenant_id = $1 and activity_id = any($2::uuid[]) returning activity_id, occurred_at
     ), unsaid as (
       delete from alias_statement s using gone g, unnest($3::uuid[], $4::uuid[]) as n(activity_id, alias_id)
       where n.activity_id = g.activity_id
         and s.tenant_id = $1 and s.alias_id = n.alias_id and s.occurred_at = g.occurred_at and s.activity_id = g.activity_id
       returning s.alias_id, s.occurred_at
     )
     select alias_id as "aliasId", min(occurred_at) as "occurredAt" from unsaid group by alias_id`,
    [tx.tenantId, activityIds, named.map((one) => one.activityId), named.map((one) => one.aliasId)],
  );
  return names.map(({ aliasId, occurredAt }) => ({ aliasId, occurredAt: occurredAt.toISOString() }));
}

/** Transactions that have stored activities before: one that they find there may be their own. */
const writing = new WeakSet<Tx>();

/** Those that were not there before. */
async function insertActivities(tx: Tx, stated: readonly StatedActivity[]): Promise<readonly StatedActivity[]> {
  const ids = stated.map(({ activity }) => activity.activityId);
  const own = writing.has(tx) ? await findOwn(tx, ids) : new Set<string>();
  writing.add(tx);
  const inserted = await tx.copyRows(
    'activity',
    ACTIVITY_COLUMNS,
    stated.map((one) => activityRow(tx.tenantId, one)),
    'on conflict (tenant_id, activity_id) do nothing',
  );
  if (inserted === stated.length) return stated;
  const present = await findOwn(tx, ids);
  return stated.filter(({ activity: { activityId } }) => present.has(activityId) && !own.has(activityId));
}

/** Ids of those that this very transaction has stored. */
async function findOwn(tx: Tx, activityIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select activity_id as id from activity
     where tenant_id = $1 and activity_id = any($2::uuid[]) and xmin = pg_current_xact_id()::xid`,
    [tx.tenantId, activityIds],
  );
  return new Set(rows.map((row) => row.id));
}
