import type { RequeueMode } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import type { StoredException } from '../../exceptions/index.js';
import { isPaymentText } from '../corrections/domain/payload-kind.js';
import { lookAtPayloads } from '../corrections/look-at-payloads.js';
import { executionDateIn, passedDateOf, type Orders } from '../domain/payment-dates.js';
import { findPaymentDates } from '../payment-dates.repository.js';

/** What is frozen of an exception, waiting to go out. */
export type FrozenPayload = { exceptionId: string; mode: RequeueMode; body: string };

/** When the dates of a request were accepted that had passed by then; null = they were not. */
export function carriedForwardAt(request: { isCarriedForward: boolean; createdAt: Date }): Date | null {
  return request.isCarriedForward ? request.createdAt : null;
}

/**
 * Which date of each of these exceptions has passed by now, in words, as what is frozen of it says; absent = none, or none since it was
 * carried forward.
 */
export async function findPassedDates(
  tx: Tx,
  exceptions: readonly StoredException[],
  frozen: readonly FrozenPayload[],
  now: Date,
  carriedAt: (exceptionId: string) => Date | null,
): Promise<Map<string, string>> {
  const dates = await findPaymentDates(tx, exceptions, await findOrders(tx, exceptions, frozen));
  return new Map(
    [...dates].flatMap(([id, one]): [string, string][] => {
      const passed = passedDateOf(one, now, carriedAt(id));
      return passed === null ? [] : [[id, passed]];
    }),
  );
}

/** What is to be extracted anew is what failed, as far as anybody knows. */
async function findOrders(
  tx: Tx,
  exceptions: readonly StoredException[],
  frozen: readonly FrozenPayload[],
): Promise<Orders> {
  const anew = new Set(frozen.filter(({ mode }) => mode === 'extract-anew').map(({ exceptionId }) => exceptionId));
  const failed = exceptions.filter(({ exceptionId }) => anew.has(exceptionId));
  const orders = failed.length === 0 ? [] : (await lookAtPayloads(tx, failed, 'extract-anew')).orders;
  return new Map([
    ...orders,
    ...frozen.flatMap(({ exceptionId, body }): [string, string | null][] =>
      isPaymentText(body) ? [[exceptionId, executionDateIn(body)]] : [],
    ),
  ]);
}
