import { convertMoney, ECB_REFERENCE_RATES, type Money, type RateLookup } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { loadRates } from '../catalog/index.js';
import { findAttachedDocuments } from '../lineage/index.js';
import { REPORTING_CURRENCY } from './domain/priority.js';
import { identityOf, type ProblemFact, type StoredException } from './domain/stored-exception.js';
import { WAITED_FOR, waitingMoney } from './domain/waiting-money.js';

/** Documents of one customer or account that are looked at, the latest; of more, the money of these counts. */
const MOST_DOCUMENTS = 500;

/**
 * Problems with the money of the documents that wait for their subject, where that has none of its own. Once a problem is overcome
 * its money at risk stays what it was.
 */
export async function withWaitingMoney(
  tx: Tx,
  problems: readonly ProblemFact[],
  existing: readonly StoredException[],
): Promise<ProblemFact[]> {
  const asked = problems.filter(isWaitedFor);
  if (asked.length === 0) return [...problems];
  const { rows, truncated } = await findAttachedDocuments(
    tx,
    asked.map(({ objectId }) => objectId),
    MOST_DOCUMENTS,
  );
  const days = [...new Set(asked.map(dayOf))];
  const currencies = new Set([REPORTING_CURRENCY, ...rows.flatMap(({ open }) => open?.currency ?? [])]);
  const rateOf = await loadRates(
    tx,
    ECB_REFERENCE_RATES,
    [...currencies].flatMap((currency) => days.map((date) => ({ currency, date }))),
  );
  const known = new Map(existing.map((one) => [identityOf(one.objectId, one.hop, one.signature), one]));
  return problems.map((problem) => {
    if (!isWaitedFor(problem)) return problem;
    const before = known.get(identityOf(problem.objectId, problem.hop, problem.signature));
    if (problem.clearedAt !== null && before !== undefined && before.amount !== null) {
      const { amount, currency, direction } = before;
      return { ...problem, amount, currency, direction };
    }
    const documents = rows.filter(({ contextId }) => contextId === problem.objectId);
    const waiting = documents.map(({ direction, open }) => ({
      direction,
      money: open && inReportingCurrency(open, dayOf(problem), rateOf),
    }));
    return { ...problem, ...waitingMoney(waiting, !truncated.has(problem.objectId)) };
  });
}

function isWaitedFor({ objectType, amount }: ProblemFact): boolean {
  return amount === null && WAITED_FOR.has(objectType);
}

/** As everything is rated: at the rate of the day of the last failure. */
function dayOf({ lastOccurredAt }: ProblemFact): string {
  return lastOccurredAt.toISOString().slice(0, 10);
}

function inReportingCurrency(money: Money, day: string, rateOf: RateLookup): Money | null {
  const converted = convertMoney(money, REPORTING_CURRENCY, ECB_REFERENCE_RATES, day, rateOf);
  return converted.ok ? converted.amount : null;
}
