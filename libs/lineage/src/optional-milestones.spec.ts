import { describe, expect, it } from '@jest/globals';
import { type Activity, NIL_UUID } from '@throughline/canonical';
import { isSkipped } from './milestones.js';
import { projectAll } from './projection.js';
import { activity, at, named, reference } from './testing/activity-builder.js';
import { FULL_WORKFLOW } from './testing/full-workflow.js';
import { TEST_CALENDARS } from './testing/short-workflow.js';

const contract = (type: string, time: string) => activity({ type, at: at(time), objects: [named('contract', 'C')] });
const approved = contract('contract.approved', '08:00');
const order = activity({
  type: 'sales-order.accepted',
  at: at('09:00'),
  objects: [named('sales-order', 'O'), reference('contract', 'C')],
  links: [[1, 0]],
});
const delivery = (type: string, time: string, deliveryDate?: string, number = 'D') =>
  activity({
    type,
    at: at(time),
    objects: [
      { ...named('delivery', number), ...(deliveryDate !== undefined && { attributes: { deliveryDate } }) },
      reference('sales-order', 'O'),
    ],
    links: [[1, 0]],
  });
const invoice = (
  time: string,
  number = 'I',
  attributes: Record<string, string> = {},
  upstream = reference('delivery', 'D'),
) =>
  activity({
    type: 'invoice.posted',
    at: at(time),
    objects: [{ ...named('invoice', number), attributes }, upstream, reference('sales-order', 'O')],
    links: [
      [1, 0],
      [2, 0],
    ],
  });
const payment = (type: string, time: string, number = 'I') =>
  activity({
    type,
    at: at(time),
    objects: [named('payment', 'P'), reference('invoice', number)],
    links: [[1, 0]],
  });
const forecast = (time: string) =>
  activity({
    type: 'cash-forecast.updated',
    at: at(time),
    objects: [named('cash-forecast', 'F'), reference('invoice', 'I')],
    links: [[1, 0]],
  });

/** Milestones of the one transaction: "name key" → time reached, "skipped" or null, and where it has one the due time. */
function told(activities: readonly Activity[]) {
  const projection = projectAll(activities, [FULL_WORKFLOW], TEST_CALENDARS);
  expect(projectAll([...activities].reverse(), [FULL_WORKFLOW], TEST_CALENDARS)).toEqual(projection);
  const keys = new Map(projection.objects.map((object) => [object.objectId, ` ${object.key}`]));
  const milestones = projection.milestones.map((milestone) => {
    const name = `${milestone.name}${milestone.objectId === NIL_UUID ? '' : (keys.get(milestone.objectId) ?? '')}`;
    const state = isSkipped(milestone) ? 'skipped' : (milestone.reachedAt?.slice(11, 16) ?? null);
    return [name, milestone.dueAt === null ? state : [state, milestone.dueAt]] as const;
  });
  return {
    progress: projection.transactions[0]?.progress,
    milestones: Object.fromEntries(milestones),
    findings: projection.findings.map(({ kind }) => kind),
  };
}

