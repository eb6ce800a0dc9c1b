import { describe, expect, it, jest } from '@jest/globals';
import { expectPermutable } from './testing/expect-permutable.js';

jest.setTimeout(300_000);

const HISTORIES_AT_ONCE = 100;

// The first thousand here, ten thousand others in the long tests.
describe('a random history', () => {
  it.each(Array.from({ length: 10 }, (_, block) => 1 + block * HISTORIES_AT_ONCE))(
    'comes to the same in any order, repetition and batch split (a hundred seeds from %d)',
    (firstSeed) => {
      const { added, whole } = expectPermutable(firstSeed, HISTORIES_AT_ONCE);
      expect(added).toBeGreaterThan(10 * whole);
    },
  );
});
