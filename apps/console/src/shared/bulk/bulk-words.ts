import type { BulkActState, BulkOutcome } from '../../gql/graphql.js';
import { moneyPhrases, type MoneyTotal } from '../format/money-words.js';
import { joinWords } from '../format/money.js';
import { count, countNumber } from '../format/words.js';
import type { Worded } from '../status/state-words.js';

const STATES: Readonly<Record<BulkActState, Worded>> = {
  FROZEN: { tone: 'waiting', word: 'About to begin' },
  RUNNING: { tone: 'info', word: 'Running' },
  PAUSED: { tone: 'waiting', word: 'Paused' },
  CANCELLED: { tone: 'unknown', word: 'Cancelled' },
  DONE: { tone: 'good', word: 'Done' },
  DONE_WITH_FAILURES: { tone: 'warning', word: 'Done, some failed' },
};

export function bulkState(state: BulkActState): Worded {
  return STATES[state];
}

/** Whether nothing more happens to it. */
export function isOver(state: BulkActState): boolean {
  return state === 'CANCELLED' || state === 'DONE' || state === 'DONE_WITH_FAILURES';
}

const OUTCOMES: Readonly<Record<BulkOutcome, Worded>> = {
  PENDING: { tone: 'waiting', word: 'Not reached' },
  DONE: { tone: 'good', word: 'Done' },
  ASSIGNED: { tone: 'good', word: 'Assigned where it was' },
  APPROVAL_ASKED: { tone: 'info', word: 'Waits for a second person' },
  ALREADY_SO: { tone: 'unknown', word: 'Was so already' },
  CHANGED: { tone: 'warning', word: 'Changed meanwhile' },
  CLOSED: { tone: 'unknown', word: 'Closed already' },
  IN_REQUEUE: { tone: 'info', word: 'Being sent again' },
  IN_APPROVAL: { tone: 'waiting', word: 'Awaits approval' },
  NOT_OF_QUEUE: { tone: 'warning', word: 'Not done in its queue' },
  ABOVE_LIMIT: { tone: 'warning', word: 'Above the limit of who approved' },
  DECIDED_OTHERWISE: { tone: 'unknown', word: 'Decided otherwise' },
  GONE: { tone: 'unknown', word: 'Not there any more' },
  REFUSED: { tone: 'critical', word: 'Refused' },
  FAILED: { tone: 'critical', word: 'Failed' },
};

export function bulkOutcome(outcome: BulkOutcome): Worded {
  return OUTCOMES[outcome];
}

/** Why exceptions are left out, as it stands behind their number: "3 are closed already". */
const LEFT_OUT: Readonly<Partial<Record<BulkOutcome, string>>> = {
  ALREADY_SO: 'so already',
  CHANGED: 'changed since you saw them',
  CLOSED: 'closed already',
  IN_REQUEUE: 'being sent again',
  IN_APPROVAL: 'waiting for approval',
  NOT_OF_QUEUE: 'in a queue where this is not done',
  GONE: 'not there any more',
};

export type OutcomeCount = { outcome: BulkOutcome; count: number };

function numberOf(counts: readonly OutcomeCount[], outcome: BulkOutcome): number {
  return counts.find((one) => one.outcome === outcome)?.count ?? 0;
}

/** "1,200 exceptions with EUR 1.2 m of inflow." */
export function selectionSentence(total: number, amounts: readonly MoneyTotal[]): string {
  const money = moneyPhrases(amounts);
  return `${count(total, 'exception')} with ${money.length === 0 ? 'no money at risk' : money.join(' and ')}.`;
}

/** "1,197 would be done, 2 would wait for a second person. Left out: 3 closed already." */
export function forecastSentence(forecast: readonly OutcomeCount[]): string {
  const done = numberOf(forecast, 'DONE');
  const asked = numberOf(forecast, 'APPROVAL_ASKED');
  const would = [
    `${countNumber(done)} would be done`,
    ...(asked > 0 ? [`${countNumber(asked)} would wait for a second person`] : []),
  ];
  const left = forecast.flatMap(({ outcome, count: number }) => {
    const why = LEFT_OUT[outcome];
    return why === undefined ? [] : [`${countNumber(number)} ${why}`];
  });
  return `${would.join(', ')}.${left.length === 0 ? '' : ` Left out: ${joinWords(left)}.`}`;
}

/** "640 of 1,200 looked at: 637 done, 3 changed meanwhile." */
export function progressSentence(act: { done: number; count: number; outcomes: readonly OutcomeCount[] }): string {
  const told = act.outcomes
    .filter(({ outcome }) => outcome !== 'PENDING')
    .map(({ outcome, count: number }) => `${countNumber(number)} ${OUTCOMES[outcome].word.toLowerCase()}`);
  const how = told.length === 0 ? '' : `: ${joinWords(told)}`;
  return `${countNumber(act.done)} of ${countNumber(act.count)} looked at${how}.`;
}

/** The first characters of a hash are enough to compare two by eye. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12);
}
