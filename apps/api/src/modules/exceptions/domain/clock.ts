import {
  addBusinessDuration,
  businessMsBetween,
  durationMs,
  type BusinessCalendar,
  type Stretch,
} from '@throughline/sla';
import { heldPauses, heldStretches, pausesBeside, type Maintenance } from './clock-maintenance.js';
import { waitReason } from './declared-reasons.js';
import type { PriorityBand } from './priority.js';

/** Open time until somebody has it in hand, and until it is over. */
export type ClockTargets = { response: string; resolution: string };

/** Where a queue has none of its own. */
export const CLOCK_TARGETS: Readonly<Record<PriorityBand, ClockTargets>> = {
  P1: { response: 'PT30M', resolution: 'PT4H' },
  P2: { response: 'PT1H', resolution: 'PT8H' },
  P3: { response: 'PT4H', resolution: 'PT24H' },
  P4: { response: 'PT8H', resolution: 'PT72H' },
};

/** A step of the timeline, oldest first. */
export type ClockEvent = { at: Date; kind: string; actorName: string; details: Readonly<Record<string, unknown>> };

export type ClockSubject = {
  openedAt: Date;
  resolvedAt: Date | null;
  events: readonly ClockEvent[];
  /** Of its queue; left out = those shipped. */
  targets?: ClockTargets;
};

export type ClockTarget = {
  target: string;
  /** Moves on while the clock is stopped. */
  dueAt: Date;
  metAt: Date | null;
  state: 'running' | 'paused' | 'met' | 'late' | 'missed';
};

export type Pause = { reason: string; byName: string; from: Date; to: Date | null };

/** Who has it in a maintenance, whoever has it otherwise. */
export const MAINTENANCE_HOLDER = 'Maintenance';

/** Open time that somebody had it, without and with the clock stopped; null = nobody. */
export type HolderTime = { holder: string | null; countedMs: number; pausedMs: number };

export type ExceptionClock = {
  band: PriorityBand;
  startedAt: Date;
  endedAt: Date | null;
  response: ClockTarget;
  resolution: ClockTarget;
  /** Open time that counts. */
  countedMs: number;
  /** Open time that the clock was stopped. */
  pausedMs: number;
  /** Time on the wall, closed hours and pauses included. */
  grossMs: number;
  pauses: Pause[];
  holders: HolderTime[];
};

/** Acts by which somebody has it in hand. A note and a snooze are none. */
const RESPONSES: ReadonlySet<string> = new Set([
  'started',
  'waiting',
  'requeue-requested',
  'requeue-approval-requested',
  'resolved',
  'accepted',
  'acceptance-requested',
  'marked-duplicate',
]);

/** Steps after which it waits no longer. */
const ENDS_OF_WAIT: ReadonlySet<string> = new Set([
  ...RESPONSES,
  'wait-over',
  'put-back',
  'reopened',
  'merged',
  'restored',
]);

/**
 * The clock of an exception, from its timeline alone. It begins when the exception was opened, or last opened again: earlier nobody
 * could know. Only waiting for what is not in our hands stops it.
 */
export function exceptionClock(
  subject: ClockSubject,
  band: PriorityBand,
  calendar: BusinessCalendar,
  now: Date,
  maintenance: readonly Maintenance[] = [],
): ExceptionClock {
  const begin = subject.events.findLast(({ kind }) => kind === 'reopened' || kind === 'opened');
  const startedAt = begin?.at ?? subject.openedAt;
  // what was overcome before it was even opened took no time
  const endedAt = subject.resolvedAt === null ? null : later(subject.resolvedAt, startedAt);
  const until = later(endedAt ?? now, startedAt);
  const events = subject.events.filter(({ at }) => at >= startedAt && at <= until);
  const held = heldStretches(maintenance, { from: startedAt.getTime(), to: until.getTime() });
  const waits = pausesOf(events, endedAt);
  const pauses = [
    ...heldPauses(held, maintenance, endedAt === null ? until : null),
    ...pausesBeside(held, waits, until),
  ];
  const openMs = (from: Date, to: Date) => businessMsBetween(calendar, from.toISOString(), to.toISOString());
  const pausedMs = sum(pauses.map(({ from, to }) => openMs(from, to ?? until)));
  const respondedAt = events.find(isResponse)?.at ?? endedAt;
  const heldBeforeResponse = sum(held.map((stretch) => within(stretch, startedAt, respondedAt ?? until, openMs)));
  const isHeld = endedAt === null && maintenance.some(({ from, to }) => from <= now.getTime() && now.getTime() < to);
  const targets = subject.targets ?? CLOCK_TARGETS[band];
  const dueAt = (target: string, more: number) =>
    new Date(addBusinessDuration(calendar, startedAt.toISOString(), asDuration(durationMs(target) + more)));
  return {
    band,
    startedAt,
    endedAt,
    response: standing(targets.response, dueAt(targets.response, heldBeforeResponse), respondedAt, {
      now,
      isPaused: isHeld,
    }),
    resolution: standing(targets.resolution, dueAt(targets.resolution, pausedMs), endedAt, {
      now,
      isPaused: isHeld || pauses.some(({ to }) => to === null),
    }),
    countedMs: openMs(startedAt, until) - pausedMs,
    pausedMs,
    grossMs: until.getTime() - startedAt.getTime(),
    pauses: [...pauses].sort((left, right) => left.from.getTime() - right.from.getTime()),
    holders: holdersOf(heldBefore(subject.events, startedAt), events, { pauses, held }, { startedAt, until, openMs }),
  };
}

