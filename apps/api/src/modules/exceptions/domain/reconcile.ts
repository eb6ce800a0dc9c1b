import { groupFingerprint, messagePattern } from '@throughline/canonical';
import { afterAct, canApply, isOpen } from './life-cycle.js';
import { givenByRule, NO_STATEMENT, standingFollowing, standingOfNew } from './standing.js';
import { identityOf, type RatedProblem, type StoredException, type TimelineStep } from './stored-exception.js';
import { exceptionTitle, problemTitle } from './title.js';
import { WAITED_FOR } from './waiting-money.js';

/** A new exception; ids are given when it is written. */
export type OpenedException = {
  row: Omit<
    StoredException,
    'exceptionId' | 'groupId' | 'duplicateOf' | 'stateBeforeDuplicate' | 'isDuplicateByHand' | 'version'
  >;
  fingerprint: string;
  groupTitle: string;
  steps: TimelineStep[];
};

export type ChangedException = { before: StoredException; after: StoredException; steps: TimelineStep[] };

/** What has to be known of those that are closed. */
export type ClosedOnes = {
  /** Exceptions that a person closed as put right, so long ago that the facts should show it. */
  overdue?: ReadonlySet<string>;
  /** Identities of problems that are held back for now: they are not gone. */
  held?: ReadonlySet<string>;
};

export type Reconciliation = { opened: OpenedException[]; changed: ChangedException[] };

/**
 * Brings the exceptions of some subjects in line with what the facts show.
 *
 * Each exception belongs where its *first* subject is now (`redirects`: earlier object id → present one). Of those that share
 * subject, hop and signature the oldest lives and the others are its duplicates, until their subjects part again; so a merge, its
 * undoing and any order of arrival end alike. Whoever calls must hold the exceptions locked and give all of each subject.
 */
export function reconcile(
  existing: readonly StoredException[],
  problems: readonly RatedProblem[],
  redirects: ReadonlyMap<string, string>,
  now: Date,
  { overdue = new Set(), held = new Set() }: ClosedOnes = {},
): Reconciliation {
  const problemsByIdentity = new Map(problems.map((one) => [identityOf(one.objectId, one.hop, one.signature), one]));
  const families = new Map<string, StoredException[]>();
  for (const exception of existing) {
    const home = redirects.get(exception.firstObjectId) ?? exception.firstObjectId;
    const identity = identityOf(home, exception.hop, exception.signature);
    families.set(identity, [...(families.get(identity) ?? []), { ...exception, objectId: home }]);
  }
  const before = new Map(existing.map((exception) => [exception.exceptionId, exception]));
  const changed: ChangedException[] = [];
  for (const [identity, family] of families) {
    for (const { after, steps } of reconcileFamily(
      family,
      problemsByIdentity.get(identity) ?? (held.has(identity) ? 'held' : undefined),
      now,
      overdue,
    )) {
      const previous = before.get(after.exceptionId);
      if (previous !== undefined && (steps.length > 0 || isDifferent(previous, after))) {
        // how urgent it is moves with the clock and its neighbours: nobody who acts on it saw something else
        const isNews = steps.length > 0 || isDifferent(previous, after, movingOf(after));
        changed.push({ before: previous, after: { ...after, version: previous.version + (isNews ? 1 : 0) }, steps });
      }
    }
  }
  const opened = [...problemsByIdentity]
    .filter(([identity]) => !families.has(identity))
    .map(([, problem]) => open(problem));
  return { opened, changed };
}

type Followed = { after: StoredException; steps: TimelineStep[] };

function reconcileFamily(
  family: readonly StoredException[],
  problem: RatedProblem | 'held' | undefined,
  now: Date,
  overdue: ReadonlySet<string>,
): Followed[] {
  const [oldest, ...others] = [...family].sort(byPrecedence);
  if (oldest === undefined) {
    return [];
  }
  const isOverdue = overdue.has(oldest.exceptionId);
  return [
    follow(restore(oldest), problem, now, isOverdue),
    ...others.map((other) => becomeDuplicate(other, oldest.exceptionId)),
  ];
}

/**
 * Live ones first: who survived a merge stays so, although following the problem may move the time when it began. Then what a person
 * named a duplicate, which speaks for its problem until that occurs again; then by age.
 */
function byPrecedence(left: StoredException, right: StoredException): number {
  const rank = rankOf(left) - rankOf(right);
  if (rank !== 0) return rank;
  // of those named by a person several stay: the time of one of them moves, and must not change who speaks
  const age = rankOf(left) === NAMED ? 0 : left.openedAt.getTime() - right.openedAt.getTime();
  return age || (left.exceptionId < right.exceptionId ? -1 : 1);
}

const NAMED = 1;

