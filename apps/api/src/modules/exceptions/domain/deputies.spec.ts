import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { absenceAt, absenceProblem, standInOf, type Absence } from './deputies.js';

const at = (day: number) => new Date(Date.UTC(2026, 10, day));
const away = (personId: string, deputyId: string | null, from = 1, until = 10): Absence => ({
  personId,
  deputyId,
  from: at(from),
  until: at(until),
});

const UNTIL = at(10);

describe('standInOf', () => {
  it.each<[string, Absence[], object]>([
    ['who is there needs nobody', [away('b', 'c')], { kind: 'present' }],
    ['an absence that is over', [away('a', 'b', 1, 5)], { kind: 'present' }],
    ['an absence to come', [away('a', 'b', 6, 9)], { kind: 'present' }],
    ['until the instant of coming back', [away('a', 'b', 1, 5)], { kind: 'present' }],
    ['the deputy', [away('a', 'b')], { kind: 'away', until: UNTIL, deputyId: 'b' }],
    ['none was named', [away('a', null)], { kind: 'away', until: UNTIL, deputyId: null, why: 'none-named' }],
    ['the deputy of the deputy', [away('a', 'b'), away('b', 'c')], { kind: 'away', until: UNTIL, deputyId: 'c' }],
    [
      'the deputy who is away later only',
      [away('a', 'b'), away('b', 'c', 6, 9)],
      { kind: 'away', until: UNTIL, deputyId: 'b' },
    ],
    [
      'the deputy’s absence has no deputy',
      [away('a', 'b'), away('b', null)],
      { kind: 'away', until: UNTIL, deputyId: null, why: 'none-named' },
    ],
    [
      'two who stand in for each other, both away',
      [away('a', 'b'), away('b', 'a')],
      { kind: 'away', until: UNTIL, deputyId: null, why: 'circular' },
    ],
    [
      'a circle that the person is not part of',
      [away('a', 'b'), away('b', 'c'), away('c', 'b')],
      { kind: 'away', until: UNTIL, deputyId: null, why: 'circular' },
    ],
    [
      'a circle that is broken by one who is there',
      [away('a', 'b'), away('b', 'c'), away('c', 'a', 6, 9)],
      { kind: 'away', until: UNTIL, deputyId: 'c' },
    ],
    [
      'a deputy who cannot do it',
      [away('a', 'unable')],
      { kind: 'away', until: UNTIL, deputyId: null, why: 'not-able' },
    ],
  ])('%s', (_name, absences, expected) => {
    expect(standInOf('a', at(5), absences, (id) => id !== 'unable')).toEqual(expected);
  });

  it('ends whatever the absences, and never with somebody who is away', () => {
    const person = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const absence = fc
      .record({
        personId: person,
        deputyId: fc.option(person),
        from: fc.nat(8),
        length: fc.integer({ min: 1, max: 8 }),
      })
      .map(({ personId, deputyId, from, length }) => away(personId, deputyId, from, from + length));
    fc.assert(
      fc.property(fc.array(absence, { maxLength: 12 }), person, fc.nat(16), (absences, personId, day) => {
        const standIn = standInOf(personId, at(day), absences);
        expect(standIn.kind === 'present').toBe(absenceAt(absences, personId, at(day)) === null);
        if (standIn.kind === 'away' && standIn.deputyId !== null) {
          expect(absenceAt(absences, standIn.deputyId, at(day))).toBeNull();
          expect(standIn.deputyId).not.toBe(personId);
        }
      }),
    );
  });
});

describe('absenceProblem', () => {
  it.each<[string, Absence, string | undefined]>([
    ['one to come', away('a', 'b', 12, 15), undefined],
    ['one that runs', away('a', null, 4, 8), undefined],
    ['beside another', away('a', 'b', 25, 28), undefined],
    ['that ends before it begins', away('a', 'b', 15, 12), 'ABSENCE_PASSED'],
    ['that is over', away('a', 'b', 1, 3), 'ABSENCE_PASSED'],
    ['for ever', away('a', 'b', 12, 900), 'ABSENCE_TOO_LONG'],
    ['with oneself as deputy', away('a', 'a', 12, 15), 'OWN_DEPUTY'],
    ['into another', away('a', 'b', 12, 21), 'ABSENCE_OVERLAPS'],
    ['in another', away('a', 'b', 21, 22), 'ABSENCE_OVERLAPS'],
  ])('%s', (_name, absence, code) => {
    expect(absenceProblem(absence, [away('a', 'c', 20, 25)], at(5))?.code).toBe(code);
  });
});
