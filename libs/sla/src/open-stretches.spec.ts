import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { msOfInstant, instantFromMs } from '@throughline/canonical';
import { businessMsBetween } from './business-time.js';
import { KNOWN_CALENDARS, calendarNamed } from './known-calendars.js';
import { openStretches } from './open-stretches.js';

describe('open and closed stretches', () => {
  it('are cut where the calendar opens and closes', () => {
    const target = { ...calendarNamed('TARGET'), timeZone: 'UTC' };
    const [opens, closes] = [target.hours[0]!.opens, target.hours[0]!.closes];
    expect(openStretches(target, '2026-10-02T12:00:00.000Z', '2026-10-05T12:00:00.000Z')).toEqual([
      { from: '2026-10-02T12:00:00.000Z', until: `2026-10-02T${closes}:00.000Z`, isOpen: true },
      { from: `2026-10-02T${closes}:00.000Z`, until: `2026-10-05T${opens}:00.000Z`, isOpen: false },
      { from: `2026-10-05T${opens}:00.000Z`, until: '2026-10-05T12:00:00.000Z', isOpen: true },
    ]);
  });

  it('of a calendar that never closes are one, also over New Year', () => {
    const [from, until] = ['2026-12-30T00:00:00.000Z', '2028-01-03T00:00:00.000Z'];
    expect(openStretches(calendarNamed('24x7'), from, until)).toEqual([{ from, until, isOpen: true }]);
  });

  it('of no time are none', () => {
    expect(openStretches(calendarNamed('TARGET'), '2026-10-02T12:00:00.000Z', '2026-10-02T12:00:00.000Z')).toEqual([]);
  });

  it('follow each other without gap, take turns, and their open ones are the business time', () => {
    const start = msOfInstant('2026-01-01T00:00:00.000Z');
    fc.assert(
      fc.property(
        fc.constantFrom(...KNOWN_CALENDARS.values()),
        fc.nat(400 * 86_400_000),
        fc.nat(400 * 86_400_000),
        (calendar, offset, length) => {
          const from = instantFromMs(start + offset);
          const until = instantFromMs(start + offset + length + 1);
          const stretches = openStretches(calendar, from, until);
          expect(stretches[0]?.from).toBe(from);
          expect(stretches.at(-1)?.until).toBe(until);
          stretches.slice(1).forEach((stretch, index) => {
            expect(stretch.from).toBe(stretches[index]?.until);
            expect(stretch.isOpen).toBe(!stretches[index]?.isOpen);
          });
          const open = stretches.filter(({ isOpen }) => isOpen);
          const openMs = open.reduce((sum, one) => sum + msOfInstant(one.until) - msOfInstant(one.from), 0);
          expect(openMs).toBe(businessMsBetween(calendar, from, until));
        },
      ),
      { numRuns: 40 },
    );
  });
});
