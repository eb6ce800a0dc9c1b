import type { Tx } from '@throughline/persistence';
import { recordAudits } from '../../audit/index.js';
import type { CatalogAct } from '../../catalog/index.js';
import { listActivePeople, permissionsOf } from '../../identity/index.js';
import { changesOf } from '../domain/group-changes.js';
import { ownershipNotices } from '../domain/group-notices.js';
import { mergeObstacle, type SplitBy } from '../domain/group-rules.js';
import { LONGEST_WAIT_DAYS, MS_PER_DAY } from '../domain/wait.js';
import { tellNotices } from '../people/tell-people.js';
import { tellMembersPeople } from './tell-members-people.js';
import { lockGroups, updateGroups, type GroupRow, type GroupWords } from './group.repository.js';
import { groupsOfMembers, lockMembers, regroup } from './placement.repository.js';

export type GroupFailureCode =
  | 'INVALID_TICKET'
  | 'NOT_FOUND'
  | 'STALE_VERSION'
  | 'OWNER_NOT_FOUND'
  | 'OWNER_CANNOT_WORK'
  | 'SNOOZE_PASSED'
  | 'SNOOZE_TOO_LONG'
  | 'REASON_MISSING'
  | 'CANNOT_MERGE'
  | 'NOT_MERGED'
  | 'CANNOT_SPLIT';

/** What an act on groups brought: all of it, or nothing and why. `groupId` = the one that it is about. */
export type GroupOutcome =
  | { kind: 'changed'; groupIds: string[]; moved: number }
  | { kind: 'failure'; code: GroupFailureCode; message: string; groupId: string | null };

type Locked = Omit<GroupRow, 'memberCount' | 'memberCountIsLowerBound' | 'openCount'>;

/** What a person may say of a group as a whole; what is left out stays. */
export type GroupChange = Partial<
  Pick<GroupRow, 'ownerId' | 'note' | 'isKnownError' | 'knownErrorReference' | 'snoozedUntil' | 'snoozeReason'>
>;

/** Owner, note, known-error mark and snooze of a group, as it is at `version`. */
export async function changeGroup(
  tx: Tx,
  act: CatalogAct,
  input: { groupId: string; version: number; change: GroupChange },
): Promise<GroupOutcome> {
  const { groupId, version, change } = input;
  const [group] = await lockGroups(tx, [groupId]);
  if (group === undefined) return notFound(groupId);
  const stale = staleFailure(group, version);
  if (stale !== null) return stale;
  const wrong = (await ownerObstacle(tx, change.ownerId)) ?? snoozeObstacle(group, change, act.now);
  if (wrong !== null) return { ...wrong, groupId };
  const after = { ...group, ...change };
  const words = after.snoozedUntil === null ? { ...after, snoozeReason: null } : after;
  const known = words.isKnownError ? words : { ...words, knownErrorReference: null };
  await write(tx, act, [{ group, words: known, action: 'changed', details: changesOf(group, known, change) }]);
  const { personId, displayName } = act.viewer;
  const actor = { kind: 'person' as const, id: personId, name: displayName };
  await tellNotices(tx, { actor, at: act.now }, ownershipNotices(group, change.ownerId, personId));
  await tellMembersPeople(tx, { actor, at: act.now }, group, known);
  return { kind: 'changed', groupIds: [groupId], moved: 0 };
}

/** Why nothing is done to a group that changed since version `seen`; null = it did not, or nobody says what was seen. */
function staleFailure({ id, version, changedByName }: Locked, seen: number | null | undefined): Failure | null {
  return seen === null || seen === undefined || seen === version
    ? null
    : failure('STALE_VERSION', `${changedByName ?? 'Somebody'} changed this group meanwhile.`, id);
}

async function ownerObstacle(tx: Tx, ownerId: string | null | undefined): Promise<Failure | null> {
  if (ownerId === null || ownerId === undefined) return null;
  const owner = (await listActivePeople(tx)).find((person) => person.id === ownerId);
  if (owner === undefined) return failure('OWNER_NOT_FOUND', 'There is no such person.');
  return permissionsOf(owner.roles).has('exception.work')
    ? null
    : failure('OWNER_CANNOT_WORK', `${owner.displayName} may not work on exceptions.`);
}

function snoozeObstacle(group: Locked, change: GroupChange, now: Date): Failure | null {
  if (change.snoozedUntil === undefined || change.snoozedUntil === null) return null;
  if (change.snoozedUntil <= now) return failure('SNOOZE_PASSED', 'A group is snoozed until a time to come.');
  if (change.snoozedUntil.getTime() > now.getTime() + LONGEST_WAIT_DAYS * MS_PER_DAY) {
    return failure('SNOOZE_TOO_LONG', `A group is snoozed for ${LONGEST_WAIT_DAYS} days at most.`);
  }
  const reason = (change.snoozeReason ?? group.snoozeReason ?? '').trim();
  return reason === '' ? failure('REASON_MISSING', 'Say why the group is snoozed.') : null;
}

