import { describe, expect, it } from '@jest/globals';
import { utf8Text } from './utf8-text.js';

const decoded = (body: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(body);

describe('UTF-8 of any size', () => {
  it.each([
    ['ASCII', 'a"\\\u0000'],
    ['wide characters', 'ü€😀'],
    ['a byte order mark, and one within', '\ufeffa\ufeff'],
  ])('%s', (_what, text) => {
    for (const times of [1, 100_000]) {
      // Not at the beginning of its memory, as what comes from a pool.
      const body = Buffer.from(`xyz${text.repeat(times)}`).subarray(3);
      expect(utf8Text(body) === decoded(body)).toBe(true);
    }
  });

  it.each([
    ['cut off', Buffer.from('€').subarray(0, 2)],
    ['a surrogate', Buffer.from([0xed, 0xa0, 0x80])],
    ['overlong', Buffer.from([0xc0, 0xaf])],
  ])('refuses what is none: %s', (_what, bytes) => {
    for (const before of ['', 'x'.repeat(100_000)]) {
      expect(() => utf8Text(Buffer.concat([Buffer.from(before), bytes]))).toThrow(/not valid/);
    }
  });
});
