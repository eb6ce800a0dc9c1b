import type { Notice } from './notices.js';

/** What of a group tells whether its owner should hear that it came again. */
export type OwnedGroup = {
  id: string;
  title: string;
  ownerId: string;
  isKnownError: boolean;
  snoozedUntil: Date | null;
  /** Members that are open, besides those that came now. */
  hasOpen: boolean;
};

/** Why new members of a group are news: nobody was looking at it. */
export type Recurrence = 'known-error' | 'snoozed' | 'resolved';

/** What a group was before new members came, where that is news; null = it was being worked on anyway. */
export function recurrenceOf({ isKnownError, snoozedUntil, hasOpen }: OwnedGroup, now: Date): Recurrence | null {
  if (isKnownError) return 'known-error';
  if (snoozedUntil !== null && snoozedUntil > now) return 'snoozed';
  return hasOpen ? null : 'resolved';
}

/** What owners hear of groups that came again; `newcomers` are members that opened now, also again. */
export function recurrenceNotices(
  groups: readonly OwnedGroup[],
  newcomers: readonly { exceptionId: string; groupId: string }[],
  now: Date,
): Notice[] {
  return groups.flatMap((group) => {
    const was = recurrenceOf(group, now);
    if (was === null) return [];
    const { id: groupId, title, ownerId: personId } = group;
    return newcomers
      .filter((one) => one.groupId === groupId)
      .map(({ exceptionId }): Notice => ({
        personId,
        kind: 'group-recurred',
        exceptionId,
        title,
        details: { groupId, was },
      }));
  });
}

/** What the new owner of a group hears; nothing where one took it oneself, or it stays with whom it was. */
export function ownershipNotices(
  group: { id: string; title: string; ownerId: string | null },
  ownerId: string | null | undefined,
  actorId: string,
): Notice[] {
  if (ownerId === null || ownerId === undefined || ownerId === group.ownerId || ownerId === actorId) return [];
  const { id: groupId, title } = group;
  return [{ personId: ownerId, kind: 'group-assigned', exceptionId: null, title, details: { groupId } }];
}
