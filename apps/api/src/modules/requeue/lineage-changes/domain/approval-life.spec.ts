import { describe, expect, it } from '@jest/globals';
import {
  afterLineageApprovalStep,
  LINEAGE_APPROVAL_STATES,
  proveLineageApprovalLife,
  type LineageApprovalState,
  type LineageApprovalStep,
} from './approval-life.js';

describe('the approval of a change of lineage', () => {
  it('has a life that can be proved', () => {
    expect(proveLineageApprovalLife).not.toThrow();
  });

  const POSSIBLE: Readonly<Record<LineageApprovalStep, readonly LineageApprovalState[]>> = {
    approve: ['PENDING_APPROVAL'],
    reject: ['PENDING_APPROVAL'],
    withdraw: ['PENDING_APPROVAL'],
    expire: ['PENDING_APPROVAL'],
    overtake: ['PENDING_APPROVAL', 'APPROVED'],
  };
  it.each(Object.entries(POSSIBLE) as [LineageApprovalStep, readonly LineageApprovalState[]][])(
    'can be told to %s from %j alone',
    (step, states) => {
      expect(LINEAGE_APPROVAL_STATES.filter((state) => afterLineageApprovalStep(state, step) !== null)).toEqual(states);
    },
  );
});
