import { randomBytes, randomUUID } from 'node:crypto';
import type { CompensationBody } from '@throughline/contracts';
import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../../graphql/coded-error.js';
import { recordAudit, type Actor } from '../../../audit/index.js';
import { applyActs, lockExceptions, overtakeAcceptances } from '../../../exceptions/index.js';
import type { Viewer } from '../../../identity/index.js';
import { insertItems } from '../../approval/approval-item.repository.js';
import { putAskedApproval } from '../../approval/approval.repository.js';
import { reportingOnce, subjectOf } from '../../approval/domain/approval-subject.js';
import { fourEyesInForce } from '../../approval/four-eyes-in-force.js';
import { requestHash } from '../../domain/request-hash.js';
import { selectionHash } from '../../domain/requeue-body.js';
import {
  findLastAttemptNumbers,
  insertClaims,
  insertRequest,
  notifyApprovalsChanged,
  notifyRequestsChanged,
  type NewAttempt,
} from '../../requeue.repository.js';
import { insertRun } from '../../run.repository.js';
import { inOrder } from '../../usecases/read-plan.js';
import { limitsFor, startSending } from '../../usecases/start-sending.js';
import { findDocuments, type DocumentRow } from '../compensation-facts.repository.js';
import { insertCompensations, type CompensationRow } from '../compensation.repository.js';
import type { NotCompensatedCode } from '../domain/compensation-plan.js';
import { readCases, withTargets, type CompensationCase, type CompensationWish } from './read-cases.js';
import { planOfCases, type CompensationPlan } from './read-compensation-plan.js';

export type CompensationInput = CompensationWish & {
  viewer: Viewer;
  /** Checked ids without repeats. */
  exceptionIds: readonly string[];
  /** Trimmed, not empty. */
  reason: string;
  now: Date;
  secretKey: Buffer;
  traceId: string | undefined;
};

export type CompensationOutcome =
  | { kind: 'accepted'; requestId: string; exceptionIds: string[]; plan: CompensationPlan }
  | { kind: 'failure'; code: NotCompensatedCode; message: string; exceptionId: string };

const MS_PER_HOUR = 3_600_000;

/** A case that goes, with what of it was decided. */
type Going = CompensationCase & { attemptId: string; after: readonly string[] };

/**
 * Asks integrations to undo documents, or to tell somebody of them, as sending again asks: request, attempts with frozen bytes, claims,
 * states, evidence and the sending jobs in one transaction. Whatever else is sent of a document through the same integration holds the
 * same claim, so that of undoing and sending again only one is under way.
 */
export async function requestCompensation(tx: Tx, input: CompensationInput): Promise<CompensationOutcome> {
  const { now, viewer, reason, action, exceptionIds } = input;
  const exceptions = inOrder(exceptionIds, await lockExceptions(tx, exceptionIds));
  const cases = await withTargets(tx, await readCases(tx, exceptions, input, now), input.secretKey);
  const planned = await planOfCases(tx, cases, action);
  const wanted = goingOf(cases, planned);
  const claimed = await insertClaims(tx, wanted.map(claimOf), now);
  const going = wanted.filter(({ exception }) => claimed.has(exception.exceptionId));
  const plan = going.length === wanted.length ? planned : await withoutClaimed(tx, cases, claimed, planned);
  const [first] = plan.items;
  if (first === undefined) throw new CodedError('INVALID_INPUT', 'exceptionIds must name at least one exception');
  if (going.length === 0) {
    const { code, reason: message, exceptionId } = first;
    return {
      kind: 'failure',
      code: code ?? 'NOT_COMPENSABLE',
      message: message ?? 'Nothing of it can be undone.',
      exceptionId,
    };
  }
  const requestId = randomUUID();
  const attempts = await freeze(tx, going, requestId, input);
  const limits = await limitsFor(
    tx,
    attempts.map(({ integration }) => integration),
  );
  const hash = requestHash(selectionHash(attempts), limits);
  await insertRequest(
    tx,
    {
      requestId,
      makerId: viewer.personId,
      makerName: viewer.displayName,
      reason,
      selectionHash: hash,
      action,
    },
    attempts,
    now,
  );
  await insertCompensations(tx, going.map(compensationOf));
  const measured = going.map((one) => one.measured);
  const attemptIds = new Map(going.map(({ exception, attemptId }) => [exception.exceptionId, attemptId]));
  await insertItems(tx, requestId, measured, attemptIds);
  // an approval that was needed of all of it is needed of what is left of it
  const { approval } = planned;
  const { parts } = subjectOf(measured, 'compensate');
  const { fourEyes } = await fourEyesInForce(tx);
  await putAskedApproval(tx, requestId, {
    state: approval === null ? 'SENDING' : 'PENDING_APPROVAL',
    approval,
    reportingMinor: reportingOnce(measured).toString(),
    isMoneyUnknown: parts.some(({ isMoneyUnknown }) => isMoneyUnknown),
    isCarriedForward: false,
    dueAt: approval === null ? null : new Date(now.getTime() + fourEyes.expiresAfterHours * MS_PER_HOUR),
  });
  await insertRun(tx, requestId, limits);
  await tell(tx, input, { requestId, hash, isAsked: approval !== null }, going, attempts);
  if (approval === null) {
    await startSending(
      tx,
      attempts.map(({ attemptId }) => attemptId),
      now,
    );
  }
  const ids = going.map(({ exception }) => exception.exceptionId);
  return { kind: 'accepted', requestId, exceptionIds: ids, plan: { ...plan, approval } };
}

