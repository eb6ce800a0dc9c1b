import type { Tx } from '@throughline/persistence';
import { recordAudit, type Actor } from '../../audit/index.js';
import { putAskedApproval } from '../approval/approval.repository.js';
import { reportingOnce, subjectOf } from '../approval/domain/approval-subject.js';
import { neededApproval, type NeededApproval } from '../approval/domain/four-eyes.js';
import { fourEyesInForce } from '../approval/four-eyes-in-force.js';
import { afterRequestStep } from '../domain/request-life.js';
import { requestHash } from '../domain/request-hash.js';
import { notifyApprovalsChanged, notifyRequestsChanged } from '../requeue.repository.js';
import { insertRun, writeState } from '../run.repository.js';
import { REQUEUE_SENDER } from '../usecases/requeue-sender.js';
import { limitsFor, runOf, startSending } from '../usecases/start-sending.js';
import { findFrozenMoney } from './plan-item.repository.js';
import {
  countLeftOut,
  findAnyAttempt,
  findIntegrationsOfPlan,
  hashOfFrozen,
  putFrozen,
  putNote,
  type PlanRow,
} from './plan.repository.js';

const MS_PER_HOUR = 3_600_000;

/** All that goes is frozen: it is hashed and measured as a whole, and goes out or waits for approval, as a small request does. */
export async function finishFreezing(tx: Tx, plan: PlanRow, now: Date): Promise<void> {
  const { requestId } = plan;
  await countLeftOut(tx, requestId);
  const attemptId = await findAnyAttempt(tx, requestId);
  if (attemptId === null) return dropPlan(tx, plan, 'Nothing of it could be sent any more when it was asked for.', now);
  const { fourEyes } = await fourEyesInForce(tx);
  const frozen = await findFrozenMoney(tx, requestId);
  const subject = subjectOf(frozen, 'resend', plan.mode);
  const fresh = neededApproval(fourEyes.rules, subject);
  if (plan.approval === null && fresh !== null) {
    return dropPlan(
      tx,
      plan,
      'By what is known now it needs approval, which its plan did not say: plan it again.',
      now,
    );
  }
  // an approval that was needed of all of it is needed of what is left of it
  const approval = strictest(plan.approval, fresh);
  const state = afterRequestStep(plan.state, approval === null ? 'send' : 'ask');
  if (state === null) throw new Error(`a request that is ${plan.state} cannot be asked for`);
  const { items, hash: selection } = await hashOfFrozen(tx, requestId);
  const limits = await limitsFor(tx, await findIntegrationsOfPlan(tx, requestId), plan.limits);
  const hash = requestHash(selection, limits);
  await putFrozen(tx, requestId, items, hash);
  await putAskedApproval(tx, requestId, {
    state,
    approval,
    reportingMinor: reportingOnce(frozen).toString(),
    isMoneyUnknown: subject.parts.some(({ isMoneyUnknown }) => isMoneyUnknown),
    isCarriedForward: plan.isCarriedForward,
    dueAt: approval === null ? null : new Date(now.getTime() + fourEyes.expiresAfterHours * MS_PER_HOUR),
  });
  await insertRun(tx, requestId, limits);
  const actor: Actor = { kind: 'person', id: plan.makerId, name: plan.makerName };
  await recordAudit(tx, {
    at: now,
    actor,
    action: approval === null ? 'requeue.requested' : 'requeue.approval-requested',
    subject: { type: 'requeue-request', id: requestId },
    details: { reason: plan.reason, items, selectionHash: hash.toString('hex'), limits },
    traceId: plan.traceId ?? undefined,
  });
  if (approval === null) await startSending(tx, [attemptId], now);
  else await notifyApprovalsChanged(tx);
  await notifyRequestsChanged(tx, [requestId]);
}

/** Ends what cannot be asked for; what is claimed already is freed by the stage of runs, batch by batch. */
export async function dropPlan(tx: Tx, { requestId, state }: PlanRow, why: string, now: Date): Promise<void> {
  const after = afterRequestStep(state, 'drop');
  if (after === null) throw new Error(`a request that is ${state} cannot be dropped`);
  await runOf(tx, requestId);
  await writeState(tx, requestId, after, why, now);
  await putNote(tx, requestId, why);
  await recordAudit(tx, {
    at: now,
    actor: REQUEUE_SENDER,
    action: 'requeue.dropped',
    subject: { type: 'requeue-request', id: requestId },
    details: { why },
  });
  await notifyRequestsChanged(tx, [requestId]);
  await tx.notify('throughline_requeue', tx.tenantId);
}

/** What either of them asks. */
function strictest(planned: NeededApproval | null, fresh: NeededApproval | null): NeededApproval | null {
  if (planned === null || fresh === null) return planned ?? fresh;
  const names = new Set(planned.rules.map(({ name }) => name));
  return {
    approvals: Math.max(planned.approvals, fresh.approvals),
    roles: [...new Set([...planned.roles, ...fresh.roles])],
    excludesTouchers: planned.excludesTouchers || fresh.excludesTouchers,
    isHard: planned.isHard || fresh.isHard,
    rules: [...planned.rules, ...fresh.rules.filter(({ name }) => !names.has(name))],
  };
}
