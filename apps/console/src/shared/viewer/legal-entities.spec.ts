import { describe, expect, it } from '@jest/globals';
import { entityInWords, type LegalEntity } from './legal-entities.js';

const entity = (over: Partial<LegalEntity>): LegalEntity => ({
  code: 'DE01',
  name: 'Nordlicht Werft GmbH',
  country: 'DE',
  currency: 'EUR',
  calendar: 'TARGET',
  timeZone: 'Europe/Berlin',
  ...over,
});

describe('a legal entity in words', () => {
  it.each([
    ['names it with its country', [entity({})], 'DE01, Nordlicht Werft GmbH, Germany'],
    ['keeps a country that has no name', [entity({ country: 'unknown' })], 'DE01, Nordlicht Werft GmbH, unknown'],
    ['leaves out what is not there', [entity({ name: '', country: '' })], 'DE01'],
    ['is the code where it is not in the catalog', [], 'DE01'],
  ] as const)('%s', (_name, entities, words) => {
    expect(entityInWords('DE01', entities)).toBe(words);
  });
});
