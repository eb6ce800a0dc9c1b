import { expect, it } from '@jest/globals';
import { filterWords, namedIds } from './filter-words.js';

const NAMES = new Map([['00000000-0000-4000-8000-00000000000a', 'Anna Analyst']]);

it.each<[string, Record<string, unknown>, string]>([
  ['nothing', {}, 'all exceptions'],
  ['what is left out', { states: null, text: undefined, unassigned: false }, 'all exceptions'],
  ['states', { states: ['OPEN', 'PENDING_APPROVAL'] }, 'state open or pending approval'],
  ['queues and nobody', { unassigned: true, queues: ['tax'] }, 'queue tax; unassigned'],
  ['entities', { legalEntities: ['DE01'] }, 'legal entity DE01'],
  ['a list without anything', { queues: [] }, 'queue none'],
  ['an owner', { ownerId: '00000000-0000-4000-8000-00000000000a' }, 'owner Anna Analyst'],
  ['snoozed or not', { snoozed: false }, 'not snoozed'],
  ['a text', { text: 'SO-1' }, 'text SO-1'],
  [
    'parts that come later',
    { postingPeriod: '2026-09', ageDays: { from: 3, to: null }, openedBefore: new Date('2026-09-30T08:00:00Z') },
    'posting period 2026-09; age day from 3; opened before 2026-09-30T08:00:00.000Z',
  ],
])('a filter by %s in words', (_name, filter, words) => {
  expect(filterWords(filter, NAMES)).toBe(words);
});

it('knows which ids it names', () => {
  expect(namedIds({ ownerId: 'a', groupId: ['b', 'c'], text: null }, 'ownerId')).toEqual(['a']);
  expect(namedIds({ groupId: ['b', 'c'] }, 'groupId')).toEqual(['b', 'c']);
  expect(namedIds({}, 'groupId')).toEqual([]);
});
