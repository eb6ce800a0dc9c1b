import { describe, expect, it } from '@jest/globals';
import { parseSignalsSearch, type SignalsSearch } from '../../shared/url.js';
import { mapAgainOf } from './map-again-filter.js';

const NOW = new Date('2026-11-20T10:00:00.000Z');

describe('what the filters name to be mapped again', () => {
  it.each<[string, Partial<SignalsSearch>, object]>([
    ['no filter', {}, { whyNot: expect.stringMatching(/^Narrow the list first/) }],
    ['a window', { since: '1h' }, { selection: { receivedFrom: '2026-11-20T09:00:00.000Z' } }],
    [
      'everything at once',
      { state: ['UNMAPPED'], kind: ['WEBHOOK'], type: 'a', system: ['stripe'], file: 'f', mapping: 'm' },
      {
        selection: {
          onlyUnmapped: true,
          kinds: ['WEBHOOK'],
          types: ['a'],
          sourceSystem: 'stripe',
          fileId: 'f',
          mapping: 'm',
        },
      },
    ],
    ['another state', { state: ['MAPPED'] }, { whyNot: expect.stringMatching(/alone can be mapped again/) }],
    ['two states', { state: ['UNMAPPED', 'IGNORED'] }, { whyNot: expect.stringMatching(/alone can be mapped/) }],
    ['two sources', { system: ['a', 'b'] }, { whyNot: expect.stringMatching(/^Choose one source/) }],
  ])('%s', (_name, search, expected) => {
    expect(mapAgainOf({ ...parseSignalsSearch({}), ...search }, NOW)).toEqual(expected);
  });
});