function standing(
  target: string,
  dueAt: Date,
  metAt: Date | null,
  { now, isPaused }: { now: Date; isPaused: boolean },
): ClockTarget {
  if (metAt !== null) {
    return { target, dueAt, metAt, state: metAt <= dueAt ? 'met' : 'missed' };
  }
  return { target, dueAt, metAt, state: isPaused ? 'paused' : now > dueAt ? 'late' : 'running' };
}

function isResponse({ kind, details }: ClockEvent): boolean {
  if (RESPONSES.has(kind)) return true;
  // a rule gives it to somebody the moment it opens: nobody has looked at it by then
  return kind === 'assigned' && typeof details['ownerName'] === 'string' && details['rule'] === undefined;
}

function pausesOf(events: readonly ClockEvent[], endedAt: Date | null): Pause[] {
  const pauses: Pause[] = [];
  let open: Pause | null = null;
  for (const { kind, at, actorName, details } of events) {
    if (open !== null && ENDS_OF_WAIT.has(kind)) {
      open.to = at;
      open = null;
    }
    if (kind === 'waiting' && details['pausesClock'] === true) {
      open = { reason: titleOf(details['reason']), byName: actorName, from: at, to: null };
      pauses.push(open);
    }
  }
  if (open !== null && endedAt !== null) {
    open.to = endedAt;
  }
  return pauses;
}

function titleOf(code: unknown): string {
  return typeof code === 'string' ? (waitReason(code)?.title ?? code) : '';
}

/** Who has it from this step on; undefined = as before. */
function holderAfter({ kind, details }: ClockEvent): string | null | undefined {
  const name = typeof details['ownerName'] === 'string' ? details['ownerName'] : null;
  switch (kind) {
    case 'assigned':
      return name;
    case 'put-back':
      return null;
    case 'started':
      return name ?? undefined;
    case 'moved':
      // by a person it lies in another queue's hands; rules move only what nobody has
      return details['ownerName'] === null ? null : undefined;
    default:
      return undefined;
  }
}

function heldBefore(events: readonly ClockEvent[], startedAt: Date): string | null {
  const changes = events.filter(({ at }) => at < startedAt).map(holderAfter);
  return changes.findLast((holder) => holder !== undefined) ?? null;
}

type Span = { startedAt: Date; until: Date; openMs: (from: Date, to: Date) => number };

function holdersOf(
  first: string | null,
  events: readonly ClockEvent[],
  { pauses, held }: { pauses: readonly Pause[]; held: readonly Stretch[] },
  { startedAt, until, openMs }: Span,
): HolderTime[] {
  const turns: { holder: string | null; from: Date }[] = [{ holder: first, from: startedAt }];
  for (const event of events) {
    const holder = holderAfter(event);
    if (holder !== undefined) {
      turns.push({ holder, from: event.at });
    }
  }
  const times = new Map<string | null, HolderTime>();
  turns.forEach(({ holder, from }, index) => {
    const to = turns[index + 1]?.from ?? until;
    const inMaintenance = sum(held.map((stretch) => within(stretch, from, to, openMs)));
    const paused = sum(
      pauses.map((pause) => {
        const [start, end] = [later(pause.from, from), earlier(pause.to ?? until, to)];
        return start < end ? openMs(start, end) : 0;
      }),
    );
    add(holder, { countedMs: openMs(from, to) - paused, pausedMs: paused - inMaintenance });
    add(MAINTENANCE_HOLDER, { countedMs: 0, pausedMs: inMaintenance });
  });
  return [...times.values()].filter(({ countedMs, pausedMs }) => countedMs > 0 || pausedMs > 0);

  function add(holder: string | null, { countedMs, pausedMs }: Omit<HolderTime, 'holder'>): void {
    const known = times.get(holder) ?? { holder, countedMs: 0, pausedMs: 0 };
    times.set(holder, {
      holder,
      countedMs: known.countedMs + countedMs,
      pausedMs: known.pausedMs + pausedMs,
    });
  }
}

function within(stretch: Stretch, from: Date, to: Date, openMs: Span['openMs']): number {
  const [start, end] = [later(new Date(stretch.from), from), earlier(new Date(stretch.to), to)];
  return start < end ? openMs(start, end) : 0;
}

function asDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  return `PT${Math.floor(seconds / 3_600)}H${seconds % 3_600}S`;
}

function later(left: Date, right: Date): Date {
  return left > right ? left : right;
}

function earlier(left: Date, right: Date): Date {
  return left < right ? left : right;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
