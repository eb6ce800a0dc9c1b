import type { Operation } from '../../../graphql/operation.js';
import { modeName } from '../corrections/graphql/correction.types.js';
import { afterRequestStep } from '../domain/request-life.js';
import type { RunLimits } from '../domain/run.js';
import { toSum } from '../plan-reader.js';
import { limitsFor } from '../usecases/start-sending.js';
import type { PlanOfRequest } from './graphql/requeue-plan.types.js';
import { findIntegrationsOfPlan, findPlans, type PlanRow } from './plan.repository.js';

/** The plan of a request as the API shows it; null = a small one, planned at once. */
export async function readPlan(operation: Operation, requestId: string): Promise<PlanOfRequest | null> {
  const row = await operation.loader('requeue plans', findPlans).load(requestId);
  return row === null ? null : toPlanType(row, operation);
}

function toPlanType(row: PlanRow, operation: Operation): PlanOfRequest {
  const { viewer } = operation;
  const { wish, going, mode, expiresAt } = row;
  const isInTime = expiresAt === null || expiresAt > operation.now();
  return {
    ...row,
    mode: modeName(mode),
    despitePredecessors: wish.predecessors === true,
    despiteLookAlikes: wish.lookAlikes === true,
    carryForward: wish.passedDates === true,
    planned: going === null ? row.donePosition : row.items,
    leftOutBy: row.leftOut,
    sent: row.sentSums.map(toSum),
    leftOut: row.leftOutSums.map(toSum),
    canGoOn:
      afterRequestStep(row.state, 'go-on') !== null &&
      isInTime &&
      (going ?? 0) > 0 &&
      row.makerId === viewer.personId &&
      viewer.permissions.has('requeue.request'),
  };
}

/** The limits that its targets state, and once it is asked for those that were chosen instead. */
export async function readLimitsOfPlan(operation: Operation, requestId: string): Promise<RunLimits> {
  const tx = await operation.read();
  const plan = await operation.loader('requeue plans', findPlans).load(requestId);
  return limitsFor(tx, await findIntegrationsOfPlan(tx, requestId), plan?.limits);
}
