import { describe, expect, it } from '@jest/globals';
import type { Money } from '@throughline/canonical';
import fc from 'fast-check';
import { advanceLink, advanceObject } from './advance.js';
import { MOST_HAPPENED } from './happened.js';
import type { ObjectIdentity } from './identity.js';
import { type LinkState, type ResolvedLink, mergeLinks } from './links.js';
import { type ObjectState, type ObjectStatement, describeObject } from './object-facts.js';
import { at } from './testing/activity-builder.js';

const IDENTITY: ObjectIdentity = {
  objectId: 'o',
  type: 'sales-order',
  aliases: new Map([['o', { system: 'sap', kind: 'sales-order', scope: '', value: '4500' }]]),
  hasTooManyAliases: false,
};
const describeAll = (statements: readonly ObjectStatement[]) => describeObject(IDENTITY, statements, new Map());

const euros = (amount: string): Money => ({ amount, currency: 'EUR' });
const dollars = (amount: string): Money => ({ amount, currency: 'USD' });

type Spoken = { by?: string; place?: number; outcome?: ObjectStatement['outcome'] };

/** A statement about the object as the subject of an activity. */
const said = (
  time: string,
  stated: ObjectStatement['stated'] = {},
  { by = `m${time}`, place = 0, outcome = 'success' }: Spoken = {},
): ObjectStatement => ({
  activityId: by,
  activityType: 'sales-order.changed',
  outcome,
  position: place,
  occurredAt: at(time),
  isSubject: true,
  stated,
});
/** A statement in passing. */
const mentioned = (time: string, stated: ObjectStatement['stated'] = {}, spoken: Spoken = {}) => ({
  ...said(time, stated, spoken),
  isSubject: false,
});

