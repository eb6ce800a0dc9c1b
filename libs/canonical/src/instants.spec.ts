import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  compareInstants,
  instantFromMs,
  instantFromUnixNano,
  isCanonicalInstant,
  msOfInstant,
  parseInstant,
  parseLocalDate,
} from './instants.js';

describe('reading an instant', () => {
  it.each([
    ['2026-09-30T15:00:00Z', '2026-09-30T15:00:00.000Z'],
    ['2026-09-30T17:00:00+02:00', '2026-09-30T15:00:00.000Z'],
    ['2026-09-30t15:00:00.1z', '2026-09-30T15:00:00.100Z'],
    ['2026-09-30T15:00:00.123999999Z', '2026-09-30T15:00:00.123Z'],
    ['2026-12-31T23:30:00-01:30', '2027-01-01T01:00:00.000Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59.999Z'],
    ['2024-02-29T00:00:00-00:00', '2024-02-29T00:00:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(parseInstant(text)).toEqual({ ok: true, value: instant });
  });

  it.each([
    ['2026-09-30T15:00:00', 'it has no time zone'],
    ['2026-02-29T00:00:00Z', 'names a day that does not exist'],
    ['2026-13-01T00:00:00Z', 'names a day that does not exist'],
    ['2026-09-30T24:00:00Z', 'names a time of day that does not exist'],
    ['2026-09-30T15:00:00+25:00', 'names a time of day that does not exist'],
    ['2026-09-30', 'is not an RFC 3339 instant'],
    ['yesterday', 'is not an RFC 3339 instant'],
    ['0000-01-01T00:00:00Z', 'outside the years 1900 to 9999'],
    [1_790_000_000, 'is not an RFC 3339 instant'],
    [null, 'is not an RFC 3339 instant'],
  ])('refuses %p: %s', (text, reason) => {
    const parsed = parseInstant(text);
    expect(parsed.ok ? [] : parsed.reasons).toEqual([expect.stringContaining(reason)]);
  });

  it('reads OTLP nanoseconds as text, bigint and number, cut to milliseconds', () => {
    const expected = { ok: true, value: '2026-09-21T14:13:20.999Z' };
    expect(instantFromUnixNano('1790000000999999999')).toEqual(expected);
    expect(instantFromUnixNano(1_790_000_000_999_999_999n)).toEqual(expected);
    expect(instantFromUnixNano('0').ok).toBe(true);
    expect(instantFromUnixNano('-1').ok).toBe(false);
    expect(instantFromUnixNano('99999999999999999999').ok).toBe(true);
    expect(instantFromUnixNano('1.5').ok).toBe(false);
  });

  it('reads calendar dates that exist', () => {
    expect(parseLocalDate('2024-02-29')).toEqual({ ok: true, value: '2024-02-29' });
    expect(parseLocalDate('2026-02-29').ok).toBe(false);
    expect(parseLocalDate('20260228').ok).toBe(false);
  });
});

describe('properties', () => {
  const ms = fc.integer({ min: Date.UTC(1900, 0, 2), max: Date.UTC(2200, 0, 1) });

  it('order of text is order of time', () => {
    fc.assert(
      fc.property(ms, ms, (left, right) => {
        const order = Math.sign(compareInstants(instantFromMs(left), instantFromMs(right)));
        expect(order).toBe(Math.sign(left - right));
      }),
    );
  });

  it('any offset names the same instant', () => {
    fc.assert(
      fc.property(ms, fc.integer({ min: -839, max: 840 }), (at, offset) => {
        const local = instantFromMs(at + offset * 60_000).slice(0, -1);
        const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
        const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
        const parsed = parseInstant(`${local}${zone}`);
        expect(parsed).toEqual({ ok: true, value: instantFromMs(at) });
        expect(parsed.ok && isCanonicalInstant(parsed.value) && msOfInstant(parsed.value)).toBe(at);
      }),
    );
  });
});
