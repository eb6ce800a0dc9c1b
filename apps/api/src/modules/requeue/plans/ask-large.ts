import { CodedError } from '../../../graphql/coded-error.js';
import { requireUuid } from '../../../graphql/identifier.js';
import type { Operation } from '../../../graphql/operation.js';
import { actOf } from '../../catalog/index.js';
import { readPicked, type BulkSelectionInput } from '../../exceptions/index.js';
import type { PayloadChoice } from '../corrections/choose-payloads.js';
import type { InSpiteOf } from '../domain/left-out.js';
import type { RunLimits } from '../domain/run.js';
import { findRequest } from '../requeue.repository.js';
import type { RequeueFailureType } from '../graphql/requeue-run.types.js';
import type { RequeuePlanningType } from './graphql/requeue-plan.types.js';
import { goOnWithPlan } from './go-on.js';
import { startPlan, type PlanOutcome } from './start-plan.js';

/** What is asked of a selection that is too large for one transaction: plan it, plan it anew, or go on with its plan. */
export type LargeAsk = {
  selection: BulkSelectionInput | null;
  planId: string | null;
  reason: string;
  dryRun: boolean;
  inSpiteOf: InSpiteOf;
  payload: PayloadChoice;
  limits: Partial<RunLimits>;
};

export async function askLarge(
  operation: Operation,
  { selection, planId, reason, dryRun, inSpiteOf, payload: { mode }, limits }: LargeAsk,
): Promise<RequeuePlanningType | RequeueFailureType> {
  const act = actOf(operation);
  if (planId !== null && !dryRun) {
    const wish = { requestId: requireUuid(planId, 'planId'), reason, limits };
    return answer(operation, await operation.write((tx) => goOnWithPlan(tx, act, wish)));
  }
  if (!dryRun) throw invalid('a selection is planned first: dryRun must be true; then go on with planId');
  if (mode === 'corrected') throw invalid('a selection cannot be sent corrected: name the exceptions and versions');
  // the plan of a plan is that of the same exceptions, with other wishes
  const picked =
    planId === null ? readPicked(selection ?? {}, operation.now()) : { ofPlan: requireUuid(planId, 'planId') };
  const wish = { picked, reason, inSpiteOf, mode };
  return answer(operation, await operation.write((tx) => startPlan(tx, act, wish)));
}

async function answer(operation: Operation, outcome: PlanOutcome): Promise<RequeuePlanningType | RequeueFailureType> {
  if (outcome.kind === 'plan-failure') return { code: outcome.code, message: outcome.message };
  const planning = await findRequest(await operation.read(), outcome.requestId);
  if (planning === null) throw new CodedError('NOT_FOUND', 'There is no such requeue request');
  return { planning };
}

function invalid(message: string): CodedError {
  return new CodedError('INVALID_INPUT', message);
}
