import { describe, expect, it } from '@jest/globals';
import {
  isSetAside,
  type OwnedGroup,
  ownershipNotices,
  type Recurrence,
  recurrenceNotices,
  recurrenceOf,
  type SetAside,
  setAsideNotices,
} from './group-notices.js';
import { gather } from './notices.js';

const NOW = new Date('2026-09-30T08:00:00Z');
const LATER = new Date('2026-10-01T08:00:00Z');

const group = (over: Partial<OwnedGroup> = {}): OwnedGroup => ({
  id: 'g1',
  title: 'No company code',
  ownerId: 'anna',
  isKnownError: false,
  snoozedUntil: null,
  hasOpen: false,
  ...over,
});

describe('a group with new members', () => {
  it.each<[string, Partial<OwnedGroup>, Recurrence | null]>([
    ['was resolved', {}, 'resolved'],
    ['is being worked on', { hasOpen: true }, null],
    ['is a known error, whatever is open', { isKnownError: true, hasOpen: true }, 'known-error'],
    ['is snoozed', { snoozedUntil: LATER, hasOpen: true }, 'snoozed'],
    ['was snoozed until now', { snoozedUntil: NOW, hasOpen: true }, null],
    ['was snoozed and resolved', { snoozedUntil: NOW }, 'resolved'],
    ['is a known error and snoozed', { isKnownError: true, snoozedUntil: LATER }, 'known-error'],
  ])('%s', (_name, over, was) => {
    expect(recurrenceOf(group(over), NOW)).toBe(was);
  });

  it('is told to its owner once, with those that came', () => {
    const newcomers = ['e1', 'e2'].map((exceptionId) => ({ exceptionId, groupId: 'g1' }));
    const groups = [group(), group({ id: 'g2', title: 'No tax code' }), group({ id: 'g3', hasOpen: true })];
    const notices = recurrenceNotices(
      groups,
      [...newcomers, { exceptionId: 'e3', groupId: 'g2' }, { exceptionId: 'e4', groupId: 'g3' }],
      NOW,
    );
    expect(gather(notices.map((notice) => ({ ...notice, forPersonId: null })))).toEqual([
      expect.objectContaining({
        personId: 'anna',
        kind: 'group-recurred',
        title: 'No company code',
        exceptionIds: ['e1', 'e2'],
        count: 2,
        details: { groupId: 'g1', was: 'resolved' },
      }),
      expect.objectContaining({
        title: 'No tax code',
        exceptionIds: ['e3'],
        details: { groupId: 'g2', was: 'resolved' },
      }),
    ]);
  });
});

describe('a group that is set aside', () => {
  const NOW = new Date('2026-09-30T08:00:00.000Z');
  const atHour = (hour: number) => new Date(Date.UTC(2026, 8, 30, hour));
  const [EARLIER, LATER, LATEST] = [atHour(7), atHour(9), atHour(10)];
  const group = (more: Partial<SetAside> = {}) => ({
    ...{ id: 'g1', title: 'No company code', snoozedUntil: null, snoozeReason: null },
    ...{ isKnownError: false, knownErrorReference: null },
    ...more,
  });

  it.each<[string, Partial<SetAside>, Partial<SetAside>, boolean]>([
    ['is news when it is snoozed', {}, { snoozedUntil: LATER }, true],
    ['is news when it is snoozed until another time', { snoozedUntil: LATER }, { snoozedUntil: LATEST }, true],
    ['is none while that stays', { snoozedUntil: LATER }, { snoozedUntil: LATER, isKnownError: false }, false],
    ['is none when its snooze ends', { snoozedUntil: LATER }, {}, false],
    ['is none with a snooze that is over', {}, { snoozedUntil: EARLIER }, false],
    ['is news when its cause is known', { snoozedUntil: LATER }, { snoozedUntil: LATER, isKnownError: true }, true],
    [
      'is none while that stays known',
      { isKnownError: true },
      { isKnownError: true, knownErrorReference: 'CHG 7' },
      false,
    ],
    ['is none when it is known no longer', { isKnownError: true }, {}, false],
  ])('%s', (_name, before, after, isNews) => {
    expect(isSetAside(group(before), group(after), NOW)).toBe(isNews);
  });

  it('is told to each person once, and not to who did it', () => {
    const concerned = [
      { personId: 'anna', members: 90_000 },
      { personId: 'ben', members: 1 },
    ];
    const after = group({ snoozedUntil: LATER, snoozeReason: 'Mended tonight', isKnownError: true });
    expect(setAsideNotices(group(), after, concerned, 'ben', NOW)).toEqual([
      {
        personId: 'anna',
        kind: 'group-set-aside',
        exceptionId: null,
        title: 'No company code',
        details: {
          ...{ groupId: 'g1', members: 90_000, snoozedUntil: '2026-09-30T09:00:00.000Z', reason: 'Mended tonight' },
          ...{ isKnownError: true, reference: null },
        },
      },
    ]);
  });

  it.each<[string, Partial<SetAside>, Partial<SetAside>, object]>([
    [
      'its mark where it was snoozed before',
      { snoozedUntil: LATER, snoozeReason: 'Tonight' },
      { snoozedUntil: LATER, snoozeReason: 'Tonight', isKnownError: true, knownErrorReference: 'CHG 7' },
      { isKnownError: true, reference: 'CHG 7' },
    ],
    [
      'its snooze where it was marked before',
      { isKnownError: true, knownErrorReference: 'CHG 7' },
      { isKnownError: true, knownErrorReference: 'CHG 7', snoozedUntil: LATER, snoozeReason: 'Tonight' },
      { snoozedUntil: LATER.toISOString(), reason: 'Tonight' },
    ],
  ])('is told by what was done alone: %s', (_name, before, after, done) => {
    const [notice] = setAsideNotices(group(before), group(after), [{ personId: 'anna', members: 1 }], 'ben', NOW);
    expect(notice?.details).toEqual({ groupId: 'g1', members: 1, ...done });
  });
});

describe('a group that becomes somebody’s', () => {
  it.each<[string, string | null, string | null | undefined, string, number]>([
    ['is told to that person', null, 'anna', 'ben', 1],
    ['also in place of another', 'cleo', 'anna', 'ben', 1],
    ['not to who took it', null, 'anna', 'anna', 0],
    ['not to who has it already', 'anna', 'anna', 'ben', 0],
    ['to nobody where it is nobody’s any more', 'anna', null, 'ben', 0],
    ['to nobody where its owner is left as it is', 'anna', undefined, 'ben', 0],
  ])('%s', (_name, before, after, actor, told) => {
    const notices = ownershipNotices({ id: 'g1', title: 'No company code', ownerId: before }, after, actor);
    expect(notices).toHaveLength(told);
    expect(gather(notices.map((notice) => ({ ...notice, forPersonId: null })))).toEqual(
      told === 0
        ? []
        : [
            expect.objectContaining({
              personId: 'anna',
              kind: 'group-assigned',
              details: { groupId: 'g1' },
              exceptionIds: [],
              count: 0,
            }),
          ],
    );
  });
});
