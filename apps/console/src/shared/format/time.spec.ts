import { describe, expect, it } from '@jest/globals';
import { age, calendarDay, clockTime, dateTime, duration, runLength, zoneName } from './time.js';

const WINTER = '2026-11-20T16:05:09.120Z';
const SUMMER = '2026-07-01T16:05:09Z';

describe('times', () => {
  it.each([
    ['Europe/Berlin', '17:05 CET'],
    ['America/New_York', '11:05 EST'],
    ['America/Sao_Paulo', '13:05 BRT'],
    ['Asia/Singapore', '00:05 SGT'],
    ['UTC', '16:05 UTC'],
  ])('a clock time in %s carries its zone: %s', (zone, written) => {
    expect(clockTime(WINTER, zone)).toBe(written);
  });

  it('follows summer time', () => {
    expect(clockTime(SUMMER, 'Europe/Berlin')).toBe('18:05 CEST');
    expect(zoneName(new Date(SUMMER), 'America/New_York')).toBe('EDT');
  });

  it('writes dates with and without a zone', () => {
    const sameYear = new Date('2026-12-31T12:00:00Z');
    expect(dateTime(WINTER, 'Asia/Singapore', true, sameYear)).toBe('21 Nov 00:05:09 SGT');
    const nextYear = new Date('2027-01-02T12:00:00Z');
    expect(dateTime(WINTER, 'Asia/Singapore', false, nextYear)).toBe('21 Nov 2026 00:05 SGT');
    expect(calendarDay('2026-11-20')).toBe('Fri 20 Nov');
  });

  it.each([
    [941 * 86_400_000 + 3 * 3_600_000, '941 d'],
    [12_400, '12 s'],
    [48 * 60_000, '48 min'],
    [4 * 3_600_000, '4 h'],
    [4 * 3_600_000 + 12 * 60_000, '4 h 12 min'],
    [76 * 3_600_000, '3 d 4 h'],
  ])('%d ms last %s', (milliseconds, written) => {
    expect(duration(milliseconds)).toBe(written);
  });

  it('takes an instant ahead of this clock as just now', () => {
    expect(age('2026-11-20T16:05:10Z', new Date(WINTER))).toBe('0 s');
  });

  it.each([
    [0.25, '250 µs'],
    [9, '9.0 ms'],
    [412.4, '412 ms'],
    [3210, '3.21 s'],
    [124_000, '2 min 4 s'],
  ])('a run of %d ms is written %s', (milliseconds, written) => {
    expect(runLength(milliseconds)).toBe(written);
  });
});