function rankOf({ state, isDuplicateByHand }: StoredException): number {
  if (state !== 'DUPLICATE') return 0;
  return isDuplicateByHand ? NAMED : 2;
}

function restore(exception: StoredException): Followed {
  if (exception.state !== 'DUPLICATE' || exception.isDuplicateByHand) {
    return { after: exception, steps: [] };
  }
  const state = exception.stateBeforeDuplicate ?? 'OPEN';
  return {
    after: { ...exception, state, duplicateOf: null, stateBeforeDuplicate: null },
    steps: [{ kind: 'restored', details: { state } }],
  };
}

function becomeDuplicate(exception: StoredException, of: string): Followed {
  if (exception.isDuplicateByHand) {
    return { after: exception, steps: [] };
  }
  if (exception.state === 'DUPLICATE') {
    return { after: { ...exception, duplicateOf: of }, steps: [] };
  }
  const { state } = afterAct(exception.state, 'merge');
  return {
    after: { ...exception, state, duplicateOf: of, stateBeforeDuplicate: exception.state },
    steps: [{ kind: 'merged', details: { into: of, state: exception.state } }],
  };
}

/** Takes over counters and words of the problem and decides whether the exception ends or begins again. */
function follow(
  { after: exception, steps }: Followed,
  problem: RatedProblem | 'held' | undefined,
  now: Date,
  isOverdue: boolean,
): Followed {
  if (problem === 'held' && !isOpen(exception.state)) {
    return { after: exception, steps };
  }
  if (problem === undefined || problem === 'held') {
    // the failure is no longer among the facts, e.g. after mapping it again or an un-merge
    return canApply(exception.state, 'vanish')
      ? resolve(exception, steps, now, 'the problem is no longer among the facts')
      : { after: gone(exception, now), steps };
  }
  const counted =
    problem.occurrences > exception.occurrences
      ? [
          ...steps,
          { kind: 'occurred-again', details: { occurrences: problem.occurrences, occurredAt: problem.lastOccurredAt } },
        ]
      : steps;
  // what is over waits in no other queue than it did, and keeps the urgency that it had
  const told = { ...exception, ...wordsOf(problem) };
  if (problem.clearedAt !== null) {
    return canApply(exception.state, 'vanish')
      ? resolve(told, counted, problem.clearedAt, 'the step was overcome')
      : { after: gone(told, now), steps: counted };
  }
  const why = whyReopened(exception, problem, isOverdue);
  const isAgain = why !== null;
  if (!isAgain && !isOpen(exception.state)) {
    return { after: { ...told, goneAt: null }, steps: counted };
  }
  const { standing, steps: moves, given } = standingFollowing(exception, problem, isAgain);
  const current = { ...told, ...standing, ownerId: given.ownerId };
  const followed = [...counted, ...moves];
  return isAgain
    ? {
        after: {
          ...current,
          ...afterAct(exception.state, 'reopen'),
          resolvedAt: null,
          goneAt: null,
          reopenings: exception.reopenings + 1,
          duplicateOf: null,
          isDuplicateByHand: false,
        },
        steps: [
          ...followed,
          { kind: 'reopened', details: { occurredAt: problem.lastOccurredAt, why } },
          ...given.steps,
        ],
      }
    : { after: current, steps: [...followed, ...given.steps] };
}

/** Why an exception is open again: it failed later, what was gone is there again, or what was put right is still there. */
export type WhyReopened = 'failed-again' | 'there-again' | 'still-there';

/**
 * What the facts had resolved is open again as soon as the facts no longer show it overcome (their clearing is always later than
 * the last failure). What a person closed opens again by a failure that occurred after that; what is computed and never fails, a finding
 * or a time that passed, once it was gone and is there again, however long ago it began; and what was said to be put right, once that
 * should have been seen.
 */
function whyReopened(exception: StoredException, problem: RatedProblem, isOverdue: boolean): WhyReopened | null {
  if (isOpen(exception.state)) {
    return null;
  }
  if (isByFacts(exception) || exception.resolvedAt === null || problem.lastOccurredAt > exception.resolvedAt) {
    return 'failed-again';
  }
  const wasGone = exception.goneAt !== null && exception.goneAt !== undefined;
  if (problem.lastActivityId === null && wasGone) {
    return 'there-again';
  }
  return isOverdue ? 'still-there' : null;
}

function isByFacts({ resolution }: StoredException): boolean {
  return resolution === 'VANISHED' || resolution === 'VERIFIED_REQUEUE';
}

/** What the facts closed follows them anyway. */
function gone(exception: StoredException, now: Date): StoredException {
  const isAsBefore = isOpen(exception.state) || isByFacts(exception) || exception.goneAt;
  return isAsBefore ? exception : { ...exception, goneAt: now };
}

