import { compareMoney, type Money } from '@throughline/canonical';
import { REPORTING_CURRENCY } from './priority.js';
import type { StoredException } from './stored-exception.js';

/** Money at risk that one person may close without correction; above it a second one decides. In the reporting currency. */
export const ACCEPTANCE_LIMIT: Money = { amount: '1000.00', currency: REPORTING_CURRENCY };

/** What an acceptance was asked for on; frozen then. */
export type FrozenRequest = Pick<StoredException, 'title' | 'amount' | 'currency' | 'occurrences'>;

/**
 * Whether a second person decides. `converted` is the money at risk in the currency of the limit: undefined = no rate is known, and
 * what cannot be compared is over the limit; null = no money is at risk.
 */
export function needsApproval(converted: Money | null | undefined, limit: Money): boolean {
  if (converted === undefined) {
    return true;
  }
  return converted !== null && compareMoney(converted, limit) > 0;
}

/** What of the exception is no longer as it was when the acceptance was asked for; empty = nothing that matters. */
export function changedSince(frozen: FrozenRequest, current: FrozenRequest): string[] {
  const changes: string[] = [];
  if (frozen.amount !== current.amount || frozen.currency !== current.currency) {
    changes.push(`the money at risk was ${moneyWords(frozen)} and is ${moneyWords(current)}`);
  }
  if (current.occurrences > frozen.occurrences) {
    changes.push(
      `it failed ${current.occurrences - frozen.occurrences} more time${current.occurrences - frozen.occurrences === 1 ? '' : 's'}`,
    );
  }
  return changes;
}

function moneyWords({ amount, currency }: FrozenRequest): string {
  return amount === null || currency === null ? 'none' : `${currency} ${amount}`;
}
