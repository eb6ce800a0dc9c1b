import type { RequestAction } from '@throughline/contracts';
import type { Act } from '../../exceptions/index.js';
import { IN_FLIGHT_MS, type AttemptState } from './attempt.js';

/** What a person found when looking at the target: it did what was asked, or it did not and will not. */
export const VERDICTS = ['APPLIED', 'NOT_APPLIED'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** How an attempt ends by the word of a person. */
export const SETTLEMENTS = [
  { verdict: 'APPLIED', from: ['UNKNOWN', 'ACKNOWLEDGED'], to: 'VERIFIED', act: 'requeue-proved' },
  { verdict: 'NOT_APPLIED', from: ['UNKNOWN', 'ACKNOWLEDGED'], to: 'REFUSED', act: 'requeue-not-applied' },
] as const satisfies readonly { verdict: Verdict; from: readonly AttemptState[]; to: AttemptState; act: Act }[];

export type Settlement = (typeof SETTLEMENTS)[number];

/** What is looked at before a person's word counts. */
export type ToSettle = {
  state: AttemptState;
  isFinished: boolean;
  sentAt: Date | null;
  verifyBy: Date | null;
  makerId: string;
};

export type SettleRefusal = { code: 'NOT_POSSIBLE_NOW' | 'SAME_PERSON'; message: string };

/**
 * How the attempt ends, or why it does not. A second person says so, and only of what nothing else tells any more: what may be on its
 * way is not there yet, and what the target took has its time to be seen.
 */
export function settle(
  { state, isFinished, sentAt, verifyBy, makerId }: ToSettle,
  { verdict, personId, now }: { verdict: Verdict; personId: string; now: Date },
): Settlement | SettleRefusal {
  const settlement = SETTLEMENTS.find((one) => one.verdict === verdict && isOneOf(one.from, state));
  if (settlement === undefined || isFinished) return notNow('It waits for no word of a person: see what became of it.');
  if (personId === makerId) {
    return { code: 'SAME_PERSON', message: 'Whoever asked for it does not settle it: a second person does.' };
  }
  const isOnItsWay = sentAt !== null && sentAt.getTime() + IN_FLIGHT_MS > now.getTime();
  if (state === 'UNKNOWN' && isOnItsWay) return notNow('It may still be on its way: look again in half a minute.');
  if (state === 'ACKNOWLEDGED' && (verifyBy === null || verifyBy > now)) {
    const until = verifyBy === null ? '' : ` until ${verifyBy.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    return notNow(`The target took it, and its outcome has time to be seen${until}.`);
  }
  return settlement;
}

/** That somebody was told of a problem solves nothing, whoever says that it was taken. */
export function actOfSettlement({ verdict, act }: Settlement, action: RequestAction): Act {
  return action === 'notify' && verdict === 'APPLIED' ? 'notified' : act;
}

function notNow(message: string): SettleRefusal {
  return { code: 'NOT_POSSIBLE_NOW', message };
}

function isOneOf(states: readonly AttemptState[], state: AttemptState): boolean {
  return states.includes(state);
}
