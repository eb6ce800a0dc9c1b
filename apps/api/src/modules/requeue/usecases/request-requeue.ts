import { randomBytes, randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import { recordAudit, type Actor } from '../../audit/index.js';
import { findIntegrations } from '../../catalog/index.js';
import {
  applyActs,
  findExceptions,
  findPredecessors,
  isActOfQueue,
  lockExceptions,
  type StoredException,
} from '../../exceptions/index.js';
import type { Viewer } from '../../identity/index.js';
import { planRequeue, type BlockingException, type LeftOutCode, type PlanItem } from '../domain/plan.js';
import { selectionHash, writeRequeueBody } from '../domain/requeue-body.js';
import {
  findClaimed,
  findLastAttemptNumbers,
  findSendable,
  insertClaims,
  insertRequest,
  notifyRequestsChanged,
  type NewAttempt,
  type SendableObject,
} from '../requeue.repository.js';
import type { RunLimits } from '../domain/run.js';
import { freezeLimits, startSending } from './start-sending.js';

export type RequeueInput = {
  viewer: Viewer;
  /** Checked ids without repeats. */
  exceptionIds: readonly string[];
  /** Trimmed, not empty. */
  reason: string;
  now: Date;
  secretKey: Buffer;
  traceId: string | undefined;
  /** Also what is stuck behind a failure that is not sent with it. */
  despitePredecessors?: boolean;
  /** Checked; what is left out is said by the targets. */
  limits?: Partial<RunLimits>;
};

export type RequeueOutcome =
  | { kind: 'accepted'; requestId: string; exceptionIds: string[]; plan: PlanItem[] }
  | { kind: 'failure'; code: LeftOutCode; message: string; exceptionId: string };

/** What would be sent, as things stand; changes nothing. */
export async function planRequeueOf(
  tx: Tx,
  exceptionIds: readonly string[],
  secretKey: Buffer,
  despitePredecessors = false,
): Promise<PlanItem[]> {
  const exceptions = inOrder(exceptionIds, await findExceptions(tx, exceptionIds));
  return plan(tx, exceptions, secretKey, despitePredecessors);
}

/**
 * Sends exceptions again: request, attempts with frozen bytes, claims, states, evidence and the sending jobs in one transaction. Of two
 * people who ask at once one gets the claim; the other's selection goes without it, and fails when nothing is left.
 */
export async function requestRequeue(tx: Tx, input: RequeueInput): Promise<RequeueOutcome> {
  const exceptions = inOrder(input.exceptionIds, await lockExceptions(tx, input.exceptionIds));
  const planned = await plan(tx, exceptions, input.secretKey, input.despitePredecessors ?? false);
  const wanted = planned.filter((item) => item.willSend).map((item) => item.exceptionId);
  const attemptIds = new Map(wanted.map((exceptionId) => [exceptionId, randomUUID()]));
  const claimed = await insertClaims(
    tx,
    exceptions.flatMap((exception) => {
      const attemptId = attemptIds.get(exception.exceptionId);
      return attemptId === undefined ? [] : [{ ...exception, attemptId }];
    }),
    input.now,
  );
  const items = planned.map((item) => (item.willSend && !claimed.has(item.exceptionId) ? overtaken(item) : item));
  const chosen = exceptions.filter((exception) => claimed.has(exception.exceptionId));
  const [first] = items;
  if (first === undefined || chosen.length === 0) {
    return failureOf(first);
  }
  const requestId = randomUUID();
  const after = new Map(items.map((item) => [item.exceptionId, item.after]));
  const attempts = (await freeze(tx, chosen, attemptIds, requestId, input.reason)).map((attempt) => ({
    ...attempt,
    after: after.get(attempt.exceptionId) ?? [],
  }));
  const { personId, displayName } = input.viewer;
  const hash = selectionHash(attempts);
  await insertRequest(
    tx,
    { requestId, makerId: personId, makerName: displayName, reason: input.reason, selectionHash: hash },
    attempts,
    input.now,
  );
  await tell(tx, input, requestId, hash, chosen, attempts);
  await freezeLimits(tx, requestId, input.limits);
  await startSending(
    tx,
    attempts.map(({ attemptId }) => attemptId),
    input.now,
  );
  return { kind: 'accepted', requestId, exceptionIds: chosen.map((exception) => exception.exceptionId), plan: items };
}

async function plan(
  tx: Tx,
  exceptions: readonly StoredException[],
  secretKey: Buffer,
  despitePredecessors: boolean,
): Promise<PlanItem[]> {
  const names = [...new Set(exceptions.map((exception) => exception.integration))].filter((name) => name !== '');
  const integrations = await findIntegrations(tx, names, secretKey);
  const claimed = await findClaimed(tx, exceptions);
  const before = await findBlocking(tx, exceptions);
  return planRequeue(
    exceptions.map((exception) => ({
      exception,
      target: integrations.get(exception.integration) ?? null,
      hasClaim: claimed.has(exception.exceptionId),
      before: before.get(exception.exceptionId) ?? [],
    })),
    despitePredecessors,
  );
}

/**
 * Failures before each in the lineage. Only what is sent again itself blocks: that an invoice is not paid in time is no reason to
 * hold back its payment.
 */
async function findBlocking(tx: Tx, exceptions: readonly StoredException[]): Promise<Map<string, BlockingException[]>> {
  const found = await findPredecessors(
    tx,
    exceptions.map((exception) => exception.objectId),
  );
  const ids = [...new Set(found.flat().map((predecessor) => predecessor.exceptionId))];
  const byId = new Map(
    (await findExceptions(tx, ids)).flatMap((one) => (one === null ? [] : [[one.exceptionId, one] as const])),
  );
  // through one integration an object goes once at a time: what is on its way there serves all of its exceptions
  const laneOf = (one: StoredException) => JSON.stringify([one.objectId, one.integration]);
  const underWay = new Set([...byId.values()].filter((one) => one.state === 'REQUEUED').map(laneOf));
  return new Map(
    exceptions.map(({ exceptionId }, index) => [
      exceptionId,
      (found[index] ?? []).flatMap((predecessor) => {
        const one = byId.get(predecessor.exceptionId);
        return one === undefined || one.integration === '' || !isActOfQueue(one.queue, 'requeue')
          ? []
          : [
              {
                exceptionId: one.exceptionId,
                title: `${one.objectType} ${one.objectKey}`,
                isUnderWay: underWay.has(laneOf(one)),
              },
            ];
      }),
    ]),
  );
}

/** Bodies and trace contexts, written once. */
async function freeze(
  tx: Tx,
  exceptions: readonly StoredException[],
  attemptIds: ReadonlyMap<string, string>,
  requestId: string,
  reason: string,
): Promise<Omit<NewAttempt, 'after'>[]> {
  const sendable = await findSendable(tx, exceptions);
  const last = await findLastAttemptNumbers(
    tx,
    exceptions.map((exception) => exception.exceptionId),
  );
  return exceptions.map(({ exceptionId, objectId, objectType, objectKey, integration }) => {
    const attemptId = attemptIds.get(exceptionId) ?? randomUUID();
    const attempt = (last.get(exceptionId) ?? 0) + 1;
    const known: SendableObject | undefined = sendable.get(exceptionId);
    const body = writeRequeueBody({
      requeueId: requestId,
      attempt,
      integration,
      object: { type: known?.type ?? objectType, key: known?.key ?? objectKey, aliases: known?.aliases ?? [] },
      payloadJson: known?.payloadJson ?? null,
      payloadVersion: known?.payloadVersion ?? 1,
      reason,
    });
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
    };
  });
}

