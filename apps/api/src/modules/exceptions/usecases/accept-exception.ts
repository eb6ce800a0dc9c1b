import { createHash, randomUUID } from 'node:crypto';
import { convertMoney, ECB_REFERENCE_RATES, type Money } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { loadRates } from '../../catalog/index.js';
import type { Viewer } from '../../identity/index.js';
import { insertAcceptance } from '../acceptance.repository.js';
import { ACCEPTANCE_LIMIT, needsApproval } from '../domain/acceptance.js';
import { canApply } from '../domain/life-cycle.js';
import { moneyOf } from '../domain/open-amount.js';
import type { StoredException } from '../domain/stored-exception.js';
import { deleteWaits, readWaits } from '../wait.repository.js';
import {
  lockAsked,
  notPossible,
  refuseByQueue,
  refuseStale,
  type ActOutcome,
  type SeenException,
} from './act-outcome.js';
import { applyActs } from './apply-acts.js';

export type AcceptInput = {
  viewer: Viewer;
  seen: SeenException;
  /** One of the declared reasons. */
  reasonCode: string;
  /** Trimmed, not empty. */
  comment: string;
  now: Date;
  traceId: string | undefined;
};

/**
 * Closes an exception without correction: posts nothing, writes nothing off. Above the limit it is only asked for, frozen, and
 * another person decides.
 */
export async function acceptException(tx: Tx, input: AcceptInput): Promise<ActOutcome> {
  const { viewer, seen, reasonCode, comment, now, traceId } = input;
  const exceptions = await lockAsked(tx, [seen.exceptionId]);
  const [exception] = exceptions;
  const stale = await refuseStale(tx, exceptions, [seen]);
  if (stale !== null || exception === undefined) {
    return stale ?? { kind: 'changed', exceptionIds: [] };
  }
  if (!canApply(exception.state, 'accept')) {
    return notPossible(exception, 'closing it without correction');
  }
  const notThere = refuseByQueue(exception);
  if (notThere !== null) {
    return notThere;
  }
  const converted = await convertAtRisk(tx, exception, now);
  const isAsked = needsApproval(converted, ACCEPTANCE_LIMIT);
  const acceptanceId = randomUUID();
  const { exceptionId, title, amount, currency, occurrences } = exception;
  const frozen = { acceptanceId, exceptionId, reasonCode, comment, title, amount, currency, occurrences };
  const requestHash = createHash('sha256').update(JSON.stringify(frozen), 'utf8').digest('hex');
  await insertAcceptance(tx, {
    ...frozen,
    state: isAsked ? 'pending' : 'direct',
    limitAmount: ACCEPTANCE_LIMIT.amount,
    limitCurrency: ACCEPTANCE_LIMIT.currency,
    convertedAmount: converted?.amount ?? null,
    backTo: await backToOf(tx, exception),
    requestHash,
    requestedAt: now,
    makerId: viewer.personId,
    makerName: viewer.displayName,
  });
  await deleteWaits(tx, [exceptionId]);
  await applyActs(tx, { actor: { kind: 'person', id: viewer.personId, name: viewer.displayName }, at: now, traceId }, [
    {
      exception,
      act: isAsked ? 'ask-acceptance' : 'accept',
      kind: isAsked ? 'acceptance-requested' : 'accepted',
      details: { acceptanceId, reason: reasonCode, comment, amount, currency, limit: ACCEPTANCE_LIMIT, requestHash },
    },
  ]);
  return { kind: 'changed', exceptionIds: [exceptionId] };
}

/** Money at risk in the currency of the limit; null = none, undefined = no rate is known. */
async function convertAtRisk(tx: Tx, exception: StoredException, now: Date): Promise<Money | null | undefined> {
  const atRisk = moneyOf(exception.amount, exception.currency);
  if (atRisk === null) {
    // what nobody can put a figure on may be any amount
    return exception.isMoneyUnknown || exception.amount !== null ? undefined : null;
  }
  const { currency } = ACCEPTANCE_LIMIT;
  const date = now.toISOString().slice(0, 10);
  const needs = [atRisk.currency, currency].map((code) => ({ currency: code, date }));
  const rateOf = await loadRates(tx, ECB_REFERENCE_RATES, needs);
  const converted = convertMoney(atRisk, currency, ECB_REFERENCE_RATES, date, (code) => rateOf(code, date));
  return converted.ok ? converted.amount : undefined;
}

async function backToOf(tx: Tx, { exceptionId, state }: StoredException): Promise<'OPEN' | 'IN_PROGRESS'> {
  if (state === 'WAITING') {
    return (await readWaits(tx, [exceptionId])).get(exceptionId)?.backTo ?? 'OPEN';
  }
  return state === 'IN_PROGRESS' ? 'IN_PROGRESS' : 'OPEN';
}