describe('an object with statements that came since', () => {
  it.each<{ name: string; known: ObjectStatement[]; since: ObjectStatement[] }>([
    {
      name: 'a later statement of the subject',
      known: [said('09:00', { amount: euros('1'), legalEntity: 'DE01', attributes: { region: 'north' } })],
      since: [
        said('10:00', { amount: euros('2'), counterparty: 'Adler', attributes: { region: 'south', plant: '7' } }),
      ],
    },
    {
      name: 'an amount of the same figure in another currency',
      known: [said('09:00', { amount: euros('1') })],
      since: [said('10:00', { amount: dollars('1') })],
    },
    {
      name: 'a later reference without fields',
      known: [said('09:00', { amount: euros('1') })],
      since: [mentioned('10:00')],
    },
    {
      name: 'an earlier reference without fields',
      known: [said('09:00', { amount: euros('1') })],
      since: [mentioned('08:00')],
    },
    {
      name: 'a reference between that says what is known',
      known: [said('09:00', { amount: euros('1'), attributes: { region: 'north' } }), said('11:00')],
      since: [mentioned('10:00', { amount: euros('1'), attributes: { region: 'north' } })],
    },
    {
      name: 'the first statement of the subject after references, earlier than they',
      known: [mentioned('09:00', { amount: euros('1'), direction: 'inflow' })],
      since: [said('08:00', { amount: euros('2'), direction: 'outflow' })],
    },
    {
      name: 'a later reference while there are only references',
      known: [mentioned('09:00', { counterparty: 'Adler' })],
      since: [mentioned('10:00', { counterparty: 'Bussard' })],
    },
    {
      name: 'fields that nobody stated before, by a statement in the middle',
      known: [said('09:00', { amount: euros('1') }), said('11:00')],
      since: [said('10:00', { counterparty: 'Adler', direction: 'inflow', attributes: { plant: '7' } })],
    },
    {
      name: 'several at once, of which the last counts',
      known: [said('09:00', { amount: euros('1') })],
      since: [
        said('11:00', { amount: euros('3') }, { by: 'c' }),
        said('10:00', { amount: euros('2') }, { by: 'b' }),
        mentioned('12:00', {}, { by: 'd' }),
      ],
    },
    {
      name: 'two places of one activity that say different things, of which the first speaks',
      known: [said('09:00')],
      since: [said('10:00', { amount: euros('2') }, { place: 1 }), said('10:00', { amount: euros('1') })],
    },
    {
      name: 'what happened to it, in the order of time and not of arrival',
      known: [said('09:00', {}, { by: 'b' })],
      since: [said('08:00', {}, { by: 'a' }), said('09:00', {}, { by: 'c' }), mentioned('07:00', {}, { by: 'd' })],
    },
    {
      name: 'a failure, after which what happened has to be read',
      known: [said('09:00')],
      since: [said('10:00', {}, { by: 'z', outcome: 'failure' })],
    },
    {
      name: 'a success after a failed attempt that said something else',
      known: [said('09:00', { amount: euros('1') }, { outcome: 'failure' })],
      since: [said('10:00', { amount: euros('2') })],
    },
    {
      name: 'a failed attempt that says what is known',
      known: [said('09:00', { amount: euros('1') })],
      since: [said('10:00', { amount: euros('1') }, { outcome: 'failure' })],
    },
    {
      name: 'a failed reference before everything that says something else',
      known: [mentioned('09:00', { amount: euros('1') }, { outcome: 'failure' })],
      since: [mentioned('08:00', { amount: euros('2') }, { outcome: 'failure' })],
    },
    {
      name: 'more than is kept of what happened',
      known: [said('09:00')],
      since: Array.from({ length: MOST_HAPPENED }, (_, index) => said('10:00', {}, { by: `z${index}` })),
    },
    {
      name: 'attributes by the names of what every object of the language has',
      known: [said('09:00', { attributes: { region: 'north' } })],
      since: [mentioned('08:00', JSON.parse('{"attributes":{"constructor":"x","toString":"y","__proto__":"z"}}'))],
    },
  ])('is told without the others: $name', ({ known, since }) => {
    for (const order of [since, since.toReversed()])
      expect(advanceObject(describeAll(known), order)).toStrictEqual(describeAll([...known, ...since]));
  });

  it.each<{ name: string; known: ObjectStatement[]; since: ObjectStatement[] }>([
    { name: 'nothing', known: [said('09:00')], since: [] },
    {
      name: 'a reference without fields in between',
      known: [said('09:00'), said('11:00')],
      since: [mentioned('10:00')],
    },
    {
      name: 'the same again, later ones having said nothing',
      known: [said('09:00', { amount: euros('1.50'), legalEntity: 'DE01', attributes: { region: 'north' } })],
      since: [said('09:00', { amount: euros('1.50'), legalEntity: 'DE01', attributes: { region: 'north' } })],
    },
    {
      name: 'at its earliest time something weaker',
      known: [said('09:00', { amount: euros('1') }), mentioned('08:00', { legalEntity: 'DE01' })],
      since: [mentioned('08:00', { legalEntity: 'DE01' }, { by: 'z' })],
    },
  ])('is the very same by $name', ({ known, since }) => {
    const state = describeAll(known);
    expect(advanceObject(state, since)).toBe(state);
  });

  it.each<{ name: string; known: ObjectStatement[]; since: ObjectStatement[] }>([
    {
      name: 'an earlier statement of the subject says something else',
      known: [said('09:00', { amount: euros('1') })],
      since: [said('08:00', { amount: euros('2') })],
    },
    {
      name: 'one of the same time says something else',
      known: [said('09:00', { amount: euros('1') })],
      since: [said('09:00', { amount: euros('2') }, { by: 'z' })],
    },
    {
      name: 'a later one speaks before one that may have said nothing of it',
      known: [said('09:00', { amount: euros('1') }), mentioned('11:00')],
      since: [said('10:00', { amount: euros('2') })],
    },
    {
      name: 'it was stated of the subject or in passing, which the state does not show',
      known: [said('08:00'), mentioned('09:00', { amount: euros('1') })],
      since: [mentioned('10:00', { amount: euros('2') })],
    },
    {
      name: 'a failed attempt says something else, later than everything',
      known: [said('09:00', { amount: euros('1') })],
      since: [said('10:00', { amount: euros('2') }, { outcome: 'failure' })],
    },
    {
      name: 'a reference says something else, earlier than all that may have failed',
      known: [mentioned('09:00', { amount: euros('1') }, { outcome: 'failure' })],
      since: [mentioned('08:00', { amount: euros('2') })],
    },
    {
      name: 'a success in passing is the latest where a failed attempt had the object as its subject',
      known: [said('09:00', { amount: euros('1') }, { outcome: 'failure' })],
      since: [mentioned('10:00', { amount: euros('2') })],
    },
    {
      name: 'only an attribute is out of order',
      known: [said('09:00', { attributes: { region: 'north' } })],
      since: [said('08:00', { amount: euros('1'), attributes: { region: 'south' } })],
    },
    {
      name: 'the figure is the same and its text is not',
      known: [said('09:00', { amount: euros('1.5') })],
      since: [said('09:00', { amount: euros('1.50') }, { by: 'z' })],
    },
  ])('cannot be told without the others when $name', ({ known, since }) => {
    expect(advanceObject(describeAll(known), since)).toBeNull();
  });

  it('has the key that it is given', () => {
    const state = describeAll([said('09:00')]);
    expect(advanceObject(state, [mentioned('09:00')], 'SO-1')).toStrictEqual({ ...state, key: 'SO-1' });
    expect(advanceObject(state, [mentioned('09:00')], state.key)).toBe(state);
  });
});

