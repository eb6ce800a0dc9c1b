import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  maintenanceAt,
  type MaintenancePlan,
  maintenanceTimes,
  mergedStretches,
  nextMaintenance,
  type Stretch,
  withoutStretches,
} from './maintenance-windows.js';

const once: MaintenancePlan = {
  startsAt: '2026-11-07T20:00:00Z',
  endsAt: '2026-11-08T02:00:00Z',
  weekly: null,
  timeZone: 'Europe/Berlin',
  endedAt: null,
};
/** Sundays from one to four in Berlin. */
const sundays: MaintenancePlan = {
  startsAt: '2026-03-01T00:00:00Z',
  endsAt: null,
  weekly: { weekday: 7, fromTime: '01:00', toTime: '04:00' },
  timeZone: 'Europe/Berlin',
  endedAt: null,
};
const span = (from: string, to: string): Stretch => ({ from: Date.parse(from), to: Date.parse(to) });
const said = (stretches: readonly Stretch[]) =>
  stretches.map(({ from, to }) =>
    `${new Date(from).toISOString()}/${new Date(to).toISOString()}`.replaceAll(':00.000Z', 'Z'),
  );

describe('when a maintenance is held', () => {
  it.each<[string, MaintenancePlan, Stretch, string[]]>([
    ['once', once, span('2026-11-01T00:00Z', '2026-12-01T00:00Z'), ['2026-11-07T20:00Z/2026-11-08T02:00Z']],
    ['once, and not in another span', once, span('2026-11-08T02:00Z', '2026-12-01T00:00Z'), []],
    [
      'once, cut short',
      { ...once, endedAt: '2026-11-07T21:30:00Z' },
      span('2026-11-01T00:00Z', '2026-12-01T00:00Z'),
      ['2026-11-07T20:00Z/2026-11-07T21:30Z'],
    ],
    [
      'never when it was called off before it began',
      { ...once, endedAt: '2026-11-07T19:00:00Z' },
      span('2026-11-01T00:00Z', '2026-12-01T00:00Z'),
      [],
    ],
    [
      'weekly in winter and in summer at the same time of day, two hours long when the clocks go on',
      sundays,
      span('2026-03-20T00:00Z', '2026-04-06T00:00Z'),
      [
        '2026-03-22T00:00Z/2026-03-22T03:00Z',
        '2026-03-29T00:00Z/2026-03-29T02:00Z',
        '2026-04-04T23:00Z/2026-04-05T02:00Z',
      ],
    ],
    [
      'weekly, four hours long when the clocks go back',
      sundays,
      span('2026-10-24T00:00Z', '2026-10-26T00:00Z'),
      ['2026-10-24T23:00Z/2026-10-25T03:00Z'],
    ],
    [
      'weekly over midnight',
      { ...sundays, weekly: { weekday: 6, fromTime: '22:00', toTime: '02:00' }, timeZone: 'UTC' },
      span('2026-11-08T01:00Z', '2026-11-08T03:00Z'),
      ['2026-11-07T22:00Z/2026-11-08T02:00Z'],
    ],
    [
      'weekly, not before it was planned to begin',
      { ...sundays, startsAt: '2026-11-01T01:00:00Z' },
      span('2026-10-20T00:00Z', '2026-11-09T00:00Z'),
      ['2026-11-01T01:00Z/2026-11-01T03:00Z', '2026-11-08T00:00Z/2026-11-08T03:00Z'],
    ],
    [
      'weekly, until it was ended',
      { ...sundays, endedAt: '2026-11-01T01:00:00Z' },
      span('2026-10-31T00:00Z', '2026-12-01T00:00Z'),
      ['2026-11-01T00:00Z/2026-11-01T01:00Z'],
    ],
  ])('%s', (_name, plan, within, expected) => {
    expect(said(maintenanceTimes(plan, within))).toEqual(expected);
  });

  it('includes its first instant and not its last', () => {
    expect(maintenanceAt(once, new Date(Date.parse(once.startsAt) - 1))).toBeNull();
    expect(maintenanceAt(once, new Date(once.startsAt))).not.toBeNull();
    expect(maintenanceAt(once, new Date(once.endsAt ?? ''))).toBeNull();
  });

  it('can be asked for the next time, also of one that begins much later', () => {
    expect(said([nextMaintenance(sundays, new Date('2026-11-02T00:00Z'))].flatMap((one) => one ?? []))).toEqual([
      '2026-11-08T00:00Z/2026-11-08T03:00Z',
    ]);
    expect(
      nextMaintenance({ ...sundays, startsAt: '2027-06-01T00:00:00Z' }, new Date('2026-11-02T00:00Z')),
    ).not.toBeNull();
    expect(nextMaintenance(once, new Date('2026-11-09T00:00Z'))).toBeNull();
  });
});

const anyStretch = fc
  .tuple(fc.nat(40), fc.integer({ min: 1, max: 10 }))
  .map(([from, length]): Stretch => ({ from, to: from + length }));
const isIn = (stretches: readonly Stretch[], at: number) => stretches.some(({ from, to }) => from <= at && at < to);

describe('stretches', () => {
  it('that overlap count once, and what is left is the rest', () => {
    fc.assert(
      fc.property(anyStretch, fc.array(anyStretch, { maxLength: 6 }), (stretch, others) => {
        const merged = mergedStretches(others);
        const left = withoutStretches(stretch, others);
        const times = Array.from({ length: 56 }, (_, at) => at);
        const within = (stretches: readonly Stretch[]) => times.filter((at) => isIn(stretches, at));
        expect(within(merged)).toEqual(within(others));
        expect(within(left)).toEqual(within([stretch]).filter((at) => !isIn(others, at)));
        for (const list of [merged, left])
          expect(list.every(({ from }, index) => index === 0 || from > (list[index - 1]?.to ?? 0))).toBe(true);
      }),
    );
  });
});
