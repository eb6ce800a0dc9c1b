import { createHash, randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { lockExceptions, type StoredException } from '../../exceptions/index.js';
import { insertItems } from '../approval/approval-item.repository.js';
import { choosePayloads } from '../corrections/choose-payloads.js';
import type { LeftOut } from '../domain/left-out.js';
import { blockedSince, type JudgedItem } from '../domain/plan.js';
import { insertAttempts, insertClaims, notifyRequestsChanged } from '../requeue.repository.js';
import { ASKED_OTHERWISE, isAskedOtherwise, judgeItems } from '../usecases/read-plan.js';
import { freeze, TAKEN_MEANWHILE, tellExceptions } from '../usecases/request-requeue.js';
import { finishFreezing } from './finish-freezing.js';
import { modeOf, NO_MORE_THERE, type SliceOptions } from './plan-slice.js';
import { lockPlan, putProgress, type PlanRow } from './plan.repository.js';
import {
  findGoing,
  nextToFreeze,
  putFreezeOutcomes,
  type FreezeOutcome,
  type ItemToFreeze,
} from './plan-item.repository.js';

/**
 * Claims the next items that are to go and writes their bodies and keys, as a small request does at once. What is over or claimed
 * since it was planned falls out, with its reason. Nothing where another worker went on meanwhile.
 */
export async function freezeSlice(
  tx: Tx,
  { requestId, donePosition }: Pick<PlanRow, 'requestId' | 'donePosition'>,
  options: SliceOptions,
): Promise<void> {
  const { now, most } = options;
  const items = await nextToFreeze(tx, requestId, donePosition, most);
  // exceptions first: everybody who touches attempts locks in that order
  const locked = await lockExceptions(
    tx,
    items.map(({ exceptionId }) => exceptionId),
  );
  const plan = await lockPlan(tx, requestId);
  if (plan?.state !== 'FREEZING' || plan.donePosition !== donePosition) return;
  if (items.length === 0) return finishFreezing(tx, plan, now);
  const outcomes = await freezeItems(tx, plan, items, locked, options);
  await putFreezeOutcomes(tx, requestId, outcomes);
  const frozen = plan.frozen + outcomes.filter((one) => 'attempt' in one).length;
  await putProgress(tx, requestId, { donePosition: items.at(-1)!.position, frozen }, now);
  await notifyRequestsChanged(tx, [requestId]);
}

async function freezeItems(
  tx: Tx,
  plan: PlanRow,
  items: readonly ItemToFreeze[],
  locked: readonly StoredException[],
  { now, secretKey }: SliceOptions,
): Promise<FreezeOutcome[]> {
  const { requestId, reason, wish, approval, traceId } = plan;
  const present = new Map(locked.map((one) => [one.exceptionId, one]));
  const exceptions = items.flatMap(({ exceptionId }) => present.get(exceptionId) ?? []);
  const choice = await choosePayloads(tx, exceptions, { mode: modeOf(plan), versions: new Map() });
  const judged = await judgeItems(tx, exceptions, secretKey, { wish, unfit: choice.unfit, orders: choice.orders }, now);
  const blocked = wish.predecessors === true ? new Map<string, LeftOut>() : await findBlocked(tx, plan, items, judged);
  const fallen = new Map<string, LeftOut>(
    judged.flatMap(({ exceptionId, refusal }, index) => {
      const isOther = approval !== null && isAskedOtherwise(exceptions[index]!);
      const why = refusal ?? (isOther ? ASKED_OTHERWISE : (blocked.get(exceptionId) ?? null));
      return why === null ? [] : [[exceptionId, why]];
    }),
  );
  const wanted = exceptions.filter(({ exceptionId }) => !fallen.has(exceptionId));
  const attemptIds = new Map(wanted.map(({ exceptionId }) => [exceptionId, randomUUID()]));
  const claimed = await insertClaims(
    tx,
    wanted.map((exception) => ({ ...exception, attemptId: attemptIds.get(exception.exceptionId)! })),
    now,
  );
  const chosen = wanted.filter(({ exceptionId }) => claimed.has(exceptionId));
  const after = new Map(items.map((item) => [item.exceptionId, item.after ?? []]));
  const attempts = (await freeze(tx, chosen, choice, attemptIds, requestId, reason)).map((attempt, index) => ({
    ...attempt,
    after: after.get(attempt.exceptionId) ?? [],
    position: plan.frozen + index + 1,
  }));
  await insertAttempts(tx, requestId, attempts, now);
  const counted = choice.measured.filter(({ exceptionId }) => claimed.has(exceptionId));
  await insertItems(tx, requestId, counted, attemptIds, plan.frozen);
  const actor = { kind: 'person' as const, id: plan.makerId, name: plan.makerName };
  const told = { actor, at: now, traceId: traceId ?? undefined, requestId, reason, isAsked: approval !== null };
  await tellExceptions(tx, told, chosen, attempts);
  const written = new Map(attempts.map((attempt) => [attempt.exceptionId, attempt]));
  // what was planned may have been another payload
  const orders = new Set(counted.filter(({ movesMoney }) => movesMoney).map(({ exceptionId }) => exceptionId));
  return items.map(({ position, exceptionId }) => {
    const one = written.get(exceptionId);
    if (one !== undefined) {
      return { position, attempt: one.attempt, bodyHash: hashOf(one.body), movesMoney: orders.has(exceptionId) };
    }
    return { position, ...(present.has(exceptionId) ? (fallen.get(exceptionId) ?? TAKEN_MEANWHILE) : NO_MORE_THERE) };
  });
}

/** What of these is stuck by now behind something that its plan did not know of. */
async function findBlocked(
  tx: Tx,
  { requestId }: PlanRow,
  items: readonly ItemToFreeze[],
  judged: readonly JudgedItem[],
): Promise<Map<string, LeftOut>> {
  const planned = new Map(items.map(({ exceptionId, before }) => [exceptionId, before ?? []]));
  const first = new Set(judged.flatMap(({ before }) => before.map(({ exceptionId }) => exceptionId)));
  const going = await findGoing(tx, requestId, [...first]);
  return new Map(
    judged.flatMap(({ exceptionId, before }) => {
      const why = blockedSince(before, planned.get(exceptionId) ?? [], going);
      return why === null ? [] : [[exceptionId, why]];
    }),
  );
}

function hashOf(body: string): string {
  return createHash('sha256').update(body, 'utf8').digest('hex');
}
