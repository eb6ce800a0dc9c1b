import { formatAmount } from '@throughline/canonical';
import { isOtherMoney, type StoredException } from '../../../exceptions/index.js';
import { NOTHING_SINCE, whyNoMore, type SinceFailure } from '../../domain/left-out.js';

/** What of an exception is frozen with a request. */
export type FrozenItem = {
  exceptionId: string;
  objectKey: string;
  amount: string | null;
  currency: string | null;
  occurrences: number;
};

/** What is no longer as it was frozen: the money of a document, or it failed again meanwhile. */
export function changesSince(
  frozen: readonly FrozenItem[],
  current: readonly (FrozenItem & { objectType?: string })[],
): string[] {
  const now = new Map(current.map((one) => [one.exceptionId, one]));
  return frozen.flatMap((item) => {
    const one = now.get(item.exceptionId);
    if (one === undefined) return [];
    if (isOtherMoney(item, one)) {
      return [`the money at risk of ${item.objectKey} was ${moneyWords(item)} and is ${moneyWords(one)}`];
    }
    return one.occurrences > item.occurrences ? [`${item.objectKey} failed again`] : [];
  });
}

/** What the plan would leave out by now, in words, whatever was asked for in spite of then. */
export function whatHappened(
  exceptions: readonly Pick<StoredException, 'exceptionId' | 'objectKey' | 'queue'>[],
  since: ReadonlyMap<string, SinceFailure>,
): string[] {
  return exceptions.flatMap((one) => {
    const why = whyNoMore(one, since.get(one.exceptionId) ?? NOTHING_SINCE)?.reason;
    return why === undefined
      ? []
      : [`${one.objectKey}: ${why.charAt(0).toLowerCase()}${why.slice(1).replace(/\.$/, '')}`];
  });
}

function moneyWords({ amount, currency }: FrozenItem): string {
  return amount === null || currency === null ? 'none' : `${currency} ${formatAmount(amount, currency)}`;
}