/** Makes groups parts of another one: its owner, note and marks hold for their members from now on. */
export async function mergeGroups(
  tx: Tx,
  act: CatalogAct,
  input: { seen: ReadonlyMap<string, number | undefined>; intoId: string; reason: string },
): Promise<GroupOutcome> {
  const { seen, intoId, reason } = input;
  const groupIds = [...seen.keys()];
  await lockMembers(tx, await groupsOfMembers(tx, [...groupIds, intoId]));
  const locked = new Map((await lockGroups(tx, [...groupIds, intoId])).map((group) => [group.id, group]));
  const target = locked.get(intoId);
  if (target === undefined) return notFound(intoId);
  const leadsTo = new Set(await groupsOfMembers(tx, [intoId]));
  for (const [groupId, version] of seen) {
    const source = locked.get(groupId);
    if (source === undefined) return notFound(groupId);
    const stale = staleFailure(source, version);
    if (stale !== null) return stale;
    if (groupId !== intoId && leadsTo.has(groupId)) {
      return failure('CANNOT_MERGE', 'The group that it should join has parts that lead back to it.', groupId);
    }
    const obstacle = mergeObstacle(groupId, { groupId: intoId, rule: target }, { rule: source });
    if (obstacle !== null) return failure('CANNOT_MERGE', obstacle, groupId);
  }
  const held = await groupsOfMembers(tx, groupIds);
  await write(
    tx,
    act,
    groupIds.map((groupId) => {
      const group = locked.get(groupId)!;
      return { group, words: { ...group, mergedInto: intoId }, action: 'merged', details: { into: intoId, reason } };
    }),
  );
  return { kind: 'changed', groupIds: [intoId, ...groupIds], moved: await regroup(tx, held, act.now) };
}

/** A group that was made part of another one stands for itself again, with its own words. */
export async function unmergeGroup(
  tx: Tx,
  act: CatalogAct,
  input: { groupId: string; version: number | null },
): Promise<GroupOutcome> {
  const { groupId, version } = input;
  await lockMembers(tx, await groupsOfMembers(tx, [groupId]));
  const [group] = await lockGroups(tx, [groupId]);
  if (group === undefined) return notFound(groupId);
  const stale = staleFailure(group, version);
  if (stale !== null) return stale;
  const held = await groupsOfMembers(tx, [groupId]);
  if (group.mergedInto === null) return failure('NOT_MERGED', 'This group is not part of another one.', groupId);
  const details = { from: group.mergedInto };
  await write(tx, act, [{ group, words: { ...group, mergedInto: null }, action: 'unmerged', details }]);
  return { kind: 'changed', groupIds: [groupId, group.mergedInto], moved: await regroup(tx, held, act.now) };
}

/** Splits a group into parts by what its members differ in, those to come as well; by nothing = it is one again. */
export async function splitGroup(
  tx: Tx,
  act: CatalogAct,
  input: { groupId: string; by: readonly SplitBy[]; reason: string; version: number | null },
): Promise<GroupOutcome> {
  const { groupId, by, reason, version } = input;
  await lockMembers(tx, await groupsOfMembers(tx, [groupId]));
  const [group] = await lockGroups(tx, [groupId]);
  if (group === undefined) return notFound(groupId);
  const stale = staleFailure(group, version);
  if (stale !== null) return stale;
  const held = await groupsOfMembers(tx, [groupId]);
  if (group.mergedInto !== null) {
    return failure('CANNOT_SPLIT', 'This group is part of another one: split that, or take it out first.', groupId);
  }
  await write(tx, act, [{ group, words: { ...group, splitBy: by }, action: 'split', details: { by, reason } }]);
  return { kind: 'changed', groupIds: [groupId], moved: await regroup(tx, held, act.now) };
}

type Failure = Extract<GroupOutcome, { kind: 'failure' }>;

function failure(code: GroupFailureCode, message: string, groupId: string | null = null): Failure {
  return { kind: 'failure', code, message, groupId };
}

function notFound(groupId: string): Failure {
  return failure('NOT_FOUND', 'There is no such group.', groupId);
}

type Written = { group: Locked; words: GroupWords; action: string; details: object };

async function write(tx: Tx, { viewer, now, traceId }: CatalogAct, changes: readonly Written[]): Promise<void> {
  await updateGroups(
    tx,
    changes.map(({ group, words }) => ({ ...words, id: group.id })),
    { id: viewer.personId, name: viewer.displayName, at: now },
  );
  await recordAudits(
    tx,
    changes.map(({ group, action, details }) => ({
      at: now,
      actor: { kind: 'person' as const, id: viewer.personId, name: viewer.displayName },
      action: `exception-group.${action}`,
      subject: { type: 'exception-group', id: group.id },
      details: { title: group.title, ...details },
      traceId,
    })),
  );
}
