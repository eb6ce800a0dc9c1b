import { createHash, randomUUID } from 'node:crypto';
import { convertMoney, ECB_REFERENCE_RATES, type Money } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { loadRates } from '../../catalog/index.js';
import type { Viewer } from '../../identity/index.js';
import { insertAcceptances } from '../acceptance.repository.js';
import { findSumsOfDay, lockMaker } from '../acceptance-sums.repository.js';
import { listLimitsInForce } from '../acceptance-limits/limit.repository.js';
import {
  ACCEPTANCE_LIMIT,
  limitWith,
  needsApproval,
  smallSumOf,
  sumWith,
  toldSum,
  withHanging,
  withWhom,
  type SmallSums,
} from '../domain/acceptance.js';
import { ACCEPTANCE_EXPIRES_AFTER_MS } from '../domain/acceptance-decision.js';
import { findHangingOn } from '../duplicates.repository.js';
import { canApply, type ExceptionState } from '../domain/life-cycle.js';
import { moneyOf } from '../domain/open-amount.js';
import type { StoredException } from '../domain/stored-exception.js';
import type { BackTo } from '../domain/wait.js';
import { deleteWaits, readWaits } from '../wait.repository.js';
import {
  lockAsked,
  notPossible,
  refuseByHanging,
  refuseByQueue,
  refuseStale,
  type ActOutcome,
  type ActRefusal,
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
  bulkActId?: string | undefined;
  /** Of an act on many, by legal entity and by counterparty. */
  sums?: SmallSums | undefined;
  counterpartySums?: SmallSums | undefined;
};

/**
 * Closes an exception without correction: posts nothing, writes nothing off. Above the limit it is only asked for, frozen, and
 * another person decides.
 */
export async function acceptException(tx: Tx, { seen, ...said }: AcceptInput): Promise<ActOutcome> {
  const exceptions = await lockAsked(tx, [seen.exceptionId]);
  const refusal =
    (await refuseStale(tx, exceptions, [seen])) ??
    exceptions.map(refuseState).find((one) => one !== null) ??
    exceptions.map(refuseByQueue).find((one) => one !== null) ??
    (await refuseByHanging(tx, exceptions)).find((one) => one !== null);
  if (refusal !== undefined && refusal !== null) {
    return refusal;
  }
  await acceptAll(tx, exceptions, said);
  return { kind: 'changed', exceptionIds: [seen.exceptionId] };
}

function refuseState(exception: StoredException): ActRefusal | null {
  return canApply(exception.state, 'accept') ? null : notPossible(exception, 'closing it without correction');
}

