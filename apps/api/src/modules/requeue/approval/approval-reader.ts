import type { Viewer } from '../../identity/index.js';
import { toMoney } from '../../../graphql/money.type.js';
import type { PayloadChange } from '../corrections/domain/json-changes.js';
import { modeName } from '../corrections/graphql/correction.types.js';
import { reportingMoney } from '../plan-reader.js';
import { isReviewOverdue } from '../reviews/domain/review-due.js';
import { isDecidedInSlices } from './domain/decided-in-slices.js';
import type { ItemRow } from './approval-item.repository.js';
import type { ApprovalRow } from './approval.repository.js';
import type { RequeueApprovalStandingType, RequeueItemType } from './graphql/approval.types.js';

/** Where a request stands, as the API shows it to this viewer. */
export function toStanding(row: ApprovalRow, viewer: Viewer, now: Date): RequeueApprovalStandingType {
  const isMine = row.makerId === viewer.personId;
  const isPending = row.state === 'PENDING_APPROVAL';
  const may = viewer.permissions;
  return {
    ...row,
    needed: row.approval,
    coversLimits: row.hashVersion >= 2,
    reportingMoney: row.isMoneyUnknown || row.reportingMinor === null ? null : reportingMoney(row.reportingMinor),
    isReviewOverdue: isReviewOverdue(row, now),
    isDecidedInSlices: isDecidedInSlices(row),
    isMine,
    canDecide: isPending && !isMine && may.has('requeue.approve'),
    canWithdraw: isPending && isMine && may.has('requeue.request'),
    canBreakGlass: isPending && row.approval?.isHard !== true && may.has('requeue.break-glass'),
    canReview:
      row.isBreakGlass &&
      row.reviewedAt === null &&
      !isMine &&
      row.decidedBy !== viewer.personId &&
      may.has('requeue.approve'),
  };
}

export function toItem({ amount, currency, mode, ...row }: ItemRow, changes: PayloadChange[]): RequeueItemType {
  return { ...row, money: toMoney(amount, currency), mode: modeName(mode), changes };
}
