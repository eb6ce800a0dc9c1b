import { describe, expect, it } from '@jest/globals';
import { type Activity, NIL_UUID } from '@throughline/canonical';
import { projectAll } from './projection.js';
import { type ActivityDraft, activity, at, named, reference } from './testing/activity-builder.js';
import { SHORT_WORKFLOW, TEST_CALENDARS } from './testing/short-workflow.js';

const approved = (time = '08:00') =>
  activity({ type: 'contract.approved', at: at(time), objects: [named('contract', 'C')] });

function invoice(type: string, time: string, number = 'I1', more: Partial<ActivityDraft> = {}): Activity {
  return activity({
    type,
    at: at(time),
    objects: [named('invoice', number), reference('contract', 'C'), reference('sales-order', 'O')],
    links: [
      [1, 2],
      [2, 0],
    ],
    ...more,
  });
}

const entry = (time: string) =>
  activity({
    type: 'payment.received',
    at: at(time),
    objects: [named('payment', 'P1'), reference('bank-entry', 'E1'), reference('invoice', 'I1')],
    links: [
      [2, 0],
      [0, 1],
    ],
  });

const position = (time: string, ...entries: string[]) =>
  activity({
    type: 'cash-position.updated',
    at: at(time),
    objects: [named('cash-position', 'H'), ...entries.map((value) => reference('bank-entry', value))],
    links: entries.map((_, index) => [index + 1, 0]),
  });

/** Milestones of the one transaction: name, or "name key" when per object → reached time. */
function reached(activities: readonly Activity[]): Record<string, string | null> {
  const projection = projectAll(activities, [SHORT_WORKFLOW], TEST_CALENDARS);
  const keys = new Map(projection.objects.map((object) => [object.objectId, ` ${object.key}`]));
  return Object.fromEntries(
    projection.milestones.map(({ name, objectId, reachedAt }) => [
      `${name}${objectId === NIL_UUID ? '' : (keys.get(objectId) ?? '')}`,
      reachedAt === null ? null : reachedAt.slice(11, 16),
    ]),
  );
}

describe('milestones', () => {
  it.each<{ name: string; activities: Activity[]; expected: Record<string, string | null> }>([
    {
      name: 'are pending once when their object is not there yet',
      activities: [approved()],
      expected: { approved: '08:00', billed: null, posted: null, positioned: null, paid: null },
    },
    {
      name: 'are reached once per object',
      activities: [approved(), invoice('invoice.posted', '09:00'), invoice('invoice.posted', '10:00', 'I2')],
      expected: { billed: '09:00', 'posted I1': '09:00', 'posted I2': '10:00' },
    },
    {
      name: 'are pending for an object that is only referred to',
      activities: [approved(), entry('09:00'), invoice('invoice.seen', '09:00')],
      expected: { 'posted I1': null, 'paid P1': '09:00' },
    },
    {
      name: 'are reached by the earliest of several activities',
      activities: [approved(), invoice('invoice.corrected', '11:00'), invoice('invoice.posted', '09:00')],
      expected: { 'posted I1': '09:00' },
    },
    {
      name: 'are not reached by a failure',
      activities: [
        approved(),
        invoice('invoice.posted', '09:00', 'I1', {
          problem: { taxonomy: 'platform.connectivity', discriminators: {}, message: '' },
        }),
      ],
      expected: { 'posted I1': null },
    },
    {
      name: 'are undone by a reversal',
      activities: [approved(), invoice('invoice.posted', '09:00'), invoice('invoice.reversed', '10:00')],
      expected: { 'posted I1': null, billed: '09:00' },
    },
    {
      name: 'are reached again after a reversal',
      activities: [
        approved(),
        invoice('invoice.posted', '09:00'),
        invoice('invoice.reversed', '10:00'),
        invoice('invoice.posted', '11:00'),
      ],
      expected: { 'posted I1': '11:00' },
    },
    {
      name: 'are undone by the reversal of their own object alone',
      activities: [approved(), invoice('invoice.posted', '09:00'), invoice('invoice.reversed', '10:00', 'I2')],
      expected: { 'posted I1': '09:00', 'posted I2': null },
    },
  ])('$name', ({ activities, expected }) => {
    expect(reached(activities)).toMatchObject(expected);
    expect(reached([...activities].reverse())).toMatchObject(expected);
  });

  it.each<{ name: string; updates: Activity[]; expected: string | null }>([
    { name: 'an update that took the entry in', updates: [position('10:00', 'E1')], expected: '10:00' },
    {
      name: 'no update before it was linked',
      updates: [position('10:00', 'E9'), position('11:00', 'E1')],
      expected: '11:00',
    },
    {
      name: 'the first update from the link on, though it does not name the entry',
      updates: [
        position('12:00', 'E9'),
        activity({
          type: 'bank-entry.assigned',
          at: at('11:00'),
          objects: [named('bank-entry', 'E1'), reference('cash-position', 'H')],
          links: [[0, 1]],
        }),
        position('13:00', 'E1'),
      ],
      expected: '12:00',
    },
    { name: 'nothing while it is not linked', updates: [position('10:00', 'E9')], expected: null },
  ])('of a hub are reached by $name', ({ updates, expected }) => {
    const story = [approved(), invoice('invoice.posted', '09:00'), entry('09:30'), ...updates];
    for (const activities of [story, [...story].reverse()]) expect(reached(activities)['positioned E1']).toBe(expected);
  });

  it('are due so long after the milestone that starts their clock', () => {
    const { milestones } = projectAll(
      [approved(), invoice('invoice.posted', '09:00'), entry('09:30')],
      [SHORT_WORKFLOW],
      TEST_CALENDARS,
    );
    const byName = (name: string) => milestones.find((milestone) => milestone.name === name);
    expect(byName('paid')).toMatchObject({
      startedAt: at('08:00'),
      dueAt: at('10:00'),
      reachedAt: at('09:30'),
      ruleKind: 'expectation',
    });
    expect(byName('posted')).toMatchObject({ startedAt: null, dueAt: null, ruleKind: 'none' });
  });
});

describe('progress of a transaction', () => {
  const complete = [approved(), invoice('invoice.posted', '09:00'), entry('09:30'), position('10:00', 'E1')];

  it.each<{ name: string; activities: Activity[]; progress: string; completedAt: string | null }>([
    { name: 'runs while a milestone is pending', activities: [approved()], progress: 'running', completedAt: null },
    {
      name: 'is completed when the last one is reached',
      activities: complete,
      progress: 'completed',
      completedAt: at('10:00'),
    },
    {
      name: 'runs again when another invoice is to be posted',
      activities: [...complete, invoice('invoice.seen', '12:00', 'I2')],
      progress: 'running',
      completedAt: null,
    },
    {
      name: 'is cancelled whatever was reached',
      activities: [
        ...complete,
        activity({ type: 'contract.cancelled', at: at('12:00'), objects: [named('contract', 'C')] }),
      ],
      progress: 'cancelled',
      completedAt: null,
    },
  ])('$name', ({ activities, progress, completedAt }) => {
    expect(projectAll(activities, [SHORT_WORKFLOW], TEST_CALENDARS).transactions).toMatchObject([
      { progress, completedAt },
    ]);
  });
});
