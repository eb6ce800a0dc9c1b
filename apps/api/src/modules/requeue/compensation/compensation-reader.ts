import { toSum } from '../plan-reader.js';
import type { CompensationRow } from './compensation.repository.js';
import type { CompensationPlanType, RequestedCompensationType } from './graphql/compensation.types.js';
import type { CompensationPlan } from './usecases/read-compensation-plan.js';

/** A plan as the API shows it. */
export function toCompensationPlan({ items, effect, leftOut, ...plan }: CompensationPlan): CompensationPlanType {
  return {
    ...plan,
    effect: effect.map(toSum),
    leftOut: leftOut.map(toSum),
    items: items.map(({ postingDate, ...item }) => ({
      ...item,
      postingDate: 'on' in postingDate ? postingDate.on : null,
      closedPeriod: 'closed' in postingDate ? postingDate.closed : null,
    })),
  };
}

/** What an attempt undoes, as the API shows it. */
export function toRequested(
  row: CompensationRow & Pick<RequestedCompensationType, 'action'>,
): RequestedCompensationType {
  const { action, documentId, documentType, documentKey, postingOn, proofActivity, proofMilestone } = row;
  return {
    action,
    document: { objectId: documentId, type: documentType, key: documentKey },
    postingDate: postingOn,
    provedBy: proofActivity ?? proofMilestone,
  };
}