async function tell(
  tx: Tx,
  { viewer, reason, now, traceId }: RequeueInput,
  requestId: string,
  hash: Buffer,
  exceptions: readonly StoredException[],
  attempts: readonly NewAttempt[],
): Promise<void> {
  const actor: Actor = { kind: 'person', id: viewer.personId, name: viewer.displayName };
  const byException = new Map(attempts.map((attempt) => [attempt.exceptionId, attempt]));
  await applyActs(
    tx,
    { actor, at: now, traceId },
    exceptions.map((exception) => {
      const attempt = byException.get(exception.exceptionId);
      const details = { requestId, attemptId: attempt?.attemptId, attempt: attempt?.attempt, reason };
      return { exception, act: 'requeue' as const, kind: 'requeue-requested', details };
    }),
  );
  await recordAudit(tx, {
    at: now,
    actor,
    action: 'requeue.requested',
    subject: { type: 'requeue-request', id: requestId },
    details: { reason, items: attempts.length, selectionHash: hash.toString('hex') },
    traceId,
  });
  await notifyRequestsChanged(tx, [requestId]);
}

function inOrder(ids: readonly string[], found: readonly (StoredException | null)[]): StoredException[] {
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

function overtaken(item: PlanItem): PlanItem {
  return {
    ...item,
    willSend: false,
    after: [],
    code: 'ALREADY_REQUEUED',
    reason: 'Somebody else has just sent it again.',
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
