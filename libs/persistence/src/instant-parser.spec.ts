import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { parseInstant } from './instant-parser.js';

const byPg = pg.types.getTypeParser(1184) as (text: string) => unknown;

describe('parseInstant', () => {
  it.each([
    ['no fraction', '2026-12-01 03:04:05+00', '2026-12-01T03:04:05.000Z'],
    ['a fraction of one digit', '2026-12-01 03:04:05.7+00', '2026-12-01T03:04:05.700Z'],
    ['milliseconds', '2024-02-29 23:59:59.045+00', '2024-02-29T23:59:59.045Z'],
    ['microseconds, which are cut off', '1999-12-31 23:59:59.999999+00', '1999-12-31T23:59:59.999Z'],
    ['a session of another zone', '2026-12-01 05:34:05.25+05:30', '2026-12-01T00:04:05.250Z'],
    ['a session west of it', '2026-12-01 05:34:05-03', '2026-12-01T08:34:05.000Z'],
    ['a year of five digits', '12026-12-01 03:04:05+00', '+012026-12-01T03:04:05.000Z'],
    ['a year before 100', '0099-12-01 03:04:05+00', '0099-12-01T03:04:05.000Z'],
    ['a year before Christ', '0044-03-15 12:00:00+00 BC', '-000043-03-15T12:00:00.000Z'],
  ])('reads %s', (_name, text, instant) => {
    expect(parseInstant(text)).toEqual(new Date(instant));
  });

  it('answers what pg answers, whatever the fraction', () => {
    for (let microseconds = 0; microseconds < 1_000_000; microseconds += 997) {
      const fraction = String(microseconds).padStart(6, '0').replace(/0+$/, '');
      const text = `2026-12-01 03:04:05${fraction === '' ? '' : `.${fraction}`}+00`;
      expect(parseInstant(text)).toEqual(byPg(text));
    }
  });

  it('leaves infinity to pg', () => {
    expect([parseInstant('infinity'), parseInstant('-infinity')]).toEqual([Infinity, -Infinity]);
  });
});