describe('milestones that are not required', () => {
  it('are not there as long as nothing of theirs is known', () => {
    expect(told([approved, order])).toEqual({
      progress: 'running',
      milestones: { approved: '08:00', 'accepted O': '09:00', posted: null, paid: null },
      findings: [],
    });
  });

  it.each<{ name: string; activities: Activity[]; expected: Record<string, unknown> }>([
    {
      name: 'are there and due once what they are given is known',
      activities: [approved, contract('contract.check-requested', '08:01')],
      expected: { checked: [null, at('09:00')] },
    },
    {
      name: 'are there once they are reached, whatever is given',
      activities: [approved, contract('contract.checked', '08:30')],
      expected: { checked: ['08:30', at('09:00')] },
    },
    {
      name: 'are skipped and no longer due once a later one is reached',
      activities: [approved, contract('contract.check-requested', '08:01'), order],
      expected: { checked: 'skipped', 'accepted O': '09:00' },
    },
    {
      name: 'are reached after all, late or not',
      activities: [
        approved,
        contract('contract.check-requested', '08:01'),
        order,
        contract('contract.checked', '11:00'),
      ],
      expected: { checked: ['11:00', at('09:00')] },
    },
    {
      name: 'are not skipped by what lies beside them',
      activities: [
        approved,
        order,
        delivery('delivery.planned', '09:30'),
        delivery('delivery.planned', '09:31', undefined, 'E'),
        invoice('10:00', 'I', {}, reference('delivery', 'E')),
      ],
      expected: { 'issued D': null, 'issued E': 'skipped', 'posted I': '10:00' },
    },
    {
      name: 'are there with their object, an expectation by the date that it states',
      activities: [approved, order, delivery('delivery.planned', '09:30', '2026-10-05')],
      expected: { 'issued D': [null, '2026-10-06T00:00:00.000Z'] },
    },
    {
      name: 'are there once a hub of theirs is linked',
      activities: [approved, order, invoice('10:00'), forecast('10:05')],
      expected: { 'projected I': '10:05' },
    },
  ])('$name', ({ activities, expected }) => expect(told(activities).milestones).toMatchObject(expected));

  it('never keep a transaction from completing', () => {
    const story = [
      approved,
      order,
      delivery('delivery.planned', '09:30'),
      invoice('10:00'),
      payment('payment.received', '11:00'),
    ];
    expect(told(story)).toMatchObject({ progress: 'completed', milestones: { 'issued D': 'skipped' } });
  });

  it('may be conditional and required: then they do', () => {
    const story = [
      approved,
      contract('contract.checked', '08:10'),
      order,
      invoice('10:00'),
      payment('payment.received', '11:00'),
    ];
    expect(told(story)).toMatchObject({ progress: 'running', milestones: { 'told P': [null, expect.anything()] } });
    expect(told([...story, payment('payment.synchronised', '11:10')]).progress).toBe('completed');
  });

  it('are reached by what happened to context, at the object that the activity names as its subject too', () => {
    const evidence = activity({
      type: 'control-evidence.captured',
      at: at('08:20'),
      objects: [named('control-evidence', 'V'), named('contract', 'C')],
    });
    expect(told([approved, evidence]).milestones).toMatchObject({ checked: ['08:20', at('09:00')] });
  });
});

describe('due times', () => {
  const story = [approved, order, delivery('delivery.posted', '16:00')];
  it.each<{ name: string; activities: Activity[]; expected: Record<string, unknown> }>([
    {
      name: 'do not bind where the milestone that starts the clock is no step',
      activities: [approved, order, invoice('10:00', 'I', {}, reference('sales-order', 'O'))],
      expected: { 'posted I': '10:00' },
    },
    {
      name: 'count for what is still to come from the first that waits for it',
      activities: story,
      expected: { posted: [null, at('18:00')] },
    },
    {
      name: 'count from what lies upstream',
      activities: [...story, invoice('19:00')],
      expected: { 'posted I': ['19:00', at('18:00')] },
    },
    {
      name: 'are the dates that a document upstream states',
      activities: [...story, invoice('19:00', 'I', { dueDate: '2026-10-31' }), payment('payment.received', '20:00')],
      expected: { 'paid P': ['20:00', '2026-11-01T00:00:00.000Z'] },
    },
    {
      name: 'are none where the date is no date',
      activities: [...story, invoice('19:00', 'I', { dueDate: 'soon' }), payment('payment.received', '20:00')],
      expected: { 'paid P': '20:00' },
    },
    {
      name: 'are days of close after the stated period',
      activities: [
        ...story,
        contract('contract.checked', '08:10'),
        invoice('19:00', 'I', { period: '2026-11' }),
        payment('payment.received', '20:00'),
      ],
      expected: { 'told P': [null, '2026-12-02T00:00:00.000Z'] },
    },
    {
      name: 'bind only where what they are given is known',
      activities: [
        approved,
        contract('contract.checked', '08:10'),
        { ...order, type: 'sales-order.seen' },
        ...story.slice(2),
        invoice('19:00'),
        payment('payment.received', '20:00'),
      ],
      expected: { 'told P': null },
    },
  ])('$name', ({ activities, expected }) => expect(told(activities).milestones).toMatchObject(expected));
});

it('more objects than expected for one upstream of them are a finding', () => {
  const story = [approved, order, delivery('delivery.posted', '09:30'), invoice('10:00')];
  expect(told(story).findings).toEqual([]);
  expect(told([...story, invoice('10:10', 'I2', {}, reference('delivery', 'E'))]).findings).toEqual([]);
  expect(told([...story, invoice('10:10', 'I2')]).findings).toEqual(['more-than-expected']);
});
