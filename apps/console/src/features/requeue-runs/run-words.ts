import type { RequeueAttemptState, RequeueRequestState } from '../../gql/graphql.js';
import { joinWords } from '../../shared/format/money.js';
import { clockTime } from '../../shared/format/time.js';
import { count, countNumber } from '../../shared/format/words.js';
import { requestState, type Worded } from '../../shared/status/state-words.js';
import type { RequestFull, RunFull, RunRow } from './runs-documents.js';

const UNDER_WAY: readonly RequeueRequestState[] = ['SENDING', 'PAUSED', 'STOPPED'];

/** Whether something of it may still go out. */
export function isUnderWay(state: RequeueRequestState): boolean {
  return UNDER_WAY.includes(state);
}

const PLANS: readonly RequeueRequestState[] = ['PLANNING', 'PLANNED', 'FREEZING'];

/** Whether it is a plan that nobody has asked for yet, or is just being written. */
export function isPlan(state: RequeueRequestState): boolean {
  return PLANS.includes(state);
}

const NEVER_SENT: readonly RequeueRequestState[] = [
  ...PLANS,
  'PENDING_APPROVAL',
  'APPROVING',
  'CLOSING',
  'REJECTED',
  'EXPIRED',
  'WITHDRAWN',
];

/** Whether nothing of it went out, because nobody has approved it. */
export function isUnapproved(state: RequeueRequestState): boolean {
  return NEVER_SENT.includes(state);
}

/** Whether somebody was asked to approve what was not sent; of a plan only once it is written. */
export function wasApprovalAsked({ run: { state }, plan }: Pick<RequestFull, 'run' | 'plan'>): boolean {
  if (isPlan(state)) return false;
  return isUnapproved(state) && (!plan || plan.frozen > 0);
}

type Counts = readonly { state: RequeueAttemptState; count: number }[];

/** What became of those that went out, in the order in which it is told. */
const OUTCOMES: readonly [RequeueAttemptState, string][] = [
  ['VERIFIED', 'verified'],
  ['ACKNOWLEDGED', 'taken'],
  ['UNKNOWN', 'without an answer'],
  ['FAILED', 'failed again'],
  ['REFUSED', 'refused'],
  ['CANCELLED', 'cancelled'],
];

const NOT_GONE_OUT: readonly RequeueAttemptState[] = ['QUEUED', 'SENDING', 'CANCELLED'];

/** How many went out and came to some end. */
export function goneOut(outcomes: Counts): number {
  return outcomes.reduce((sum, one) => (NOT_GONE_OUT.includes(one.state) ? sum : sum + one.count), 0);
}

/** "sent again"; "to be sent again"; "to be sent again, cancelled". */
export function sentWords(done: string, { state, outcomes }: Pick<RunFull, 'state' | 'outcomes'>): string {
  if (isUnapproved(state)) return `to be ${done}`;
  const isNoneSent = goneOut(outcomes) === 0 && !outcomes.some((one) => one.state === 'SENDING');
  return state === 'CANCELLED' && isNoneSent ? `to be ${done}, cancelled` : done;
}

/** "640 of 1,200 sent: 630 verified and 10 refused." */
export function progressSentence(items: number, { state, outcomes }: Pick<RunFull, 'state' | 'outcomes'>): string {
  if (isUnapproved(state)) return `None of ${countNumber(items)} sent.`;
  const told = OUTCOMES.flatMap(([state, word]) => {
    const number = outcomes.find((one) => one.state === state)?.count ?? 0;
    return number === 0 ? [] : [`${countNumber(number)} ${word}`];
  });
  const how = told.length === 0 ? '' : `: ${joinWords(told)}`;
  return `${countNumber(goneOut(outcomes))} of ${countNumber(items)} sent${how}.`;
}

/** Where the first ones stand, and what holds for the rest. */
export function canarySentence({ limits, canaryState, proved }: RunFull): string {
  if (!limits || limits.canary === 0) return 'Without a canary.';
  const proof = limits.canaryProof === 'VERIFIED' ? 'verified downstream' : 'taken by the target';
  switch (canaryState) {
    case 'passed':
      return `The first ${limits.canary} are ${proof}: the rest goes.`;
    case 'failed':
      return `Of the first ${limits.canary} not all are ${proof}: the rest does not go.`;
    default:
      return `${proved} of the first ${limits.canary} are ${proof}; the rest waits for them.`;
  }
}

/** Where a run is: one of which some failed is over, and not good; one of which some are not proved is not over. */
export function runState({ state, outcomes, unproved }: Pick<RunFull, 'state' | 'outcomes' | 'unproved'>): Worded {
  const known = requestState(state);
  if (state !== 'FINISHED') return known;
  const sum = (states: readonly RequeueAttemptState[]) =>
    outcomes.reduce((all, one) => (states.includes(one.state) ? all + one.count : all), 0);
  const failed = sum(['FAILED', 'REFUSED']);
  const told = [
    ...(failed > 0 ? [`${countNumber(failed)} failed`] : []),
    ...(unproved > 0 ? [`${countNumber(unproved)} not proved yet`] : []),
  ];
  if (told.length === 0) return known;
  const tone = failed > 0 ? 'critical' : sum(['UNKNOWN']) > 0 ? 'warning' : 'waiting';
  return { tone, word: `Sent, ${told.join(', ')}` };
}

/** Why a target is not sent to now; undefined = it is. */
export function targetSentence(target: RunFull['targets'][number], now: Date): string | undefined {
  const { integration, failures, pausedUntil, reason } = target;
  if (pausedUntil === null || new Date(pausedUntil) <= now) return undefined;
  const why = reason ? ` (${reason})` : '';
  return `${integration} was not reached ${failures} times in a row${why}. It is tried again at ${clockTime(pausedUntil, undefined, true)}.`;
}

/** The sentence of the page. */
export function runsAnswer(rows: readonly Pick<RunRow, 'items' | 'run'>[]): string {
  if (rows.length === 0) return 'Nothing was sent again yet.';
  const open = rows.filter(({ run }) => isUnderWay(run.state));
  const left = open.reduce((sum, { items, run }) => sum + items - goneOut(run.outcomes), 0);
  const stopped = open.filter(({ run }) => run.state === 'STOPPED').length;
  if (open.length === 0) return 'Nothing is being sent; what was sent is listed here.';
  const halted = stopped === 0 ? '' : ` ${count(stopped, 'run')} stopped by itself.`;
  return `${count(open.length, 'run')} under way, with ${count(left, 'item')} left.${halted}`;
}
