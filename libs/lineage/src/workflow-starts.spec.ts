import { describe, expect, it } from '@jest/globals';
import type { Activity } from '@throughline/canonical';
import { calendarsOf } from './calendar-of.js';
import { describeCardinality, describeMilestoneDue } from './describe-rule.js';
import { loadWorkflows } from './workflow-folder.js';
import { projectAll } from './projection.js';
import { activity, at, named, reference } from './testing/activity-builder.js';
import { CONTEXT_WORKFLOW, FULL_WORKFLOW, HUB_WORKFLOW } from './testing/full-workflow.js';
import { SHORT_WORKFLOW } from './testing/short-workflow.js';

const WORKFLOWS = [SHORT_WORKFLOW, FULL_WORKFLOW, HUB_WORKFLOW, CONTEXT_WORKFLOW];
const CALENDARS = calendarsOf([{ code: 'DE01', calendar: 'TARGET', timeZone: 'Europe/Berlin' }]);

function project(activities: readonly Activity[], workflows = WORKFLOWS) {
  const projection = projectAll(activities, workflows, CALENDARS);
  expect(projectAll([...activities].reverse(), workflows, CALENDARS)).toEqual(projection);
  return projection;
}

const started = (activities: readonly Activity[], workflows = WORKFLOWS) =>
  project(activities, workflows)
    .transactions.map(({ workflow }) => workflow)
    .sort();

const contract = (type: string) => activity({ type, at: at('08:00'), objects: [named('contract', 'C')] });
const below = (type: 'subscription' | 'billing-schedule') =>
  activity({
    type: `${type}.created`,
    at: at('09:00'),
    objects: [named(type, 'S1'), reference('contract', 'C')],
    links: [[1, 0]],
  });

describe('an anchor', () => {
  it.each<{ name: string; activities: Activity[]; expected: string[] }>([
    {
      name: 'starts every workflow that says nothing else',
      activities: [contract('contract.approved')],
      expected: ['full', 'short'],
    },
    {
      name: 'does not start one unless an object is not downstream of it',
      activities: [contract('contract.approved'), below('subscription')],
      expected: ['short'],
    },
    {
      name: 'does not start one unless something did not happen to it',
      activities: [contract('contract.approved'), contract('contract.moved')],
      expected: ['short'],
    },
    {
      name: 'starts another only when given',
      activities: [activity({ type: 'customer.changed', at: at('08:00'), objects: [named('customer', 'K')] })],
      expected: [],
    },
  ])('$name', ({ activities, expected }) => expect(started(activities)).toEqual(expected));

  it('of two shipped workflows starts one', () => {
    const workflows = loadWorkflows();
    expect(started([contract('contract.approved')], workflows)).toEqual(['order-to-cash']);
    expect(started([contract('contract.approved'), below('billing-schedule')], workflows)).toEqual([
      'global-order-to-cash',
      'subscription-billing',
    ]);
    expect(started([contract('contract.approved'), below('subscription')], workflows)).toEqual([]);
  });
});

describe('a transaction of a hub', () => {
  const position = (type: string, time: string, more: Parameters<typeof named>[0][] = []) =>
    activity({
      type,
      at: at(time),
      objects: [
        { ...named('cash-position', 'P'), legalEntity: 'DE01', amount: { amount: '5.00', currency: 'USD' } },
        ...more.map((type) => reference(type, 'S1')),
      ],
      links: more.map((type, index) => (type === 'bank-entry' ? [index + 1, 0] : [0, index + 1])),
    });
  const story = [
    position('cash-position.opened', '08:00', ['bank-entry', 'cash-forecast']),
    position('cash-position.updated', '09:00'),
    activity({ type: 'cash-forecast.updated', at: at('10:00'), objects: [named('cash-forecast', 'S1')] }),
  ];

  it('has the hub itself as its member, is linked to further hubs, and to nothing that it gathers', () => {
    const { transactions, transactionObjects, objects } = project(story);
    const typeOf = (id: string) => objects.find(({ objectId }) => objectId === id)?.type;
    expect(transactions).toMatchObject([{ workflow: 'hub', progress: 'completed', amount: { amount: '5.00' } }]);
    expect(transactionObjects.map(({ objectId, isHub }) => [typeOf(objectId), isHub]).sort()).toEqual([
      ['cash-forecast', true],
      ['cash-position', false],
    ]);
  });

  it('is due on the days on which the currency is paid, in the time zone of the entity', () => {
    // Friday 9 October to Tuesday the 13th: Columbus Day closes the dollar, not the euro. Berlin is two hours ahead.
    const friday = story.map((one) => ({ ...one, occurredAt: one.occurredAt.replace('10-01', '10-09') }));
    expect(project(friday).milestones.find(({ name }) => name === 'forecast')?.dueAt).toBe('2026-10-13T07:00:00.000Z');
  });

  it('skips what was not done before a later step', () => {
    const { milestones } = project(story);
    expect(milestones.map(({ name, reachedAt }) => [name, reachedAt?.slice(11, 16) ?? null]).sort()).toEqual([
      ['confirmed', null],
      ['forecast', '10:00'],
      ['opened', '08:00'],
    ]);
  });

  it('is cancelled by an activity of the hub', () => {
    expect(project([...story, position('cash-position.dropped', '11:00')]).transactions[0]?.progress).toBe('cancelled');
  });
});

describe('a transaction that begins anew', () => {
  const customer = (type: string, time: string) => activity({ type, at: at(time), objects: [named('customer', 'K')] });
  const first = [customer('customer.change-requested', '08:00'), customer('customer.changed', '09:00')];
  const states = (activities: readonly Activity[]) => {
    const { transactions, milestones } = project(activities);
    return [transactions[0]?.progress, transactions[0]?.startedAt, ...milestones.map(({ reachedAt }) => reachedAt)];
  };

  it.each<{ name: string; activities: Activity[]; expected: unknown[] }>([
    { name: 'is completed once', activities: first, expected: ['completed', at('08:00'), at('09:00'), at('08:00')] },
    {
      name: 'runs again, and what happened before does not count',
      activities: [...first, customer('customer.change-requested', '10:00')],
      expected: ['running', at('10:00'), null, at('10:00')],
    },
    {
      name: 'is no longer cancelled',
      activities: [
        customer('customer.change-withdrawn', '09:30'),
        ...first,
        customer('customer.change-requested', '10:00'),
        customer('customer.changed', '11:00'),
      ],
      expected: ['completed', at('10:00'), at('11:00'), at('10:00')],
    },
  ])('$name', ({ activities, expected }) => expect(states(activities)).toEqual(expected));
});

it('rules are said in words, with titles instead of names', () => {
  const words = FULL_WORKFLOW.milestones.map((rule) => [
    describeMilestoneDue(rule, FULL_WORKFLOW),
    describeCardinality(rule),
  ]);
  expect(words).toEqual([
    [null, null],
    ['1 h after Approved', null],
    [null, null],
    ['by deliveryDate of the delivery', null],
    ['by 18:00 local time of the day of Issued', 'at most one invoice for each delivery'],
    [null, null],
    ['by dueDate of the invoice', null],
    ['by business day 1 of close', null],
  ]);
});
