import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  LONGEST_SEARCH_KEY,
  SEARCH_CAPITALS,
  SEARCH_SEPARATORS,
  SEARCH_SMALL_LETTERS,
  searchKey,
} from './search-key.js';

describe('searchKey', () => {
  it.each([
    ['as it is', 'so123', 'so123'],
    ['in capitals', 'SO123', 'so123'],
    ['with a hyphen', 'SO-123', 'so123'],
    ['with leading zeros behind the letters', 'SO-000123', 'so123'],
    ['with leading zeros in front', '0000004711', '4711'],
    ['with zeros that lead nothing', 'SO-100200', 'so100200'],
    ['with zeros between parts that are digits', '2024/000123', '2024000123'],
    ['with every separator', ' a-b/c.d_e#f\\g\th', 'abcdefgh'],
    ['with a dash pasted from a letter', 'SO–123', 'so123'],
    ['in wide letters', 'ＳＯ１２３', 'so123'],
    ['with accents', 'Müller-É9', 'mullere9'],
    ['in the decomposed form', 'Mu\u0308ller', 'muller'],
    ['with letters that have no accent to lose', 'ØLŁ-ÆÐ', 'ølłæð'],
    ['in Cyrillic', 'СЧЁТ-0012', 'счет12'],
    ['in Greek', 'ΤΙΜ-7', 'τιμ7'],
    ['of zeros alone', '000', ''],
    ['of separators alone', ' -/ ', ''],
    ['empty', '', ''],
  ])('%s', (_name, text, key) => {
    expect(searchKey(text)).toBe(key);
  });

  const anyText = fc.string({ unit: 'binary', maxLength: 60 });
  const number = fc.string({ unit: fc.constantFrom(...'aZ019-/ .É#'), maxLength: 30 });

  it('has as many small letters as capitals', () => {
    expect([...SEARCH_SMALL_LETTERS]).toHaveLength([...SEARCH_CAPITALS].length);
  });

  it('stays what it is when it is made again', () => {
    fc.assert(fc.property(anyText, (text) => expect(searchKey(searchKey(text))).toBe(searchKey(text))));
  });

  it('begins with the key of every beginning, so that it is found while it is typed', () => {
    fc.assert(
      fc.property(number, fc.nat(30), (text, length) =>
        expect(searchKey(text).startsWith(searchKey(text.slice(0, length)))).toBe(true),
      ),
    );
  });

  it('does not see where separators stand', () => {
    const separator = fc.constantFrom(...SEARCH_SEPARATORS);
    fc.assert(
      fc.property(number, fc.nat(30), separator, (text, at, between) =>
        expect(searchKey(text.slice(0, at) + between + text.slice(at))).toBe(searchKey(text)),
      ),
    );
  });

  it('does not see the case of letters and zeros in front', () => {
    fc.assert(
      fc.property(number, (text) => {
        expect(searchKey(text.toLowerCase())).toBe(searchKey(text.toUpperCase()));
        expect(searchKey(`000${text}`)).toBe(searchKey(text));
      }),
    );
  });

  it('fits an index key, whatever a character is decomposed into', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('ﷺ', '😀', 'a'), maxLength: 400 }), (text) =>
        expect([...searchKey(text)].length).toBeLessThanOrEqual(LONGEST_SEARCH_KEY),
      ),
    );
  });
});
