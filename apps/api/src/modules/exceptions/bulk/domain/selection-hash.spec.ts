import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { selectionHash } from './selection-hash.js';

it('of ids whose bytes are known is the SHA-256 of those bytes in order', () => {
  // printf '\x00…\x01\xff…\xff' | sha256sum
  expect(selectionHash(['ffffffff-ffff-ffff-ffff-ffffffffffff', '00000000-0000-0000-0000-000000000001'])).toBe(
    '8cf19c4ab7202caf2af0ad83672e25048cca6172517a7bc3acdf15b7568f97db',
  );
});

it('does not hang on the order in which they are named', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.uuid(), { minLength: 2, maxLength: 20 }), (ids) => {
      expect(selectionHash([...ids].reverse())).toBe(selectionHash(ids));
      expect(selectionHash(ids.slice(1))).not.toBe(selectionHash(ids));
    }),
  );
});
