import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeCopy } from './binary-copy.js';
import { microsecondsOf, UnencodableCell } from './binary-values.js';
import type { CopyType } from './binary-values.js';

const encode = (type: CopyType, value: unknown): string =>
  Buffer.concat([...encodeCopy([{ name: 'c', type }], [[value]])])
    .subarray(21, -2)
    .toString('hex');

describe('encodeCopy', () => {
  it('writes signature, flags, rows and trailer', () => {
    const bytes = Buffer.concat([...encodeCopy([], [])]);
    expect(bytes.toString('hex')).toBe('5047434f50590aff0d0a00' + '0000000000000000' + 'ffff');
  });

  // Four bytes of size, then the cell.
  it.each<[CopyType, unknown, string]>([
    ['text', 'é', '00000002c3a9'],
    ['text', '', '00000000'],
    ['text', null, 'ffffffff'],
    ['text', undefined, 'ffffffff'],
    ['numeric', '12.50', '0000000531322e3530'],
    ['uuid', '00112233-4455-6677-8899-aabbccddeeff', '0000001000112233445566778899aabbccddeeff'],
    ['bytea', Buffer.from([0, 255]), '0000000200ff'],
    ['jsonb', { a: 1 }, '00000008017b2261223a317d'],
    ['jsonb', '[]', '00000003015b5d'],
    ['int2', -2, '00000002fffe'],
    ['int4', 7, '0000000400000007'],
    ['int8', '-1', '00000008ffffffffffffffff'],
    ['int8', 9007199254740993n, '000000080020000000000001'],
    ['bool', true, '0000000101'],
    ['date', '2000-01-02', '0000000400000001'],
    ['date', '1999-12-31', '00000004ffffffff'],
    ['timestamptz', '2000-01-01T00:00:00.000001Z', '000000080000000000000001'],
    ['timestamptz', new Date(946684800001), '0000000800000000000003e8'],
  ])('writes %s %p', (type, value, hex) => {
    expect(encode(type, value)).toBe(hex);
  });

  it.each<[CopyType, unknown]>([
    ['uuid', 'not-a-uuid'],
    ['uuid', '00112233-4455-6677-8899-aabbccddeezz'],
    ['text', 5],
    ['bytea', 'text'],
    ['jsonb', () => 1],
    ['int2', 32768],
    ['int4', 1.5],
    ['int8', 2 ** 53],
    ['int8', '1.5'],
    ['int8', 2n ** 63n],
    ['bool', 'true'],
    ['date', '2026-02-30'],
    ['date', '2026-2-3'],
    ['timestamptz', '2026-01-01T00:00:00'],
    ['timestamptz', '2026-02-30T00:00:00Z'],
    ['timestamptz', new Date(Number.NaN)],
  ])('refuses %s %p without showing the value', (type, value) => {
    expect(() => encode(type, value)).toThrow(UnencodableCell);
    expect(() => encode(type, value)).toThrow(new RegExp(`^row 0, column c: not a valid ${type}$`));
  });

  it('refuses a row of another width', () => {
    expect(() => [...encodeCopy([{ name: 'c', type: 'text' }], [['a', 'b']])]).toThrow('row 0 has 2 cells, expected 1');
  });

  it('yields chunks that keep their bytes while later ones are written', () => {
    const long = 'x'.repeat(100_000);
    const chunks = [
      ...encodeCopy(
        [{ name: 'c', type: 'text' }],
        Array.from({ length: 20 }, () => [long]),
      ),
    ];
    expect(chunks.length).toBeGreaterThan(3);
    expect(Buffer.concat(chunks).length).toBe(19 + 20 * (2 + 4 + 100_000) + 2);
    expect(Buffer.concat(chunks).toString('latin1').split('x').length - 1).toBe(2_000_000);
  });
});

describe('microsecondsOf', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0n],
    ['1970-01-01 00:00:00+00', 0n],
    ['1970-01-01T01:00:00+01:00', 0n],
    ['1970-01-01T01:00:00+0100', 0n],
    ['1970-01-01T00:00:00.1Z', 100_000n],
    ['1970-01-01T00:00:00.1234564Z', 123_456n],
    ['1970-01-01T00:00:00.1234566Z', 123_457n],
    ['1970-01-01T00:00:00.1234565Z', 123_456n],
    ['1970-01-01T00:00:00.1234575Z', 123_458n],
    ['1970-01-01T00:00:00.12345650001Z', 123_457n],
    ['1970-01-01T00:00:00.999999999Z', 1_000_000n],
    ['1969-12-31T23:59:59.999999Z', -1n],
  ])('%s is %p', (text, expected) => {
    expect(microsecondsOf(text)).toBe(expected);
  });

  it('keeps every microsecond of an instant written by the platform', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2200-01-01T00:00:00Z'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 999 }),
        (date, micros) => {
          const text = date.toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
          return microsecondsOf(text) === BigInt(date.getTime()) * 1000n + BigInt(micros);
        },
      ),
    );
  });
});
