import { RESOLUTIONS } from './life-cycle.js';

/** How an exception came to its end: resolved in one of these ways, or closed without correction. */
export const FIX_WAYS = [...RESOLUTIONS, 'ACCEPTED'] as const;

export type FixWay = (typeof FIX_WAYS)[number];

/** What people did on the way to an end. */
export const FIX_ACTS = ['SENT_AGAIN', 'STEP_DONE', 'MOVED', 'WAITED'] as const;

export type FixAct = (typeof FIX_ACTS)[number];

/** What became of an end; nothing can be said of it before it is old enough. */
export const FIX_VERDICTS = ['STAYED', 'CAME_AGAIN', 'TOO_EARLY'] as const;

export type FixVerdict = (typeof FIX_VERDICTS)[number];

/** So long a problem has to stay away to count as solved. */
export const STAYS_SOLVED_DAYS = 30;

const STAYS_SOLVED_MS = STAYS_SOLVED_DAYS * 86_400_000;

/** Events of a timeline that a story of solving is told by. */
export const FIX_EVENTS = [
  'resolved',
  'requeue-verified',
  'requeue-proved',
  'requeue-overtaken',
  'compensation-verified',
  'compensation-overtaken',
  'accepted',
  'reopened',
  'marked-duplicate',
  'merged',
  'commented',
  'requeue-requested',
  'requeue-approved',
  'requeue-break-glass',
  'step-done',
  'moved',
  'waiting',
] as const;

export type PastEvent = {
  kind: string;
  at: Date;
  actorName: string;
  /** Null = the system. */
  personId: string | null;
  details: Readonly<Record<string, unknown>>;
};

export type PastException = { exceptionId: string; objectType: string; objectKey: string; openedAt: Date };

export type ActDone = { act: FixAct; /** Which step, which queue; null = there is but one. */ what: string | null };

/** One end of an exception, which may have had several. */
export type Ending = Omit<PastException, 'openedAt'> & {
  way: FixWay;
  startedAt: Date;
  endedAt: Date;
  byName: string;
  isByPerson: boolean;
  /** What was said of the end, else the last note on the way to it. */
  note: string | null;
  acts: ActDone[];
  cameAgainAt: Date | null;
};

/** The latest end of one that is over; null = it was over, and is open again. */
export type Over = { resolvedAt: Date | null };

/**
 * The latest past cases, and whether there were more. What is open again has no latest end to be sorted by: all of it is kept, with
 * `since` as the moment from which its ends count beside those of the others. Left out, every fix would look as if it had lasted.
 */
export function latestCases<C extends Over>(
  cases: readonly C[],
  most: number,
): { kept: C[]; since: Date | null; isCut: boolean } {
  const over = cases.flatMap((one) => (one.resolvedAt === null ? [] : [{ one, at: one.resolvedAt }]));
  const again = cases.filter(({ resolvedAt }) => resolvedAt === null);
  const latest = over.toSorted((left, right) => right.at.getTime() - left.at.getTime()).slice(0, most);
  const isCut = over.length > most;
  return {
    kept: [...latest.map(({ one }) => one), ...again],
    since: isCut ? (latest.at(-1)?.at ?? null) : null,
    isCut,
  };
}

/** The ends of an exception, from its timeline in order. Being found a duplicate is no end of a problem. */
export function endingsOf({ openedAt, ...exception }: PastException, events: readonly PastEvent[]): Ending[] {
  const endings: Ending[] = [];
  let spell: { startedAt: Date; acts: ActDone[]; note: string | null } | null = begun(openedAt);
  for (const event of events) {
    const way = wayOf(event);
    if (event.kind === 'reopened') {
      const last = endings.at(-1);
      if (spell === null && last !== undefined) last.cameAgainAt ??= event.at;
      spell ??= begun(event.at);
    } else if (spell === null) {
      continue;
    } else if (event.kind === 'marked-duplicate' || event.kind === 'merged') {
      // whoever works on the other one solves it
      spell = { ...spell, acts: [] };
    } else if (way !== null) {
      const { startedAt, acts, note } = spell;
      endings.push({
        ...exception,
        ...{ way, startedAt, endedAt: event.at, acts, cameAgainAt: null },
        byName: event.actorName,
        isByPerson: event.personId !== null,
        note: textOf(event, 'note') ?? textOf(event, 'comment') ?? note,
      });
      spell = null;
    } else {
      spell = told(spell, event);
    }
  }
  return endings;
}

function begun(startedAt: Date): { startedAt: Date; acts: ActDone[]; note: string | null } {
  return { startedAt, acts: [], note: null };
}

function told<S extends { acts: ActDone[]; note: string | null }>(spell: S, event: PastEvent): S {
  if (event.kind === 'commented') return { ...spell, note: textOf(event, 'text') ?? spell.note };
  const done = actOf(event);
  const isKnown = spell.acts.some(({ act, what }) => act === done?.act && what === done.what);
  return done === null || isKnown ? spell : { ...spell, acts: [...spell.acts, done] };
}