function goingOf(cases: readonly CompensationCase[], plan: CompensationPlan): Going[] {
  const byId = new Map(plan.items.map((item) => [item.exceptionId, item]));
  return cases.flatMap((one) => {
    const item = byId.get(one.exception.exceptionId);
    return item?.willSend === true ? [{ ...one, attemptId: randomUUID(), after: item.after }] : [];
  });
}

function claimOf({ exception: { exceptionId }, measured: { objectId, integration }, attemptId }: Going) {
  return { exceptionId, objectId, integration, attemptId };
}

/** What somebody else claimed in this moment is as good as sent. */
async function withoutClaimed(
  tx: Tx,
  cases: readonly CompensationCase[],
  claimed: ReadonlySet<string>,
  planned: CompensationPlan,
): Promise<CompensationPlan> {
  const isLost = new Set(
    planned.items.flatMap(({ exceptionId, willSend }) => (willSend && !claimed.has(exceptionId) ? exceptionId : [])),
  );
  const reason = 'Somebody else has just sent something of it.';
  const left = await planOfCases(
    tx,
    cases.filter(({ exception }) => claimed.has(exception.exceptionId)),
    planned.action,
  );
  return {
    ...left,
    items: planned.items.map((item) =>
      isLost.has(item.exceptionId)
        ? { ...item, willSend: false, after: [], code: 'ALREADY_SENT' as const, reason }
        : item,
    ),
  };
}

/** Bodies and trace contexts, written once. */
async function freeze(
  tx: Tx,
  going: readonly Going[],
  requestId: string,
  { action, reason }: CompensationInput,
): Promise<NewAttempt[]> {
  const last = await findLastAttemptNumbers(
    tx,
    going.map(({ exception }) => exception.exceptionId),
  );
  const objects = await findDocuments(
    tx,
    going.map(({ exception }) => exception.objectId),
  );
  return going.map(({ exception, attemptId, after, row, measured, postingDate }) => {
    const { exceptionId, objectId, objectType, objectKey } = exception;
    const attempt = (last.get(exceptionId) ?? 0) + 1;
    const body: CompensationBody = {
      requeueId: requestId,
      attempt,
      integration: measured.integration,
      action,
      object: bodyOf(objects.get(objectId) ?? { type: objectType, key: objectKey, aliases: [] }),
      document: bodyOf(row ?? { type: measured.objectType, key: measured.objectKey, aliases: [] }),
      postingDate: action !== 'notify' && 'on' in postingDate ? postingDate.on : null,
      reason,
    };
    return {
      attemptId,
      exceptionId,
      objectId: measured.objectId,
      integration: measured.integration,
      attempt,
      idempotencyKey: `msg_${attemptId}`,
      body: JSON.stringify(body),
      traceparent: `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`,
      mode: 'as-is',
      payloadVersion: null,
      after,
    };
  });
}

function bodyOf({ type, key, aliases }: Pick<DocumentRow, 'type' | 'key' | 'aliases'>): CompensationBody['document'] {
  return { type, key, aliases };
}

function compensationOf({ attemptId, measured, declared, postingDate, action }: Going): CompensationRow {
  if (declared === null) throw new Error(`nobody declares what attempt ${attemptId} undoes`);
  return {
    attemptId,
    documentId: measured.objectId,
    documentType: measured.objectType,
    documentKey: measured.objectKey,
    path: declared.path,
    proofActivity: declared.proofActivity,
    proofMilestone: declared.proofMilestone,
    withinMinutes: declared.withinMinutes,
    postingOn: action !== 'notify' && 'on' in postingDate ? postingDate.on : null,
  };
}

async function tell(
  tx: Tx,
  { viewer, reason, now, traceId, action }: CompensationInput,
  { requestId, hash, isAsked }: { requestId: string; hash: Buffer; isAsked: boolean },
  going: readonly Going[],
  attempts: readonly NewAttempt[],
): Promise<void> {
  const actor: Actor = { kind: 'person', id: viewer.personId, name: viewer.displayName };
  const numbers = new Map(attempts.map(({ attemptId, attempt }) => [attemptId, attempt]));
  if (isAsked) {
    await overtakeAcceptances(
      tx,
      going.map(({ exception }) => exception.exceptionId),
    );
  }
  await applyActs(
    tx,
    { actor, at: now, traceId },
    going.map(({ exception, attemptId, measured }) => ({
      exception,
      act: isAsked ? ('ask-approval' as const) : ('requeue' as const),
      kind: isAsked ? 'requeue-approval-requested' : 'compensation-requested',
      details: {
        ...{ requestId, attemptId, attempt: numbers.get(attemptId), reason, action },
        document: `${measured.objectType} ${measured.objectKey}`,
      },
    })),
  );
  await recordAudit(tx, {
    at: now,
    actor,
    action: isAsked ? 'requeue.approval-requested' : 'requeue.compensation-requested',
    subject: { type: 'requeue-request', id: requestId },
    details: { reason, action, items: attempts.length, selectionHash: hash.toString('hex') },
    traceId,
  });
  await notifyRequestsChanged(tx, [requestId]);
  if (isAsked) await notifyApprovalsChanged(tx);
}