const CLOCK = ['08:00', '09:00', '10:00', '11:00'] as const;
const anyRecord = fc.constantFrom(undefined, at('12:00'), at('13:00'));
const anyMoney = fc.constantFrom<Money>(euros('1'), euros('1.0'), euros('2'), dollars('1'));
const anyPlace = fc.record({
  isSubject: fc.boolean(),
  stated: fc.record(
    {
      legalEntity: fc.constantFrom('DE01', 'US01'),
      counterparty: fc.constantFrom('Adler', 'Bussard'),
      amount: anyMoney,
      direction: fc.constantFrom('inflow' as const, 'outflow' as const),
      attributes: fc.dictionary(
        fc.constantFrom('region', 'plant', 'constructor', '__proto__'),
        fc.constantFrom('a', 'b'),
      ),
    },
    { requiredKeys: [] },
  ),
});

/** What a few activities state, handed on in batches of any order; some are handed on twice. */
function batchesOf<Stated, Statement>(
  anyStated: fc.Arbitrary<Stated>,
  statementOf: (activityId: string, time: string, position: number, stated: Stated, recordedAt?: string) => Statement,
): fc.Arbitrary<[Statement[], ...Statement[][]]> {
  const anyActivity = fc.record({
    activityId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    time: fc.constantFrom(...CLOCK),
    recordedAt: anyRecord,
    places: fc.array(anyStated, { minLength: 1, maxLength: 2 }),
    batches: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 2 }),
  });
  return fc
    .uniqueArray(anyActivity, { minLength: 1, maxLength: 6, selector: ({ activityId }) => activityId })
    .map((activities) => {
      const inBatch = (batch: number) =>
        activities
          .filter(({ batches }) => batches.includes(batch))
          .flatMap(({ activityId, time, places, recordedAt }) =>
            places.map((stated, position) => statementOf(activityId, time, position, stated, recordedAt)),
          );
      const [first, ...others] = [0, 1, 2, 3].map(inBatch).filter((batch) => batch.length > 0);
      return [first ?? [], ...others];
    });
}

/** Advances batch by batch, and reads all where that cannot be told; answers how often it could. */
function fold<State, Statement>(
  [first, ...others]: readonly [Statement[], ...Statement[][]],
  describeWhole: (statements: Statement[]) => State,
  advance: (known: State, statements: Statement[]) => State | null,
): number {
  let told = 0;
  let read = first;
  let state = describeWhole(read);
  for (const batch of others) {
    read = [...read, ...batch];
    const whole = describeWhole(read);
    const advanced = advance(state, batch);
    if (advanced !== null) {
      told += 1;
      expect(advanced).toStrictEqual(whole);
      // A state made anew without need would be written anew.
      if (JSON.stringify(advanced) === JSON.stringify(state)) expect(advanced).toBe(state);
    }
    state = advanced ?? whole;
  }
  return told;
}

describe('an object advanced batch by batch', () => {
  it('is what all statements together make of it', () => {
    const batches = batchesOf(anyPlace, (activityId, time, position, place, recordedAt): ObjectStatement => {
      const outcome = activityId === 'f' ? 'failure' : 'success';
      const origin = { activityId, activityType: `type-${activityId}`, occurredAt: at(time), recordedAt };
      return { ...origin, outcome, position, ...place };
    });
    let told = 0;
    fc.assert(
      fc.property(batches, (some) => {
        told += fold<ObjectState, ObjectStatement>(some, describeAll, advanceObject);
      }),
      { numRuns: 2_000 },
    );
    expect(told).toBeGreaterThan(500);
  });
});

const typeOf = () => 'invoice' as const;
type Tie = Partial<Pick<ResolvedLink, 'activityId' | 'ordinal' | 'amount' | 'outcome'>>;
const tied = (
  time: string,
  { activityId = 'm', ordinal = 0, amount = null, outcome = 'success' }: Tie = {},
): ResolvedLink => ({
  activityId,
  ordinal,
  amount,
  outcome,
  occurredAt: at(time),
  fromObjectId: 'f',
  toObjectId: 't',
  qualifier: 'bills',
});
function mergeAll(statements: readonly ResolvedLink[]): LinkState {
  const [link] = mergeLinks(statements, typeOf);
  if (link === undefined) throw new RangeError('no link was stated');
  return link;
}

