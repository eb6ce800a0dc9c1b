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

/** How a group stands aside: for a time, or because its cause is known. */
export type SetAside = {
  snoozedUntil: Date | null;
  snoozeReason: string | null;
  isKnownError: boolean;
  knownErrorReference: string | null;
};

/** Who works on or watches open members of a group, and how many of them. */
export type Concerned = { personId: string; members: number };

/** Whether a group was snoozed, or until another time, or marked as a known error. */
export function isSetAside(before: SetAside, after: SetAside, now: Date): boolean {
  return isNewlySnoozed(before, after, now) || isNewlyKnown(before, after);
}

function isNewlySnoozed(before: SetAside, { snoozedUntil: until }: SetAside, now: Date): boolean {
  return until !== null && until > now && until.getTime() !== before.snoozedUntil?.getTime();
}

function isNewlyKnown(before: SetAside, after: SetAside): boolean {
  return after.isKnownError && !before.isKnownError;
}

/**
 * What those who work on or watch members of a group hear when it is set aside, by what is new in that: once each, whatever the number
 * of members.
 */
export function setAsideNotices(
  before: SetAside,
  { id: groupId, title, ...after }: SetAside & { id: string; title: string },
  concerned: readonly Concerned[],
  actorId: string,
  now: Date,
): Notice[] {
  const done = {
    ...(isNewlySnoozed(before, after, now) && {
      snoozedUntil: after.snoozedUntil?.toISOString(),
      reason: after.snoozeReason,
    }),
    ...(isNewlyKnown(before, after) && { isKnownError: true, reference: after.knownErrorReference }),
  };
  return concerned
    .filter(({ personId }) => personId !== actorId)
    .map(({ personId, members }) => ({
      personId,
      kind: 'group-set-aside',
      exceptionId: null,
      title,
      details: { groupId, members, ...done },
    }));
}
