import { describe, expect, it } from '@jest/globals';
import { calendarNamed, EVERY_DAY, MONDAY_TO_FRIDAY, type BusinessCalendar } from '@throughline/sla';
import fc from 'fast-check';
import { exceptionClock, type ClockEvent } from './clock.js';
import type { PriorityBand } from './priority.js';

const office: BusinessCalendar = {
  name: 'office',
  title: 'Office',
  timeZone: 'UTC',
  hours: [{ validFrom: '2020-01-01', weekdays: MONDAY_TO_FRIDAY, opens: '08:00', closes: '16:00' }],
  holidays: [],
};
const always: BusinessCalendar = {
  ...office,
  hours: [{ validFrom: '2020-01-01', weekdays: EVERY_DAY, opens: '00:00', closes: '24:00' }],
};

/** Monday, 30 November 2026 is day 0. */
const at = (hour: number, day = 0) => new Date(Date.UTC(2026, 10, 30 + day, hour));
const event = (kind: string, when: Date, details: Record<string, unknown> = {}, actorName = 'Anna'): ClockEvent => ({
  kind,
  at: when,
  actorName,
  details,
});
const HOUR = 3_600_000;
const paused = { reason: 'customer', pausesClock: true };

function clockOf(
  events: ClockEvent[],
  now: Date,
  over: { band?: PriorityBand; resolvedAt?: Date; calendar?: BusinessCalendar } = {},
) {
  const { band = 'P2', resolvedAt = null, calendar = office } = over;
  return exceptionClock({ openedAt: at(1), resolvedAt, events }, band, calendar, now);
}

