import { describe, expect, it } from '@jest/globals';
import { calendarNamed } from '@throughline/sla';
import fc from 'fast-check';
import { exceptionClock, type ClockEvent } from './clock.js';
import type { Maintenance } from './clock-maintenance.js';

const always = calendarNamed('24x7');
const HOUR = 3_600_000;
const at = (hour: number) => new Date(Date.UTC(2026, 10, 30, hour));
const event = (kind: string, when: Date, details: Record<string, unknown> = {}): ClockEvent => ({
  kind,
  at: when,
  actorName: 'Anna',
  details,
});
const maintenance = (from: number, to: number, reason = 'New release'): Maintenance => ({
  from: at(from).getTime(),
  to: at(to).getTime(),
  reason,
  byName: 'Emma',
});
const opened = event('opened', at(8));
const taken = event('started', at(9), { ownerName: 'Anna' });
const waiting = event('waiting', at(10), { reason: 'customer', pausesClock: true });

function clockOf(events: ClockEvent[], held: Maintenance[], now: Date, resolvedAt: Date | null = null) {
  return exceptionClock({ openedAt: at(8), resolvedAt, events }, 'P2', always, now, held);
}

describe('a clock in maintenance', () => {
  it('is held, and who has it otherwise is not counted', () => {
    expect(clockOf([opened, taken], [maintenance(10, 13)], at(15))).toMatchObject({
      countedMs: 4 * HOUR,
      pausedMs: 3 * HOUR,
      resolution: { dueAt: at(19), state: 'running' },
      pauses: [{ reason: 'Maintenance: New release', byName: 'Emma', from: at(10), to: at(13) }],
      holders: [
        { holder: null, countedMs: HOUR, pausedMs: 0 },
        { holder: 'Maintenance', countedMs: 0, pausedMs: 3 * HOUR },
        { holder: 'Anna', countedMs: 3 * HOUR, pausedMs: 0 },
      ],
    });
  });

  it.each<[string, Maintenance[], number, Record<string, unknown>]>([
    [
      'stands still while it is held',
      [maintenance(8, 12)],
      11,
      { countedMs: 0, response: { dueAt: at(12), state: 'paused' } },
    ],
    [
      'counts windows that overlap once',
      [maintenance(9, 12), maintenance(10, 11), maintenance(12, 13)],
      14,
      { countedMs: 2 * HOUR, pausedMs: 4 * HOUR },
    ],
    [
      'takes what began before it was opened from then on',
      [maintenance(1, 9)],
      10,
      { countedMs: HOUR, pausedMs: HOUR },
    ],
    [
      'is not held by what was before or comes after',
      [maintenance(1, 8), maintenance(20, 22)],
      10,
      { countedMs: 2 * HOUR },
    ],
    [
      'goes on at once when it is cut short',
      [maintenance(8, 9)],
      11,
      { countedMs: 2 * HOUR, response: { state: 'late' } },
    ],
  ])('%s', (_name, held, hour, expected) => {
    expect(clockOf([opened], held, at(hour))).toMatchObject(expected);
  });

  it('is stopped once where somebody also waits for the customer', () => {
    const clock = clockOf([opened, taken, waiting], [maintenance(11, 12)], at(14));
    expect(clock).toMatchObject({ countedMs: 2 * HOUR, pausedMs: 4 * HOUR, resolution: { state: 'paused' } });
    expect(clock.pauses.map(({ from, to }) => [from, to])).toEqual([
      [at(10), at(11)],
      [at(11), at(12)],
      [at(12), null],
    ]);
  });

  it('that is entered afterwards changes what was late', () => {
    expect(clockOf([opened], [], at(10)).response.state).toBe('late');
    expect(clockOf([opened], [maintenance(8, 10)], at(10)).response).toMatchObject({ dueAt: at(11), state: 'running' });
  });

  it('ends with the exception', () => {
    const clock = clockOf([opened], [maintenance(9, 20)], at(15), at(10));
    expect(clock).toMatchObject({ countedMs: HOUR, pausedMs: HOUR, resolution: { metAt: at(10), state: 'met' } });
    expect(clock.pauses).toMatchObject([{ to: at(10) }]);
  });

  it('adds up for any windows and waits', () => {
    const anyWindow = fc
      .tuple(fc.nat(20), fc.integer({ min: 1, max: 8 }))
      .map(([from, length]) => maintenance(from, from + length));
    fc.assert(
      fc.property(
        fc.array(anyWindow, { maxLength: 4 }),
        fc.boolean(),
        fc.integer({ min: 8, max: 30 }),
        (held, waits, hour) => {
          const clock = clockOf(waits ? [opened, taken, waiting] : [opened, taken], held, at(hour));
          const total = clock.holders.reduce((sum, { countedMs, pausedMs }) => sum + countedMs + pausedMs, 0);
          expect(total).toBe(clock.grossMs);
          expect(clock.countedMs + clock.pausedMs).toBe(clock.grossMs);
        },
      ),
      { numRuns: 60 },
    );
  });
});
