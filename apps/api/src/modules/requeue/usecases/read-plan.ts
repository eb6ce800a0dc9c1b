import type { RequeueMode } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import { findIntegrations, missingOf, type RequeueTarget } from '../../catalog/index.js';
import { findExceptions, findPredecessors, isActOfQueue, type StoredException } from '../../exceptions/index.js';
import { neededApproval, type NeededApproval } from '../approval/domain/four-eyes.js';
import { subjectOf } from '../approval/domain/approval-subject.js';
import { fourEyesInForce, type FourEyesInForce } from '../approval/four-eyes-in-force.js';
import {
  AS_IS,
  choosePayloads,
  type ChosenPayloads,
  type MeasuredException,
  type PayloadChoice,
} from '../corrections/choose-payloads.js';
import {
  NOTHING_SINCE,
  type AskedException,
  type InSpiteOf,
  type LeftOut,
  type TargetStanding,
} from '../domain/left-out.js';
import { judgeAlone, settlePlan, type BlockingException, type JudgedItem, type PlanItem } from '../domain/plan.js';
import type { Orders } from '../domain/payment-dates.js';
import { planHash } from '../domain/plan-hash.js';
import { planSums, type PlanSum } from '../domain/plan-sums.js';
import { findPaymentDates } from '../payment-dates.repository.js';
import { findEarlierFailures } from '../earlier-failures.repository.js';
import { findClaimStandings, findSinceFailure, findWaiting, type WaitingRow } from '../plan-facts.repository.js';

/** What would be sent and what not, what money that is, what waits for it downstream, and who has to approve it. */
export type RequeuePlan = {
  items: PlanItem[];
  sent: PlanSum[];
  leftOut: PlanSum[];
  waiting: WaitingRow[];
  approval: NeededApproval | null;
};

/** A plan with the hash of what goes by it. */
export type HashedPlan = RequeuePlan & { hash: string };

/** What would be sent, as things stand; changes nothing. */
export async function planRequeueOf(
  tx: Tx,
  exceptionIds: readonly string[],
  secretKey: Buffer,
  wish: InSpiteOf,
  now: Date,
  payload: PayloadChoice = AS_IS,
): Promise<HashedPlan> {
  const exceptions = inOrder(exceptionIds, await findExceptions(tx, exceptionIds));
  const choice = await choosePayloads(tx, exceptions, payload);
  const { measured, unfit, orders } = choice;
  const rules = await fourEyesInForce(tx);
  const items = await planItems(tx, exceptions, secretKey, { wish, unfit, orders }, now);
  return hashed(await completePlan(tx, measured, items, { ...rules, mode: payload.mode }), choice);
}

/** With what is sent by it hashed. */
export function hashed(plan: RequeuePlan, { payloads }: ChosenPayloads): HashedPlan {
  const going = plan.items.flatMap(({ exceptionId, integration, willSend }) => {
    const payload = payloads.get(exceptionId);
    return willSend && payload !== undefined ? [{ ...payload, exceptionId, integration: integration ?? '' }] : [];
  });
  return { ...plan, hash: planHash(going, plan.approval !== null) };
}

/** What of an exception is summed up, and what approval rules look at. */
export type PlannedMoney = Pick<
  MeasuredException,
  | 'exceptionId'
  | 'objectId'
  | 'objectType'
  | 'integration'
  | 'state'
  | 'legalEntity'
  | 'amount'
  | 'currency'
  | 'direction'
  | 'reportingMinor'
  | 'isMoneyUnknown'
  | 'movesMoney'
  | 'moneyPartId'
  | 'moneyWholeId'
>;

/** The items with their sums, what waits for them and what approval they need. */
export async function completePlan(
  tx: Tx,
  exceptions: readonly PlannedMoney[],
  items: readonly PlanItem[],
  { fourEyes, mode }: Pick<FourEyesInForce, 'fourEyes'> & { mode: RequeueMode },
): Promise<RequeuePlan> {
  const isSent = new Set(items.filter(({ willSend }) => willSend).map(({ exceptionId }) => exceptionId));
  const sent = exceptions.filter(({ exceptionId }) => isSent.has(exceptionId));
  const approval = neededApproval(fourEyes.rules, subjectOf(sent, 'resend', mode));
  const isAsked = new Set(
    exceptions.filter((one) => approval !== null && isAskedOtherwise(one)).map((one) => one.exceptionId),
  );
  const going = sent.filter(({ exceptionId }) => !isAsked.has(exceptionId));
  const goingIds = new Set(going.map(({ exceptionId }) => exceptionId));
  return {
    items: items.map((item) =>
      item.willSend && isAsked.has(item.exceptionId)
        ? { ...item, willSend: false, after: [], ...ASKED_OTHERWISE }
        : item,
    ),
    sent: planSums(going),
    leftOut: planSums(exceptions.filter(({ exceptionId }) => !goingIds.has(exceptionId))),
    waiting: await findWaiting(
      tx,
      going.map(({ objectId }) => objectId),
    ),
    approval,
  };
}

