import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../../catalog/index.js';
import { afterRequestStep } from '../domain/request-life.js';
import type { RunLimits } from '../domain/run.js';
import { notifyRequestsChanged } from '../requeue.repository.js';
import { lockPlan, putAsked, putState } from './plan.repository.js';
import { planFailure, type PlanOutcome } from './start-plan.js';

export type GoOnWish = {
  requestId: string;
  /** Trimmed, not empty. */
  reason: string;
  limits: Partial<RunLimits>;
};

/** Asks for what a plan showed, and nothing else: the worker freezes it in slices, then it goes out or waits for approval. */
export async function goOnWithPlan(tx: Tx, act: CatalogAct, wish: GoOnWish): Promise<PlanOutcome> {
  const { viewer, now, traceId } = act;
  const { requestId, reason, limits } = wish;
  const plan = await lockPlan(tx, requestId);
  if (plan === null) return planFailure('NOT_FOUND', 'There is no such plan.');
  const state = afterRequestStep(plan.state, 'go-on');
  if (state === null || (plan.expiresAt !== null && plan.expiresAt <= now)) {
    const words = state === null ? plan.state.toLowerCase().replaceAll('_', ' ') : 'expired';
    return planFailure('NOT_POSSIBLE_NOW', `It is ${words}, so nobody can go on with it.`);
  }
  if (plan.makerId !== viewer.personId) {
    return planFailure('NOT_THE_MAKER', `${plan.makerName} planned it: plan it yourself to ask for it.`);
  }
  if (plan.going === 0) return planFailure('NOTHING_GOES', 'Nothing of this selection can be sent again.');
  await putAsked(tx, requestId, { reason, limits, traceId }, now);
  await putState(tx, requestId, state, now);
  const details = { reason, going: plan.going, of: plan.items };
  await recordAct(tx, act, 'requeue.asked', { type: 'requeue-request', id: requestId }, details);
  await notifyRequestsChanged(tx, [requestId]);
  await tx.notify('throughline_requeue', tx.tenantId);
  return { kind: 'planned', requestId };
}
