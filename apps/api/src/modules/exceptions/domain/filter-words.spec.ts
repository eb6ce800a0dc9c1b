import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { filterSentence, filterWords, idsOf } from './filter-words.js';

const ANNA = '8c0f3c44-8d1c-4a1e-9d55-0c6a5a3f1b11';

describe('a filter in words', () => {
  it.each([
    ['states', { states: ['OPEN', 'IN_PROGRESS'] }, ['States: open, in progress']],
    ['a list of names', { legalEntities: ['DE01', 'US01'] }, ['Legal entities: DE01, US01']],
    ['an empty list, which lets nothing through', { queues: [] }, ['Queues: none at all']],
    ['a person', { ownerId: ANNA }, ['Owner: Anna Lindqvist']],
    ['somebody who is not known', { groupId: ANNA.replace('8', '9') }, [`Group: ${ANNA.replace('8', '9')}`]],
    ['yes and no', { unassigned: true, snoozed: false }, ['Unassigned: yes', 'Snoozed: no']],
    ['an amount, exactly', { amountFrom: '100000.00' }, ['Amount in EUR from: 100000.00']],
    ['a number', { daysPastDueFrom: -3 }, ['Days past due from: -3']],
    ['what is not said', { text: null, objectId: undefined }, []],
    [
      'a code that only looks like an enum',
      { text: 'O-1_A', counterparties: ['ACME'] },
      ['Text: O-1_A', 'Counterparties: ACME'],
    ],
    ['a member of a later version', { colourOfMoney: { from: 'A' } }, ['Colour of money: from A']],
  ])('tells %s', (_name, filter, words) => {
    const told = filterWords(filter, new Map([[ANNA, 'Anna Lindqvist']]));
    expect(told.map(({ what, values }) => `${what}: ${values}`)).toEqual(words);
  });

  it('leaves nothing out that narrows', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue()), (filter) => {
        const said = Object.values(filter).filter((value) => value !== null);
        expect(filterWords(filter, new Map())).toHaveLength(said.length);
      }),
    );
  });

  it('finds the ids to be named, once each and however deep', () => {
    expect(idsOf({ ownerId: ANNA, any: [{ groupId: ANNA }], text: 'O-1' })).toEqual([ANNA]);
  });
});

describe('a filter in one sentence', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['nothing', {}, 'all exceptions'],
    ['what is left out', { states: null, text: undefined, unassigned: false }, 'all exceptions'],
    ['states', { states: ['OPEN', 'PENDING_APPROVAL'] }, 'states open or pending approval'],
    ['marks', { isStatutory: true, isRecurring: false, isEscalated: true }, 'statutory; not recurring; escalated'],
    ['queues and nobody', { unassigned: true, queues: ['tax'] }, 'queues tax; unassigned'],
    ['entities', { legalEntities: ['DE01'] }, 'legal entities DE01'],
    ['a list without anything', { queues: [] }, 'queues none at all'],
    ['an owner', { ownerId: ANNA }, 'owner Anna Lindqvist'],
    ['snoozed or not', { snoozed: false }, 'not snoozed'],
    ['a text', { text: 'ORDER' }, 'text ORDER'],
    [
      'parts that come later',
      { postingPeriod: '2026-09', ageDays: { from: 3, to: null }, openedBefore: new Date('2026-09-30T08:00:00Z') },
      'posting period 2026-09; age days from 3; opened before 2026-09-30T08:00:00.000Z',
    ],
  ])('tells %s', (_name, filter, words) => {
    expect(filterSentence(filter, new Map([[ANNA, 'Anna Lindqvist']]))).toBe(words);
  });
});
