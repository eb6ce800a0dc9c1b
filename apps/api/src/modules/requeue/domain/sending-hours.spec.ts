import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { faultsOfHours, sendingTime, type SendingHours } from './sending-hours.js';

const WORKING_DAYS = [1, 2, 3, 4, 5];
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
const OFFICE: SendingHours = {
  calendar: 'TARGET',
  windows: [{ weekdays: WORKING_DAYS, from: '08:00', to: '18:00' }],
  cutOffs: [],
};
const NIGHT: SendingHours = {
  calendar: 'TARGET',
  windows: [{ weekdays: ALL_DAYS, from: '22:00', to: '06:00' }],
  cutOffs: [],
};
const CUT: SendingHours = { ...OFFICE, cutOffs: [{ weekdays: WORKING_DAYS, at: '15:30' }] };
const BY_CALENDAR: SendingHours = { calendar: 'TARGET', windows: [], cutOffs: [] };
const AROUND: SendingHours = { calendar: '24x7', windows: [], cutOffs: [{ weekdays: [5], at: '17:00' }] };

describe('a target with sending hours is sent to', () => {
  it.each<[string, SendingHours | null, string, string | null]>([
    ['at any time without hours', null, '2026-11-29T03:00:00Z', null],
    ['within them', OFFICE, '2026-11-30T12:00:00Z', null],
    ['from their first minute on', OFFICE, '2026-11-30T07:00:00Z', null],
    ['not a millisecond earlier', OFFICE, '2026-11-30T06:59:59.999Z', '2026-11-30T07:00:00Z'],
    ['not at their end, but the next day', OFFICE, '2026-11-30T17:00:00Z', '2026-12-01T07:00:00Z'],
    ['not on a weekend, but on Monday', OFFICE, '2026-11-27T17:30:00Z', '2026-11-30T07:00:00Z'],
    ['not on holidays, nor on the weekend behind them', OFFICE, '2026-12-24T18:00:00Z', '2026-12-28T07:00:00Z'],
    ['not over New Year', OFFICE, '2026-12-31T17:00:00Z', '2027-01-04T07:00:00Z'],
    ['an hour earlier in UTC once the clocks went forward', OFFICE, '2026-03-27T17:00:00Z', '2026-03-30T06:00:00Z'],
    ['an hour later in UTC once they went back', OFFICE, '2026-10-23T16:00:00Z', '2026-10-26T07:00:00Z'],
    ['before the cut-off', CUT, '2026-11-30T14:29:59Z', null],
    ['not after the cut-off, but the next day', CUT, '2026-11-30T14:30:00Z', '2026-12-01T07:00:00Z'],
    ['not after that of a Friday, but on Monday', CUT, '2026-11-27T15:00:00Z', '2026-11-30T07:00:00Z'],
    ['before midnight in a window over it', NIGHT, '2026-11-30T22:00:00Z', null],
    ['after midnight in a window over it', NIGHT, '2026-12-01T04:59:00Z', null],
    ['not between two nights', NIGHT, '2026-12-01T05:00:00Z', '2026-12-01T21:00:00Z'],
    ['in the night of the clock change, to the local end', NIGHT, '2026-03-29T03:59:00Z', null],
    ['and not after that', NIGHT, '2026-03-29T04:00:00Z', '2026-03-29T20:00:00Z'],
    ['to midnight before a holiday', NIGHT, '2026-12-24T22:59:59Z', null],
    ['not after that, though the evening before was none', NIGHT, '2026-12-24T23:00:00Z', '2026-12-27T21:00:00Z'],
    [
      'not in the evening of a holiday, nor in the night after it',
      NIGHT,
      '2026-12-25T22:00:00Z',
      '2026-12-27T21:00:00Z',
    ],
    ['while the calendar is open, where no hours are given', BY_CALENDAR, '2026-11-30T06:00:00Z', null],
    ['not while the calendar is closed', BY_CALENDAR, '2026-11-30T17:00:00Z', '2026-12-01T06:00:00Z'],
    ['around the clock but for a cut-off', AROUND, '2026-11-27T16:59:00Z', null],
    ['not in the evening of its day', AROUND, '2026-11-27T17:00:00Z', '2026-11-28T00:00:00Z'],
    [
      'always by a calendar that is not shipped any more',
      { ...OFFICE, calendar: 'GONE' },
      '2026-11-29T03:00:00Z',
      null,
    ],
  ])('%s', (_name, hours, now, opensAt) => {
    expect(sendingTime(hours, new Date(now))).toEqual(
      opensAt === null ? { isOpen: true } : { isOpen: false, opensAt: new Date(opensAt) },
    );
  });

  it('to a cut-off in a window over midnight, and not for the rest of that window', () => {
    const hours = { ...NIGHT, cutOffs: [{ weekdays: [1], at: '23:30' }] };
    expect(sendingTime(hours, new Date('2026-11-30T22:29:00Z'))).toEqual({ isOpen: true });
    expect(sendingTime(hours, new Date('2026-11-30T23:30:00Z'))).toEqual({
      isOpen: false,
      opensAt: new Date('2026-12-01T21:00:00Z'),
    });
  });

  it('when it was said to open, and not before, whatever the hours', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
    const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    const hours = fc.record({
      calendar: fc.constantFrom('TARGET', 'US-FED', 'SG', 'BR', '24x7'),
      windows: fc.array(fc.record({ weekdays, from: time, to: time }), { maxLength: 3 }),
      cutOffs: fc.array(fc.record({ weekdays, at: time }), { maxLength: 2 }),
    });
    const instant = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) });
    fc.assert(
      fc.property(hours, instant, fc.double({ min: 0, max: 0.999, noNaN: true }), (one, at, share) => {
        fc.pre(faultsOfHours(one, new Date(at)).length === 0);
        const told = sendingTime(one, new Date(at));
        if (told.isOpen) return;
        const { opensAt } = told;
        expect(sendingTime(one, opensAt)).toEqual({ isOpen: true });
        const between = new Date(at + Math.floor((opensAt.getTime() - at) * share));
        expect(sendingTime(one, between)).toEqual(told);
      }),
      { numRuns: 40 },
    );
  });
});

describe('hours', () => {
  it.each<[string, SendingHours, string | null]>([
    ['of an office', OFFICE, null],
    ['of a calendar', BY_CALENDAR, null],
    ['of an unknown calendar', { ...OFFICE, calendar: 'MOON' }, 'calendar must be one of'],
    ['on no day', { ...OFFICE, windows: [{ weekdays: [], from: '08:00', to: '18:00' }] }, 'weekdays must be'],
    ['on an eighth day', { ...OFFICE, windows: [{ weekdays: [8], from: '08:00', to: '18:00' }] }, 'weekdays must be'],
    ['at no time', { ...OFFICE, windows: [{ weekdays: [1], from: '8', to: '18:00' }] }, '8 is not a time of day'],
    ['cut off before they begin', { ...OFFICE, cutOffs: [{ weekdays: ALL_DAYS, at: '07:00' }] }, 'nothing would ever'],
    [
      'of too many rows',
      { ...OFFICE, windows: Array.from({ length: 21 }, () => OFFICE.windows[0]!) },
      'no more than 20',
    ],
  ])('%s', (_name, hours, fault) => {
    const faults = faultsOfHours(hours, new Date('2026-11-30T12:00:00Z'));
    if (fault === null) expect(faults).toEqual([]);
    else expect(faults[0]).toContain(fault);
  });
});