describe('exceptionClock', () => {
  it('runs in open hours from when it was opened, and shows the gross time beside', () => {
    const clock = clockOf([event('opened', at(14))], at(9, 1));
    expect(clock).toMatchObject({
      startedAt: at(14),
      endedAt: null,
      countedMs: 3 * HOUR,
      grossMs: 19 * HOUR,
      pausedMs: 0,
      response: { target: 'PT1H', dueAt: at(15), metAt: null, state: 'late' },
      resolution: { target: 'PT8H', dueAt: at(14, 1), metAt: null, state: 'running' },
      holders: [{ holder: null, countedMs: 3 * HOUR, pausedMs: 0 }],
    });
  });

  it('goes by nothing of its failing again', () => {
    const steps = [
      event('opened', at(8)),
      event('waiting', at(9), paused),
      event('wait-over', at(11)),
      event('started', at(12)),
    ];
    const again = [8, 10, 11, 13].map((hour) => event('occurred-again', at(hour), { ownerName: null }));
    const all = [...steps, ...again].sort((left, right) => left.at.getTime() - right.at.getTime());
    expect(clockOf(all, at(15))).toEqual(clockOf(steps, at(15)));
  });

  it('is stopped by waiting for what is not in our hands, and its due time moves on', () => {
    const waits = clockOf([event('opened', at(8)), event('waiting', at(9), paused)], at(14));
    expect(waits).toMatchObject({
      countedMs: HOUR,
      pausedMs: 5 * HOUR,
      response: { metAt: at(9), state: 'met' },
      resolution: { dueAt: at(13, 1), state: 'paused' },
      pauses: [{ reason: 'The customer answers', byName: 'Anna', from: at(9), to: null }],
    });
    const over = clockOf(
      [event('opened', at(8)), event('waiting', at(9), paused), event('wait-over', at(14), {}, 'Throughline')],
      at(15),
    );
    expect(over).toMatchObject({ countedMs: 2 * HOUR, pausedMs: 5 * HOUR, resolution: { dueAt: at(13, 1) } });
  });

  it.each([
    ['put back', event('put-back', at(10)), null],
    ['moved to a queue by a person', event('moved', at(10), { from: 'tax', to: 'credit', ownerName: null }), null],
    ['moved by a rule', event('moved', at(10), { from: 'tax', to: 'credit' }), 'Anna'],
  ])('is held by nobody once it was %s, unless the words say otherwise', (_case, step, holder) => {
    const { holders } = clockOf(
      [event('opened', at(8)), event('assigned', at(9), { ownerName: 'Anna' }), step],
      at(11),
    );
    expect(holders.find((one) => one.holder === holder)?.countedMs).toBe(2 * HOUR);
  });

  it('is not stopped by waiting for ourselves, nor by a snooze', () => {
    const events = [
      event('opened', at(8)),
      event('waiting', at(9), { reason: 'other-team', pausesClock: false }),
      event('snoozed', at(10)),
    ];
    expect(clockOf(events, at(14))).toMatchObject({ countedMs: 6 * HOUR, pausedMs: 0, pauses: [] });
  });

  it('counts one pause where one waits for something else in between', () => {
    const events = [
      event('opened', at(8)),
      event('waiting', at(9), paused),
      event('waiting', at(11), { reason: 'bank', pausesClock: true }),
      event('started', at(12)),
    ];
    expect(clockOf(events, at(13))).toMatchObject({
      pausedMs: 3 * HOUR,
      pauses: [
        { reason: 'The customer answers', to: at(11) },
        { reason: 'The bank answers', to: at(12) },
      ],
    });
  });

  it('goes on, and somebody has it in hand, once its sending waits for approval', () => {
    const asked = event('requeue-approval-requested', at(10));
    const waited = [event('opened', at(8)), event('waiting', at(9), paused), asked, event('requeue-rejected', at(11))];
    expect(clockOf(waited, at(13))).toMatchObject({
      countedMs: 4 * HOUR,
      pausedMs: HOUR,
      pauses: [{ to: at(10) }],
      resolution: { state: 'running' },
    });
    expect(clockOf([event('opened', at(8)), asked], at(13)).response).toMatchObject({ metAt: at(10) });
  });

  it('splits the time by who had it', () => {
    const events = [
      event('opened', at(8)),
      event('assigned', at(9), { ownerName: 'Anna' }),
      event('waiting', at(10), paused),
      event('wait-over', at(12)),
      event('assigned', at(13), {}),
      event('started', at(14), { ownerName: 'Bruno' }),
    ];
    expect(clockOf(events, at(16)).holders).toEqual([
      { holder: null, countedMs: 2 * HOUR, pausedMs: 0 },
      { holder: 'Anna', countedMs: 2 * HOUR, pausedMs: 2 * HOUR },
      { holder: 'Bruno', countedMs: 2 * HOUR, pausedMs: 0 },
    ]);
  });

  it('goes on when a rule gives it to somebody, who has it from then on', () => {
    const byRule = event('assigned', at(8), { ownerName: 'Anna', rule: 'large' });
    const clock = clockOf([event('opened', at(8)), byRule], at(10));
    expect(clock.response.metAt).toBeNull();
    expect(clock.holders.map(({ holder }) => holder)).toEqual(['Anna']);
  });

  it('stops for good at the end, met or missed', () => {
    const events = [event('opened', at(8)), event('started', at(8))];
    expect(clockOf(events, at(15, 3), { resolvedAt: at(16) }).resolution).toMatchObject({
      metAt: at(16),
      state: 'met',
    });
    expect(clockOf(events, at(15, 3), { resolvedAt: at(9, 1) })).toMatchObject({
      countedMs: 9 * HOUR,
      resolution: { state: 'missed' },
      response: { state: 'met' },
    });
  });

  it('ends with the problem also while it waits', () => {
    const events = [event('opened', at(8)), event('waiting', at(9), paused)];
    expect(clockOf(events, at(15, 3), { resolvedAt: at(11) })).toMatchObject({
      countedMs: HOUR,
      pausedMs: 2 * HOUR,
      pauses: [{ to: at(11) }],
      resolution: { state: 'met' },
    });
  });

  it('begins anew when it is opened again, with who had it', () => {
    const events = [
      event('opened', at(8)),
      event('assigned', at(9), { ownerName: 'Anna' }),
      event('resolved', at(10)),
      event('reopened', at(9, 2), {}, 'Throughline'),
    ];
    expect(clockOf(events, at(11, 2))).toMatchObject({
      startedAt: at(9, 2),
      countedMs: 2 * HOUR,
      holders: [{ holder: 'Anna', countedMs: 2 * HOUR }],
      response: { metAt: null, state: 'late' },
    });
  });

  it('of what was overcome before it was opened takes no time', () => {
    const events = [event('opened', at(9)), event('resolved', at(9), {}, 'Throughline')];
    expect(clockOf(events, at(12), { resolvedAt: at(8) })).toMatchObject({
      countedMs: 0,
      grossMs: 0,
      holders: [],
      resolution: { metAt: at(9), state: 'met' },
    });
  });

  it('is about the calendar of the entity', () => {
    const clock = clockOf([event('opened', at(14))], at(14, 1), { calendar: calendarNamed('24x7') });
    expect(clock).toMatchObject({ countedMs: 24 * HOUR, resolution: { dueAt: at(22), state: 'late' } });
  });

  it('gives every open minute to one holder, counted or paused', () => {
    const step = fc.record({
      hour: fc.integer({ min: 1, max: 80 }),
      kind: fc.constantFrom(
        'assigned',
        'started',
        'waiting',
        'wait-over',
        'put-back',
        'commented',
        'requeue-requested',
      ),
      name: fc.constantFrom('Anna', 'Bruno', null),
      pausesClock: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 10 }), fc.constantFrom(office, always), (steps, calendar) => {
        const events = steps
          .toSorted((left, right) => left.hour - right.hour)
          .map(({ hour, kind, name, pausesClock }) =>
            event(kind, at(hour), { ...(name !== null && { ownerName: name }), reason: 'bank', pausesClock }),
          );
        const clock = clockOf([event('opened', at(0)), ...events], at(90), { calendar });
        const total = (pick: 'countedMs' | 'pausedMs') => clock.holders.reduce((sum, holder) => sum + holder[pick], 0);
        expect(total('countedMs')).toBe(clock.countedMs);
        expect(total('pausedMs')).toBe(clock.pausedMs);
        expect(clock.countedMs).toBeGreaterThanOrEqual(0);
        expect(clock.countedMs + clock.pausedMs).toBeLessThanOrEqual(clock.grossMs);
      }),
    );
  });
});