/** Closes exceptions that the caller holds locked and that can be closed so, or asks for it; answers them as they are then. */
export async function acceptAll(
  tx: Tx,
  exceptions: readonly StoredException[],
  { viewer, reasonCode, comment, now, traceId, bulkActId, sums, counterpartySums }: Omit<AcceptInput, 'seen'>,
): Promise<StoredException[]> {
  const ids = exceptions.map(({ exceptionId }) => exceptionId);
  const hanging = await findHangingOn(tx, ids);
  const converted = (await convertAtRisk(tx, exceptions, now)).map((money, index) =>
    withHanging(money, hanging.get(ids[index]!)),
  );
  const limits = await listLimitsInForce(tx);
  const limitOf = ({ exceptionId, legalEntity }: StoredException) =>
    limitWith(legalEntity, hanging.get(exceptionId), limits);
  const waits = await readWaits(tx, ids);
  await lockMaker(tx, viewer.personId);
  const ofDay = await findSumsOfDay(
    tx,
    { personId: viewer.personId, at: now, bulkActId },
    exceptions.map((exception, index) => {
      const { exceptionId } = exception;
      const counterparty = withWhom(exception.counterparty);
      // what the act says of a counterparty holds it already, and what needs a second person anyway adds nothing
      const isTold = toldSum(counterpartySums, counterparty) !== undefined;
      const isSmall = !isTold && !needsApproval(converted[index], limitOf(exception));
      return { exceptionId, counterparty, isTold, amount: isSmall ? (converted[index]?.amount ?? null) : null };
    }),
  );
  const requests = exceptions.map((exception, index) => {
    const { exceptionId, title, amount, currency, occurrences, state } = exception;
    const limit = limitOf(exception);
    const counterparty = withWhom(exception.counterparty);
    const together = [
      smallSumOf(sums, exception.legalEntity),
      sumWith(ofDay, toldSum(counterpartySums, counterparty), counterparty),
    ];
    const frozen = {
      acceptanceId: randomUUID(),
      exceptionId,
      reasonCode,
      comment,
      title,
      amount,
      currency,
      occurrences,
      duplicates: hanging.get(exceptionId)?.count ?? 0,
    };
    // what hangs on one of many is in none of the sums of the act
    const isUntold = bulkActId !== undefined && BigInt(hanging.get(exceptionId)?.moreMinor ?? '0') > 0n;
    const isAsked = isUntold || needsApproval(converted[index], limit, ...together);
    return {
      ...frozen,
      state: isAsked ? ('pending' as const) : ('direct' as const),
      limitAmount: limit.amount,
      limitCurrency: limit.currency,
      convertedAmount: converted[index]?.amount ?? null,
      backTo: backToOf(state, waits.get(exceptionId)?.backTo),
      requestHash: createHash('sha256').update(JSON.stringify(frozen), 'utf8').digest('hex'),
      requestedAt: now,
      expiresAt: isAsked ? new Date(now.getTime() + ACCEPTANCE_EXPIRES_AFTER_MS) : null,
      makerId: viewer.personId,
      makerName: viewer.displayName,
      counterparty,
      bulkActId: bulkActId ?? null,
    };
  });
  await insertAcceptances(tx, requests);
  await deleteWaits(tx, ids);
  const actor = { kind: 'person' as const, id: viewer.personId, name: viewer.displayName };
  return applyActs(
    tx,
    { actor, at: now, traceId, bulkActId },
    exceptions.map((exception, index) => {
      const { acceptanceId, state, requestHash, amount, currency, duplicates, limitAmount, limitCurrency } =
        requests[index]!;
      const limit = { amount: limitAmount, currency: limitCurrency };
      const isAsked = state === 'pending';
      return {
        exception,
        act: isAsked ? 'ask-acceptance' : 'accept',
        kind: isAsked ? 'acceptance-requested' : 'accepted',
        details: { acceptanceId, reason: reasonCode, comment, amount, currency, duplicates, limit, requestHash },
      };
    }),
  );
}

/** Money at risk of each in the currency of limits; null = none, undefined = no rate is known. */
async function convertAtRisk(
  tx: Tx,
  exceptions: readonly StoredException[],
  now: Date,
): Promise<(Money | null | undefined)[]> {
  const { currency } = ACCEPTANCE_LIMIT;
  const date = now.toISOString().slice(0, 10);
  const currencies = new Set(exceptions.flatMap((one) => moneyOf(one.amount, one.currency)?.currency ?? []));
  const needs = currencies.size === 0 ? [] : [...currencies.add(currency)].map((code) => ({ currency: code, date }));
  const rateOf = await loadRates(tx, ECB_REFERENCE_RATES, needs);
  return exceptions.map((exception) => {
    const atRisk = moneyOf(exception.amount, exception.currency);
    if (atRisk === null) {
      // what nobody can put a figure on may be any amount
      return exception.isMoneyUnknown || exception.amount !== null ? undefined : null;
    }
    const converted = convertMoney(atRisk, currency, ECB_REFERENCE_RATES, date, (code) => rateOf(code, date));
    return converted.ok ? converted.amount : undefined;
  });
}

function backToOf(state: ExceptionState, waitLedFrom: BackTo | undefined): BackTo {
  if (state === 'WAITING') {
    return waitLedFrom ?? 'OPEN';
  }
  return state === 'IN_PROGRESS' ? 'IN_PROGRESS' : 'OPEN';
}