/** Two people would be asked two things about it. */
export function isAskedOtherwise({ state }: Pick<StoredException, 'state'>): boolean {
  return state === 'PENDING_APPROVAL';
}

export const ASKED_OTHERWISE: LeftOut = {
  code: 'NOT_REQUEUEABLE',
  reason: 'Somebody has to decide on closing it without correction: have that withdrawn or rejected first.',
};

type PlanGround = { wish: InSpiteOf; unfit: ReadonlyMap<string, LeftOut>; orders: Orders };

/** Each exception with whether it goes, or why not. */
export async function planItems(
  tx: Tx,
  exceptions: readonly AskedException[],
  secretKey: Buffer,
  ground: PlanGround,
  now: Date,
): Promise<PlanItem[]> {
  return settlePlan(await judgeItems(tx, exceptions, secretKey, ground, now), ground.wish);
}

/** Each exception with whether it could go if it were alone. */
export async function judgeItems(
  tx: Tx,
  exceptions: readonly AskedException[],
  secretKey: Buffer,
  { wish, unfit, orders }: PlanGround,
  now: Date,
): Promise<JudgedItem[]> {
  const names = [...new Set(exceptions.map((exception) => exception.integration))].filter((name) => name !== '');
  const integrations = await findIntegrations(tx, names, secretKey);
  const claims = await findClaimStandings(tx, exceptions);
  const since = await findSinceFailure(tx, exceptions);
  const dates = await findPaymentDates(tx, exceptions, orders);
  const before = await findBlocking(tx, exceptions);
  return exceptions.map((exception) => {
    const { exceptionId } = exception;
    const candidate = {
      exception,
      target: standingOf(integrations.get(exception.integration)?.requeueTarget ?? null),
      claim: claims.get(exceptionId) ?? null,
      unfit: unfit.get(exceptionId) ?? null,
      since: since.get(exceptionId) ?? NOTHING_SINCE,
      dates: dates.get(exceptionId) ?? null,
      before: before.get(exceptionId) ?? [],
    };
    return judgeAlone(candidate, wish, now);
  });
}

function standingOf(target: RequeueTarget | null): TargetStanding | null {
  return target && { missing: missingOf(target) };
}

/**
 * Failures before each in the lineage, and earlier ones of its own object at other integrations. Only what is sent again itself blocks: that an invoice is not paid in time is no reason to
 * hold back its payment.
 */
async function findBlocking(tx: Tx, exceptions: readonly AskedException[]): Promise<Map<string, BlockingException[]>> {
  const found = await findPredecessors(
    tx,
    exceptions.map((exception) => exception.objectId),
  );
  const earlier = await findEarlierFailures(
    tx,
    exceptions.map((exception) => exception.exceptionId),
  );
  const beforeOf = (exceptionId: string, index: number) => [
    ...new Set([...(found[index] ?? []).map((one) => one.exceptionId), ...(earlier.get(exceptionId) ?? [])]),
  ];
  const ids = [...new Set([...found.flat().map((one) => one.exceptionId), ...[...earlier.values()].flat()])];
  const byId = new Map(
    (await findExceptions(tx, ids)).flatMap((one) => (one === null ? [] : [[one.exceptionId, one] as const])),
  );
  // through one integration an object goes once at a time: what is on its way there serves all of its exceptions
  const laneOf = (one: StoredException) => JSON.stringify([one.objectId, one.integration]);
  const underWay = new Set([...byId.values()].filter((one) => one.state === 'REQUEUED').map(laneOf));
  return new Map(
    exceptions.map(({ exceptionId, objectId }, index) => [
      exceptionId,
      beforeOf(exceptionId, index).flatMap((id) => {
        const one = byId.get(id);
        return one === undefined || one.integration === '' || !isActOfQueue(one.queue, 'requeue')
          ? []
          : [
              {
                exceptionId: one.exceptionId,
                title: `${one.objectType} ${one.objectKey}${one.objectId === objectId ? ` at ${one.integration}` : ''}`,
                isUnderWay: underWay.has(laneOf(one)),
              },
            ];
      }),
    ]),
  );
}

/** The exceptions in the order asked; NOT_FOUND when one does not exist. */
export function inOrder(ids: readonly string[], found: readonly (StoredException | null)[]): StoredException[] {
  const byId = new Map(
    found.flatMap((exception) => (exception === null ? [] : [[exception.exceptionId, exception] as const])),
  );
  return ids.map((id) => {
    const exception = byId.get(id);
    if (exception === undefined) {
      throw new CodedError('NOT_FOUND', `There is no exception ${id}`);
    }
    return exception;
  });
}
