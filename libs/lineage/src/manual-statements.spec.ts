import { describe, expect, it } from '@jest/globals';
import { HUB_TYPES, type Activity, type ObjectType } from '@throughline/canonical';
import fc from 'fast-check';
import {
  type StatementEvent,
  canBeJoined,
  countingEvents,
  flowBetween,
  statementId,
  withoutEffect,
} from './manual-statements.js';
import { projectAll } from './projection.js';
import { activity, at, named, reference } from './testing/activity-builder.js';
import { SHORT_WORKFLOW, TEST_CALENDARS } from './testing/short-workflow.js';

const [A, B] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];

describe('a flow between two types', () => {
  it.each<[ObjectType, ObjectType, string]>([
    ['payment', 'invoice', 'invoice settles payment'],
    ['invoice', 'payment', 'invoice settles payment'],
    ['payment', 'sales-order', 'sales-order prepays payment'],
    ['invoice', 'sales-order', 'sales-order bills invoice'],
    ['credit-memo', 'invoice', 'invoice credits credit-memo'],
    ['bank-entry', 'payment', 'payment books bank-entry'],
    ['purchase-order', 'supplier-invoice', 'purchase-order bills supplier-invoice'],
  ])('leads between %s and %s by business role: %s', (one, other, expected) => {
    const rule = flowBetween(one, other);
    expect(`${rule?.from} ${rule?.qualifier} ${rule?.to}`).toBe(expected);
  });

  it.each<[ObjectType, ObjectType]>([
    ['payment', 'customer'],
    ['payment', 'payment'],
    ['bank-entry', 'bank-statement'],
    ['contract', 'bank-entry'],
  ])('does not lead between %s and %s', (one, other) => expect(flowBetween(one, other)).toBeNull());
});

describe('two objects that may turn out to be one', () => {
  it.each<[ObjectType, boolean]>([
    ['customer', true],
    ['supplier', true],
    ['invoice', true],
    ['run', false],
    ['signal', false],
    ...[...HUB_TYPES].map((type): [ObjectType, boolean] => [type as ObjectType, false]),
  ])('%s: %s', (type, isAllowed) => expect(canBeJoined(type)).toBe(isAllowed));
});

describe('the identity of a statement', () => {
  it('is that of what is stated: a link has a direction, a join has none', () => {
    expect(statementId({ act: 'identity', aliasIds: [A, B] })).toBe(statementId({ act: 'identity', aliasIds: [B, A] }));
    const link = { act: 'link', fromAliasId: A, toAliasId: B, qualifier: 'settles' } as const;
    expect(statementId({ ...link, fromAliasId: B, toAliasId: A })).not.toBe(statementId(link));
    expect(statementId({ ...link, qualifier: 'prepays' })).not.toBe(statementId(link));
    expect(statementId({ act: 'identity', aliasIds: [A, B] })).not.toBe(statementId(link));
  });
});

/** Statements of one link and of one join, made and withdrawn at times that may be equal. */
const someEvents = fc.uniqueArray(
  fc.record({
    statementId: fc.constantFrom('link', 'join'),
    signalId: fc.uuid(),
    statedAt: fc.nat(5).map((minute) => at(`10:0${minute}`)),
    isWithdrawal: fc.boolean(),
    amount: fc.constantFrom('10.00', '20.00'),
  }),
  { selector: (event) => event.signalId, maxLength: 8 },
);
type Event = StatementEvent & { amount: string };

/** What the pipeline makes of the events: that which counts as it is, all others as history. */
function activitiesOf(events: readonly Event[]): Activity[] {
  const counting = countingEvents(events);
  return events.map((event) => {
    const isLink = event.statementId === 'link';
    const { statedAt, amount, signalId } = event;
    const person = named('person', 'throughline/user-id/anna');
    const stated = activity({
      type: isLink ? 'person.stated-link' : 'person.stated-identity',
      at: statedAt,
      run: signalId,
      objects: isLink
        ? [person, reference('invoice', 'I1'), reference('payment', 'P1')]
        : [person, reference('payment', 'P1', 'bank/id/P-1')],
      links: isLink ? [[1, 2]] : [],
      amounts: [{ amount, currency: 'EUR' }],
    });
    const counts = counting.get(event.statementId)?.signalId === signalId;
    return counts && !event.isWithdrawal ? stated : withoutEffect(stated);
  });
}

const project = (events: readonly Event[]) => projectAll(activitiesOf(events), [SHORT_WORKFLOW], TEST_CALENDARS);

describe('statements of people', () => {
  it('give the same lineage in any order and however often they are told', () => {
    const disordered = someEvents.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 })),
    );
    fc.assert(
      fc.property(disordered, ([events, disorder]) => expect(project(disorder)).toEqual(project(events))),
      { numRuns: 300 },
    );
  });

  it('count as they were said last', () => {
    fc.assert(
      fc.property(someEvents, (events) => {
        const last = [...events]
          .sort((x, y) => (`${x.statedAt} ${x.signalId}` < `${y.statedAt} ${y.signalId}` ? -1 : 1))
          .filter((event) => event.statementId === 'link')
          .at(-1);
        expect(project(events).links.map((link) => link.amount?.amount)).toEqual(
          last === undefined || last.isWithdrawal ? [] : [last.amount],
        );
      }),
      { numRuns: 300 },
    );
  });

  const event = (signalId: string, time: string, isWithdrawal = false, id = 'join'): Event => ({
    statementId: id,
    signalId,
    statedAt: at(time),
    isWithdrawal,
    amount: '10.00',
  });

  it.each([
    ['stated', [event('1', '10:00')], 1],
    ['stated and withdrawn', [event('1', '10:00'), event('2', '10:01', true)], 2],
    ['withdrawn before it was stated again', [event('1', '10:00', true), event('2', '10:01')], 1],
    ['withdrawn in the same instant', [event('1', '10:00'), event('2', '10:00', true)], 2],
  ])('make one object or two: %s', (_name, events, payments) => {
    expect(project(events).objects.filter(({ type }) => type === 'payment')).toHaveLength(payments);
  });

  it('leave objects that are known by reference only as placeholders, and stay visible at them', () => {
    const withdrawn = project([event('1', '10:00', false, 'link'), event('2', '10:01', true, 'link')]);
    expect(withdrawn.links).toEqual([]);
    expect(withdrawn.objects.filter(({ type }) => type === 'invoice')).toMatchObject([
      { isPlaceholder: true, lastOccurredAt: at('10:01') },
    ]);
  });
});
