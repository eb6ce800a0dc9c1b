import type { Tx } from '@throughline/persistence';
import { CodedError } from '../../../graphql/coded-error.js';
import type { PayloadChoice } from '../corrections/choose-payloads.js';
import { MOST_VALIDATED } from '../domain/validation.js';
import { findCanary } from './plan-item.repository.js';
import { findPlans } from './plan.repository.js';

/** Those of a planned selection that would go first, and how they would be sent. */
export async function canaryOfPlan(
  tx: Tx,
  planId: string,
): Promise<{ exceptionIds: readonly string[]; choice: PayloadChoice }> {
  const [plan] = await findPlans(tx, [planId]);
  if (!plan) throw new CodedError('NOT_FOUND', 'There is no such plan');
  if (plan.state !== 'PLANNED')
    throw new CodedError('INVALID_INPUT', 'planId: it is not planned, or asked for already');
  const exceptionIds = await findCanary(tx, planId, MOST_VALIDATED);
  return { exceptionIds, choice: { mode: plan.mode, versions: new Map() } };
}
