import type { CompensationItem } from './compensation-plan.js';

/** What of an item is frozen with its request: the money effect and the posting date. */
export type FrozenCompensation = {
  documentKey: string;
  /** Decimal text with the sign turned; null = not known. */
  amount: string | null;
  currency: string | null;
  postingOn: string | null;
};

/** What of a frozen item is otherwise by now, in words; null = nothing that whoever decides has not seen. */
export function changedCompensation(
  frozen: FrozenCompensation,
  now: Pick<CompensationItem, 'willSend' | 'reason' | 'postingDate'> & Pick<FrozenCompensation, 'amount' | 'currency'>,
): string | null {
  const { documentKey } = frozen;
  if (!now.willSend) return `${documentKey}: ${lower(now.reason ?? 'it cannot be undone any more')}`;
  if (moneyWords(frozen) !== moneyWords(now)) {
    return `the money effect of ${documentKey} was ${moneyWords(frozen)} and is ${moneyWords(now)}`;
  }
  const postingOn = 'on' in now.postingDate ? now.postingDate.on : null;
  return isSamePeriod(postingOn, frozen.postingOn)
    ? null
    : `${documentKey} was to be posted on ${frozen.postingOn ?? 'a date of the target'} and would be on ${postingOn ?? 'one of the target'}`;
}

/** What was to be posted on the day it was asked for is posted in the period that would be chosen now, on whatever day of it. */
function isSamePeriod(one: string | null, other: string | null): boolean {
  return one?.slice(0, 7) === other?.slice(0, 7);
}

function moneyWords({ amount, currency }: Pick<FrozenCompensation, 'amount' | 'currency'>): string {
  return amount === null || currency === null ? 'not known' : `${currency} ${amount}`;
}

function lower(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
}