function wayOf(event: PastEvent): FixWay | null {
  switch (event.kind) {
    case 'requeue-verified':
      return 'VERIFIED_REQUEUE';
    case 'requeue-proved':
      return 'PROVED_BY_PERSON';
    case 'requeue-overtaken':
      return 'VANISHED';
    case 'compensation-verified':
    case 'compensation-overtaken':
      return 'COMPENSATED';
    case 'accepted':
      return 'ACCEPTED';
    case 'resolved':
      return FIX_WAYS.find((way) => way === event.details['resolution']) ?? null;
    default:
      return null;
  }
}

/** What a person did; where a rule moved it, nobody did. */
function actOf(event: PastEvent): ActDone | null {
  if (event.personId === null) return null;
  switch (event.kind) {
    case 'requeue-requested':
    // where it takes an approval, asking alone sends nothing
    case 'requeue-approved':
    case 'requeue-break-glass':
      // what was undone was not sent again
      return event.details['action'] === undefined ? { act: 'SENT_AGAIN', what: null } : null;
    case 'step-done':
      return { act: 'STEP_DONE', what: textOf(event, 'step') };
    case 'moved':
      return { act: 'MOVED', what: textOf(event, 'to') };
    case 'waiting':
      return { act: 'WAITED', what: textOf(event, 'reason') };
    default:
      return null;
  }
}

function textOf({ details }: PastEvent, name: string): string | null {
  const value = details[name];
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Whether an end lasted, as far as can be said at `now`. */
export function verdictOf({ endedAt, cameAgainAt }: Pick<Ending, 'endedAt' | 'cameAgainAt'>, now: Date): FixVerdict {
  const until = endedAt.getTime() + STAYS_SOLVED_MS;
  if (cameAgainAt !== null && cameAgainAt.getTime() < until) return 'CAME_AGAIN';
  return now.getTime() >= until || cameAgainAt !== null ? 'STAYED' : 'TOO_EARLY';
}

/** How many ends, and what became of them. Shares are for whoever reads it: of few cases there is none. */
export type Tally = { endings: number; stayed: number; cameAgain: number; tooEarly: number };

export function tallyOf(endings: readonly Ending[], now: Date): Tally {
  const verdicts = endings.map((ending) => verdictOf(ending, now));
  const of = (verdict: FixVerdict) => verdicts.filter((one) => one === verdict).length;
  return { endings: endings.length, stayed: of('STAYED'), cameAgain: of('CAME_AGAIN'), tooEarly: of('TOO_EARLY') };
}

/** Median of durations in ms, of an even number the mean of the middle two; null = of nothing. */
export function medianMs(durations: readonly number[]): number | null {
  if (durations.length === 0) return null;
  const sorted = durations.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const [lower = 0, upper = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return Math.round((lower + upper) / 2);
}

export type FixSummary = Tally & {
  medianMs: number | null;
  ways: (Tally & { way: FixWay; medianMs: number | null })[];
  acts: (Tally & ActDone)[];
  latest: Ending[];
};

const MOST_ACTS = 8;
const MOST_LATEST = 5;

/** What solved a problem before: ways and acts the most frequent first, and the latest ends. */
export function summarizeFixes(endings: readonly Ending[], now: Date): FixSummary {
  const ways = FIX_WAYS.map((way) => ({ way, of: endings.filter((ending) => ending.way === way) }))
    .filter(({ of }) => of.length > 0)
    .map(({ way, of }) => ({ way, ...tallyOf(of, now), medianMs: medianMs(of.map(durationOf)) }));
  const acts = actsOf(endings).map((done) => ({
    ...done,
    ...tallyOf(
      endings.filter((ending) => ending.acts.some(({ act, what }) => act === done.act && what === done.what)),
      now,
    ),
  }));
  return {
    ...tallyOf(endings, now),
    medianMs: medianMs(endings.map(durationOf)),
    ways: ways.toSorted(byEndings),
    acts: acts.toSorted(byEndings).slice(0, MOST_ACTS),
    latest: endings.toSorted((left, right) => right.endedAt.getTime() - left.endedAt.getTime()).slice(0, MOST_LATEST),
  };
}

function actsOf(endings: readonly Ending[]): ActDone[] {
  const all = endings.flatMap(({ acts }) => acts);
  return [...new Map(all.map((done) => [JSON.stringify([done.act, done.what]), done])).values()];
}

function byEndings(left: Tally, right: Tally): number {
  return right.endings - left.endings;
}

/** What the clock ran from the first failure, or from coming again, to the end; never less than nothing. */
function durationOf({ startedAt, endedAt }: Ending): number {
  return Math.max(0, endedAt.getTime() - startedAt.getTime());
}

/** How close past cases are: of the same group, of the same problem at the same step, of the same problem anywhere. */
export const FIX_SCOPES = ['GROUP', 'STEP', 'PROBLEM'] as const;

export type FixScope = (typeof FIX_SCOPES)[number];

/** Of so many ends the closest cases tell enough by themselves. */
const ENOUGH_ENDINGS = 10;

/** The scopes to tell of: the closest that knows anything, and wider ones as long as little is known and they know more. */
export function scopesToTell(endings: Readonly<Record<FixScope, readonly Ending[]>>): FixScope[] {
  const scopes: FixScope[] = [];
  let known = 0;
  for (const scope of FIX_SCOPES) {
    const { length } = endings[scope];
    if (length > known && known < ENOUGH_ENDINGS) {
      scopes.push(scope);
      known = length;
    }
  }
  return scopes;
}
