import type { Operation } from '../../../graphql/operation.js';
import { toChangeReport } from '../../lineage/index.js';
import { reportingMoney } from '../plan-reader.js';
import { isReviewOverdue } from '../reviews/domain/review-due.js';
import type { LineageApprovalType } from './graphql/lineage-approval.types.js';
import type { LineageApprovalRow } from './lineage-approval.repository.js';

/** An approval as the API shows it to this viewer. */
export function toLineageApproval(
  row: LineageApprovalRow,
  operation: Pick<Operation, 'viewer' | 'now'>,
): LineageApprovalType {
  const { viewer } = operation;
  const isMine = row.makerId === viewer.personId;
  const isPending = row.state === 'PENDING_APPROVAL';
  const may = viewer.permissions;
  return {
    ...row,
    report: toChangeReport(row.report, viewer),
    reportingMoney: row.isMoneyUnknown ? null : reportingMoney(row.reportingMinor),
    isReviewOverdue: isReviewOverdue(row, operation.now()),
    isMine,
    canDecide: isPending && !isMine && may.has('requeue.approve'),
    canWithdraw: isPending && isMine,
    canBreakGlass: isPending && !row.needed.isHard && may.has('requeue.break-glass'),
    canReview:
      row.isBreakGlass &&
      row.reviewedAt === null &&
      !isMine &&
      row.decidedBy !== viewer.personId &&
      may.has('requeue.approve'),
  };
}
