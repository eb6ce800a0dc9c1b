import { describe, expect, it } from '@jest/globals';
import { NOTHING_SINCE } from '../../domain/left-out.js';
import { changesSince, whatHappened, type FrozenItem } from './changes-since.js';

const frozen = (over: Partial<FrozenItem> = {}): FrozenItem => ({
  exceptionId: 'e',
  objectKey: 'INV-1',
  amount: '1000.00',
  currency: 'EUR',
  occurrences: 1,
  ...over,
});

describe('what is no longer as it was frozen', () => {
  it.each<[string, Partial<FrozenItem>, string[]]>([
    ['nothing', {}, []],
    ['the same money in other digits', { amount: '1000.000' }, []],
    ['its money', { amount: '2000.00' }, ['the money at risk of INV-1 was EUR 1000.00 and is EUR 2000.00']],
    ['it failed again', { occurrences: 2 }, ['INV-1 failed again']],
  ])('%s', (_name, over, words) => {
    expect(changesSince([frozen()], [frozen(over)])).toEqual(words);
  });
});

it('tells what happened to a document, in the middle of a sentence', () => {
  const exceptions = ['a', 'b', 'c'].map((exceptionId) => ({ exceptionId, objectKey: exceptionId, queue: null }));
  const since = new Map([
    ['a', { ...NOTHING_SINCE, undone: 'reversed' }],
    ['b', NOTHING_SINCE],
  ]);
  expect(whatHappened(exceptions, since)).toEqual(['a: the document was reversed']);
});