describe('a link with statements that came since', () => {
  it.each<{ name: string; known: ResolvedLink[]; since: ResolvedLink[] }>([
    {
      name: 'an earlier one',
      known: [tied('09:00', { amount: euros('1') })],
      since: [tied('08:00', { activityId: 'z' })],
    },
    {
      name: 'an earlier one of the same amount',
      known: [tied('09:00', { amount: euros('1') })],
      since: [tied('08:00', { amount: euros('1') })],
    },
    { name: 'the first amount, later', known: [tied('09:00')], since: [tied('10:00', { amount: euros('1') })] },
    { name: 'the first amount, earlier', known: [tied('09:00')], since: [tied('08:00', { amount: euros('1') })] },
    {
      name: 'several amounts, none being known',
      known: [tied('09:00')],
      since: [tied('11:00', { amount: euros('3') }), tied('10:00', { amount: euros('2') }), tied('12:00')],
    },
    {
      name: 'two amounts of one activity, of which the last counts',
      known: [tied('09:00')],
      since: [tied('10:00', { ordinal: 1, amount: dollars('1') }), tied('10:00', { ordinal: 0, amount: euros('1') })],
    },
    {
      name: 'one of the same time by a lower activity',
      known: [tied('09:00')],
      since: [tied('09:00', { activityId: 'a' })],
    },
    {
      name: 'a success after an attempt that failed and said something else',
      known: [tied('09:00', { amount: euros('1'), outcome: 'failure' })],
      since: [tied('10:00', { amount: euros('2') })],
    },
    {
      name: 'a success without amount after an attempt that failed and said one',
      known: [tied('09:00', { amount: euros('1'), outcome: 'failure' })],
      since: [tied('10:00')],
    },
    {
      name: 'a failed attempt before the success, which says something else',
      known: [tied('09:00', { amount: euros('1') })],
      since: [tied('08:00', { amount: euros('2'), outcome: 'failure' })],
    },
    {
      name: 'a success before the one that was known, after an attempt that failed',
      known: [tied('08:00', { outcome: 'failure' }), tied('11:00', { amount: euros('1') })],
      since: [tied('10:00')],
    },
    {
      name: 'the first amount of attempts that all failed',
      known: [tied('09:00', { outcome: 'failure' })],
      since: [tied('10:00', { amount: euros('1'), outcome: 'failure' })],
    },
  ])('is told without the others: $name', ({ known, since }) => {
    for (const order of [since, since.toReversed()]) {
      const advanced = advanceLink(mergeAll(known), order);
      expect(advanced).toStrictEqual(mergeAll([...known, ...since]));
    }
  });

  it.each<{ name: string; since: ResolvedLink[] }>([
    { name: 'nothing', since: [] },
    { name: 'a later one without amount', since: [tied('10:00')] },
    { name: 'a later one of the same amount', since: [tied('10:00', { amount: euros('1') })] },
    { name: 'one of the same time by a higher activity', since: [tied('09:00', { activityId: 'z' })] },
    { name: 'the same again', since: [tied('09:00', { amount: euros('1') })] },
    {
      name: 'a later attempt that failed and said another amount',
      since: [tied('10:00', { amount: euros('2'), outcome: 'failure' })],
    },
  ])('is the very same by $name', ({ since }) => {
    const state = mergeAll([tied('09:00', { amount: euros('1') })]);
    expect(advanceLink(state, since)).toBe(state);
  });

  it.each<{ name: string; amount: Money }>([
    { name: 'amount', amount: euros('2') },
    { name: 'currency', amount: dollars('1') },
    { name: 'text of the figure', amount: euros('1.0') },
  ])('cannot be told without the others by another $name, whether earlier or later', ({ amount }) => {
    const state = mergeAll([tied('09:00', { amount: euros('1') })]);
    for (const time of ['08:00', '09:00', '10:00']) expect(advanceLink(state, [tied(time, { amount })])).toBeNull();
    const attempted = mergeAll([tied('09:00', { amount: euros('1'), outcome: 'failure' })]);
    expect(advanceLink(attempted, [tied('10:00', { amount, outcome: 'failure' })])).toBeNull();
  });

  it('is, batch by batch, what all statements together make of it', () => {
    const batches = batchesOf(fc.option(anyMoney), (activityId, time, ordinal, amount, recordedAt) => ({
      ...tied(time, { activityId, ordinal, amount, outcome: 'ef'.includes(activityId) ? 'failure' : 'success' }),
      recordedAt,
    }));
    let told = 0;
    fc.assert(
      fc.property(batches, (some) => {
        told += fold<LinkState, ResolvedLink>(some, mergeAll, advanceLink);
      }),
      { numRuns: 1_000 },
    );
    expect(told).toBeGreaterThan(300);
  });
});