function resolve(exception: StoredException, steps: readonly TimelineStep[], at: Date, why: string): Followed {
  const after = { ...exception, ...afterAct(exception.state, 'vanish'), resolvedAt: at };
  return { after, steps: [...steps, { kind: 'resolved', details: { resolution: after.resolution, why } }] };
}

const STATE_OF_NEW = { state: 'OPEN', resolution: null } as const;

function open(problem: RatedProblem): OpenedException {
  const isCleared = problem.clearedAt !== null;
  const steps: TimelineStep[] = [
    {
      kind: 'opened',
      details: { occurredAt: problem.firstOccurredAt, occurrences: problem.occurrences, queue: problem.route.queue },
    },
  ];
  const given = isCleared ? { ownerId: null, steps: [] } : givenByRule(problem);
  steps.push(...given.steps);
  if (isCleared) {
    steps.push({ kind: 'resolved', details: { resolution: 'VANISHED', why: 'the step was overcome' } });
  }
  // assigned, not spread: a literal that takes many fields from several spreads costs ten times as much, and storms open very many
  const row = Object.assign(wordsOf(problem), NO_STATEMENT, standingOfNew(problem), {
    ownerId: given.ownerId,
    objectId: problem.objectId,
    firstObjectId: problem.objectId,
    hop: problem.hop,
    signature: problem.signature,
    taxonomy: problem.taxonomy,
    ...(isCleared ? afterAct('OPEN', 'vanish') : STATE_OF_NEW),
    resolvedAt: problem.clearedAt,
    reopenings: 0,
  });
  return {
    row,
    fingerprint: groupFingerprint(problem.taxonomy, problem.hop, problem.discriminators, patternOf(problem)),
    groupTitle: headlineOf(problem),
    steps,
  };
}

/** The part of an exception that follows its problem and subject. */
function wordsOf(problem: RatedProblem) {
  const { objectType, objectKey, legalEntity, counterparty, amount, currency, direction } = problem;
  return {
    objectType,
    objectKey,
    legalEntity,
    counterparty,
    amount,
    currency,
    direction,
    postingPeriod: problem.postingPeriod ?? null,
    dueOn: problem.dueOn ?? null,
    moneyPartId: problem.moneyPartId ?? null,
    moneyWholeId: problem.moneyWholeId ?? null,
    title: exceptionTitle(headlineOf(problem), { type: objectType, key: objectKey }),
    message: problem.message,
    integration: problem.integration,
    occurrences: problem.occurrences,
    openedAt: problem.firstOccurredAt,
    lastOccurredAt: problem.lastOccurredAt,
    lastActivityId: problem.lastActivityId,
  };
}

/** What a failed run says, without what is of its subject alone. What is computed (overdue, found) says nothing of its own. */
function patternOf({ integration, message, objectKey, counterparty }: RatedProblem): string {
  // a number is taken out as such, under whichever of its names the message calls it
  const names = [counterparty ?? '', /\d/.test(objectKey) ? '' : objectKey];
  return integration === '' ? '' : messagePattern(message, names);
}

function headlineOf(problem: RatedProblem): string {
  return problem.headline ?? problemTitle(problem.taxonomy, problem.discriminators);
}

const RATING = [
  'goneAt',
  'moneyPartId',
  'moneyWholeId',
  'reportingMinor',
  'isMoneyUnknown',
  'nextDueAt',
  'nextDueStep',
  'missedDueAt',
  'missedDueStep',
  'blocks',
  'statutory',
  'priorityPoints',
  'priorityBand',
] as const satisfies readonly (keyof StoredException)[];

/** The money of the documents that wait for something moves with each of them. */
const MONEY_OF_OTHERS = ['amount', 'currency', 'direction'] as const satisfies readonly (keyof StoredException)[];

/** What moves while nobody acts and nobody sees. */
const MOVING: ReadonlySet<string> = new Set(RATING);
const MOVING_OF_WAITED_FOR: ReadonlySet<string> = new Set([...RATING, ...MONEY_OF_OTHERS]);
const NOTHING: ReadonlySet<string> = new Set();

function movingOf({ objectType }: StoredException): ReadonlySet<string> {
  return WAITED_FOR.has(objectType) ? MOVING_OF_WAITED_FOR : MOVING;
}

/** Whether anything but the version and these fields differs. Compared as they are written: times are objects. */
function isDifferent(before: StoredException, after: StoredException, butFor: ReadonlySet<string> = NOTHING): boolean {
  const fields = Object.keys(after) as (keyof StoredException)[];
  return fields.some((field) => {
    if (field === 'version' || before[field] === after[field] || butFor.has(field)) return false;
    return JSON.stringify(before[field]) !== JSON.stringify(after[field]);
  });
}
