import { afterStep, proveLife, type Life, type LifeStep } from '@throughline/canonical';

export const LINEAGE_APPROVAL_STATES = [
  'PENDING_APPROVAL',
  'APPROVED',
  'REJECTED',
  'EXPIRED',
  'WITHDRAWN',
  'OVERTAKEN',
] as const;

export type LineageApprovalState = (typeof LINEAGE_APPROVAL_STATES)[number];

/** The life of an approval that a change of lineage needs. */
export const LINEAGE_APPROVAL_LIFE = [
  { step: 'approve', from: ['PENDING_APPROVAL'], to: 'APPROVED' },
  { step: 'reject', from: ['PENDING_APPROVAL'], to: 'REJECTED' },
  // by its maker, or because the change itself was cancelled
  { step: 'withdraw', from: ['PENDING_APPROVAL'], to: 'WITHDRAWN' },
  { step: 'expire', from: ['PENDING_APPROVAL'], to: 'EXPIRED' },
  // something else would change by now: it is asked for anew
  { step: 'overtake', from: ['PENDING_APPROVAL', 'APPROVED'], to: 'OVERTAKEN' },
] as const satisfies readonly LifeStep<LineageApprovalState>[];

export type LineageApprovalStep = (typeof LINEAGE_APPROVAL_LIFE)[number]['step'];

const LIFE: Life<LineageApprovalState> = {
  states: LINEAGE_APPROVAL_STATES,
  starts: ['PENDING_APPROVAL'],
  ends: ['REJECTED', 'EXPIRED', 'WITHDRAWN', 'OVERTAKEN'],
  steps: LINEAGE_APPROVAL_LIFE,
};

/** The state after the step; null when it is not possible now. */
export function afterLineageApprovalStep(
  state: LineageApprovalState,
  step: LineageApprovalStep,
): LineageApprovalState | null {
  return afterStep(LINEAGE_APPROVAL_LIFE, state, step);
}

/** Proves the declared life cycle; called when the program starts. */
export function proveLineageApprovalLife(): void {
  proveLife('approvals of changes of lineage', LIFE);
}
