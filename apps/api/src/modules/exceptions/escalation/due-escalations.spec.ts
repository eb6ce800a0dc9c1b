import { describe, expect, it } from '@jest/globals';
import { calendarNamed } from '@throughline/sla';
import { exceptionClock, type ClockEvent } from '../domain/clock.js';
import { dueEscalations, nextLookAt, type Escalation } from './due-escalations.js';

const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 10, 30, hour, minute));
const event = (kind: string, when: Date, details: Record<string, unknown> = {}): ClockEvent => ({
  kind,
  at: when,
  actorName: 'Anna',
  details,
});
const opened = event('opened', at(8));
const started = event('started', at(8, 20), { ownerName: 'Anna' });
/** P1: half an hour to respond, four to resolve. */
const clockOf = (events: ClockEvent[], now: Date, held: [number, number][] = []) =>
  exceptionClock(
    { openedAt: at(8), resolvedAt: null, events },
    'P1',
    calendarNamed('24x7'),
    now,
    held.map(([from, to]) => ({ from: at(from).getTime(), to: at(to).getTime(), reason: 'r', byName: 'n' })),
  );
const before: Escalation[] = [{ clock: 'response', startedAt: at(8), dueAt: at(8, 30) }];

describe('what is escalated', () => {
  it.each<[string, ClockEvent[], Date, Escalation[], string[]]>([
    ['nothing in time', [opened], at(8, 30), [], []],
    ['a response that nobody gave', [opened], at(8, 31), [], ['response']],
    ['not what was given late: it is over', [opened, event('started', at(9))], at(9, 1), [], []],
    ['a resolution, where somebody responded', [opened, started], at(12, 1), [], ['resolution']],
    ['both at once, after a worker was away', [opened], at(13), [], ['response', 'resolution']],
    ['not the same once more', [opened], at(9), before, []],
    ['but again once it was opened again', [opened, event('reopened', at(10))], at(10, 31), before, ['response']],
    [
      'not what waits for somebody else',
      [opened, started, event('waiting', at(9), { reason: 'customer', pausesClock: true })],
      at(20),
      [],
      [],
    ],
  ])('is %s', (_name, events, now, known, expected) => {
    expect(dueEscalations(clockOf(events, now), known).map(({ clock }) => clock)).toEqual(expected);
  });

  it('is nothing in maintenance, and later after it', () => {
    expect(dueEscalations(clockOf([opened], at(9), [[8, 10]]), [])).toEqual([]);
    expect(dueEscalations(clockOf([opened], at(10, 31), [[8, 10]]), [])).toMatchObject([{ dueAt: at(10, 30) }]);
  });
});

describe('a clock', () => {
  const waiting = event('waiting', at(9), { reason: 'customer', pausesClock: true });

  it.each<[string, ClockEvent[], Date, Date | null]>([
    ['at its due time', [opened], at(8, 25), new Date(at(8, 30).getTime() + 1)],
    ['soon, where that is far', [opened, started], at(9), at(9, 30)],
    ['soon, where it stands still', [opened, started, waiting], at(13), at(13, 10)],
    ['for its resolution, once nobody responded in time', [opened], at(9), at(9, 30)],
    ['no more, once all of it is overdue', [opened], at(13), null],
    ['no more, once it was taken in hand late and is overdue', [opened, event('started', at(9))], at(13), null],
    ['soon, where it was opened again', [opened, event('reopened', at(13))], at(13), at(13, 30)],
  ])('is looked at again %s', (_name, events, now, expected) => {
    expect(nextLookAt(clockOf(events, now), now)).toEqual(expected);
  });

  it('is looked at again after a maintenance in which it was overdue', () => {
    expect(nextLookAt(clockOf([opened], at(13), [[12, 14]]), at(13))).toEqual(at(13, 10));
  });
});
