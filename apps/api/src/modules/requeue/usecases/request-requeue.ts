import { randomBytes, randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import { recordAudit, type Actor } from '../../audit/index.js';
import { shareTargets } from '../../catalog/index.js';
import {
  applyActs,
  lockExceptions,
  overtakeAcceptances,
  type ActContext,
  type StoredException,
} from '../../exceptions/index.js';
import type { Viewer } from '../../identity/index.js';
import { AS_IS, choosePayloads, type ChosenPayloads, type PayloadChoice } from '../corrections/choose-payloads.js';
import { putAskedApproval } from '../approval/approval.repository.js';
import { insertItems } from '../approval/approval-item.repository.js';
import { reportingOnce, subjectOf } from '../approval/domain/approval-subject.js';
import { fourEyesInForce } from '../approval/four-eyes-in-force.js';
import type { InSpiteOf, LeftOut, LeftOutCode } from '../domain/left-out.js';
import type { PlanItem } from '../domain/plan.js';
import { requestHash } from '../domain/request-hash.js';
import { selectionHash } from '../domain/requeue-body.js';
import {
  findLastAttemptNumbers,
  insertClaims,
  insertRequest,
  notifyApprovalsChanged,
  notifyRequestsChanged,
  type NewAttempt,
} from '../requeue.repository.js';
import type { RunLimits } from '../domain/run.js';
import { attemptBody } from './attempt-body.js';
import { keepLeftOut } from '../left-out.repository.js';
import { completePlan, hashed, inOrder, planItems, type HashedPlan } from './read-plan.js';
import { insertRun } from '../run.repository.js';
import { limitsFor, startSending } from './start-sending.js';

export type RequeueInput = {
  viewer: Viewer;
  /** Checked ids without repeats. */
  exceptionIds: readonly string[];
  /** Trimmed, not empty. */
  reason: string;
  now: Date;
  secretKey: Buffer;
  traceId: string | undefined;
  /** What is sent although the plan would leave it out. */
  inSpiteOf?: InSpiteOf;
  /** Absent = as it is. */
  payload?: PayloadChoice;
  /** Checked; what is left out is said by the targets. */
  limits?: Partial<RunLimits>;
  /** Of the plan that the person saw: only that is asked for. Absent = what of the selection can go now. */
  expectedHash?: string | undefined;
};

export type RequeueOutcome =
  | { kind: 'accepted'; requestId: string; exceptionIds: string[]; plan: HashedPlan }
  /** Another plan than the one that was seen: nothing was asked for. */
  | { kind: 'changed'; plan: HashedPlan }
  | { kind: 'failure'; code: LeftOutCode; message: string; exceptionId: string };

const MS_PER_HOUR = 3_600_000;

/**
 * Sends exceptions again: request, attempts with frozen bytes, claims, states, evidence and the sending jobs in one transaction. Of two
 * people who ask at once one gets the claim; the other's selection goes without it, and fails when nothing is left. Where the rules ask
 * for a second person, all of that is frozen, and nothing goes out before that person approves it.
 */
export async function requestRequeue(tx: Tx, input: RequeueInput): Promise<RequeueOutcome> {
  const { now, viewer, reason, inSpiteOf = {} } = input;
  const exceptions = inOrder(input.exceptionIds, await lockExceptions(tx, input.exceptionIds));
  await shareTargets(
    tx,
    exceptions.map(({ integration }) => integration),
  );
  const wished = input.payload ?? AS_IS;
  const choice = await choosePayloads(tx, exceptions, wished);
  const { measured, unfit, orders } = choice;
  const { fourEyes } = await fourEyesInForce(tx);
  const rules = { fourEyes, mode: wished.mode };
  const planned = hashed(
    await completePlan(
      tx,
      measured,
      await planItems(tx, exceptions, input.secretKey, { wish: inSpiteOf, unfit, orders }, now),
      rules,
    ),
    choice,
  );
  if (input.expectedHash !== undefined && input.expectedHash !== planned.hash)
    return { kind: 'changed', plan: planned };
  const wanted = planned.items.filter((item) => item.willSend).map((item) => item.exceptionId);
  const attemptIds = new Map(wanted.map((exceptionId) => [exceptionId, randomUUID()]));
  const claimed = await insertClaims(
    tx,
    exceptions.flatMap((exception) => {
      const attemptId = attemptIds.get(exception.exceptionId);
      return attemptId === undefined ? [] : [{ ...exception, attemptId }];
    }),
    now,
  );
  const plan =
    claimed.size === wanted.length
      ? planned
      : hashed(
          await completePlan(
            tx,
            measured,
            planned.items.map((item) => (item.willSend && !claimed.has(item.exceptionId) ? overtaken(item) : item)),
            rules,
          ),
          choice,
        );
  const chosen = exceptions.filter((exception) => claimed.has(exception.exceptionId));
  const counted = measured.filter((exception) => claimed.has(exception.exceptionId));
  const [first] = plan.items;
  if (first === undefined || chosen.length === 0) {
    return failureOf(first);
  }
  const requestId = randomUUID();
  const after = new Map(plan.items.map((item) => [item.exceptionId, item.after]));
  const attempts = (await freeze(tx, chosen, choice, attemptIds, requestId, reason)).map((attempt) => ({
    ...attempt,
    after: after.get(attempt.exceptionId) ?? [],
  }));
  const limits = await limitsFor(
    tx,
    attempts.map(({ integration }) => integration),
    input.limits,
  );
  const hash = requestHash(selectionHash(attempts), limits);
  await insertRequest(
    tx,
    { requestId, makerId: viewer.personId, makerName: viewer.displayName, reason, selectionHash: hash },
    attempts,
    now,
  );
  await insertItems(tx, requestId, counted, attemptIds);
  await keepLeftOut(tx, requestId, plan.items, attemptIds);
  const { parts } = subjectOf(counted);
  // an approval that was needed of all of it is needed of what is left of it
  const { approval } = planned;
  await putAskedApproval(tx, requestId, {
    state: approval === null ? 'SENDING' : 'PENDING_APPROVAL',
    approval,
    reportingMinor: reportingOnce(counted).toString(),
    isMoneyUnknown: parts.some(({ isMoneyUnknown }) => isMoneyUnknown),
    isCarriedForward: inSpiteOf.passedDates === true,
    dueAt: approval === null ? null : new Date(now.getTime() + fourEyes.expiresAfterHours * MS_PER_HOUR),
  });
  await insertRun(tx, requestId, limits);
  await tell(tx, input, { requestId, hash, limits, isAsked: approval !== null }, chosen, attempts);
  if (approval === null) {
    await startSending(
      tx,
      attempts.map(({ attemptId }) => attemptId),
      now,
    );
  }
  const exceptionIds = chosen.map((exception) => exception.exceptionId);
  return { kind: 'accepted', requestId, exceptionIds, plan: { ...plan, approval } };
}

/** Bodies and trace contexts, written once. */
export async function freeze(
  tx: Tx,
  exceptions: readonly StoredException[],
  choice: ChosenPayloads,
  attemptIds: ReadonlyMap<string, string>,
  requestId: string,
  reason: string,
): Promise<Omit<NewAttempt, 'after'>[]> {
  const last = await findLastAttemptNumbers(
    tx,
    exceptions.map((exception) => exception.exceptionId),
  );
  return exceptions.map((exception) => {
    const { exceptionId, objectId, integration } = exception;
    const attemptId = attemptIds.get(exceptionId) ?? randomUUID();
    const attempt = (last.get(exceptionId) ?? 0) + 1;
    const { body, mode, payloadVersion } = attemptBody(exception, choice, { requestId, attempt, reason });
    const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
    return {
      attemptId,
      exceptionId,
      objectId,
      integration,
      attempt,
      idempotencyKey: `msg_${attemptId}`,
      body,
      traceparent,
      mode,
      payloadVersion,
    };
  });
}

async function tell(
  tx: Tx,
  { viewer, reason, now, traceId }: RequeueInput,
  { requestId, hash, limits, isAsked }: { requestId: string; hash: Buffer; limits: RunLimits; isAsked: boolean },
  exceptions: readonly StoredException[],
  attempts: readonly NewAttempt[],
): Promise<void> {
  const actor: Actor = { kind: 'person', id: viewer.personId, name: viewer.displayName };
  await tellExceptions(tx, { actor, at: now, traceId, requestId, reason, isAsked }, exceptions, attempts);
  await recordAudit(tx, {
    at: now,
    actor,
    action: isAsked ? 'requeue.approval-requested' : 'requeue.requested',
    subject: { type: 'requeue-request', id: requestId },
    details: { reason, items: attempts.length, selectionHash: hash.toString('hex'), limits },
    traceId,
  });
  await notifyRequestsChanged(tx, [requestId]);
  if (isAsked) await notifyApprovalsChanged(tx);
}

/** Writes on each exception that it is sent again, or asked for. */
export async function tellExceptions(
  tx: Tx,
  {
    actor,
    at,
    traceId,
    requestId,
    reason,
    isAsked,
  }: ActContext & { requestId: string; reason: string; isAsked: boolean },
  exceptions: readonly StoredException[],
  attempts: readonly NewAttempt[],
): Promise<void> {
  const byException = new Map(attempts.map((attempt) => [attempt.exceptionId, attempt]));
  if (isAsked) {
    await overtakeAcceptances(
      tx,
      exceptions.map(({ exceptionId }) => exceptionId),
    );
  }
  await applyActs(
    tx,
    { actor, at, traceId },
    exceptions.map((exception) => {
      const attempt = byException.get(exception.exceptionId);
      const { attemptId, attempt: number, mode, payloadVersion } = attempt ?? {};
      const details = {
        ...{ requestId, attemptId, attempt: number, reason },
        ...(mode !== undefined && mode !== 'as-is' && { mode, payloadVersion }),
      };
      return isAsked
        ? { exception, act: 'ask-approval' as const, kind: 'requeue-approval-requested', details }
        : { exception, act: 'requeue' as const, kind: 'requeue-requested', details };
    }),
  );
}

/** Somebody else got the claim. */
export const TAKEN_MEANWHILE: LeftOut = { code: 'ALREADY_REQUEUED', reason: 'Somebody else has just sent it again.' };

function overtaken(item: PlanItem): PlanItem {
  return {
    ...item,
    willSend: false,
    after: [],
    ...TAKEN_MEANWHILE,
  };
}

function failureOf(first: PlanItem | undefined): RequeueOutcome {
  if (first === undefined) {
    throw new CodedError('INVALID_INPUT', 'exceptionIds must name at least one exception');
  }
  return {
    kind: 'failure',
    code: first.code ?? 'NOT_REQUEUEABLE',
    message: first.reason ?? 'Nothing of this selection can be sent again.',
    exceptionId: first.exceptionId,
  };
}
