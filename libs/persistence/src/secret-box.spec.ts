import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SecretBox } from './secret-box.js';

describe('a secret box', () => {
  const key = randomBytes(32);
  const box = new SecretBox(key);

  it('gives back what was sealed, and never seals alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const [one, two] = [box.seal(text), box.seal(text)];
        expect(box.open(one)).toBe(text);
        expect(one.equals(two)).toBe(false);
      }),
    );
  });

  it('notices every changed byte', () => {
    const sealed = box.seal('whsec_secret');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open(changed)).toThrow();
    }
    expect(() => box.open(sealed.subarray(0, 20))).toThrow();
    expect(() => box.open(Buffer.alloc(0))).toThrow();
  });

  it('says that another key is needed', () => {
    expect(() => new SecretBox(randomBytes(32)).open(box.seal('x'))).toThrow(/another THROUGHLINE_SECRET_KEY/);
    expect(() => new SecretBox(randomBytes(16))).toThrow(RangeError);
  });
});
