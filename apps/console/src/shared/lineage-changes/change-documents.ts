import { graphql } from '../../gql/index.js';
import type {
  ChangeReportPartsFragment,
  ChangesAfterwardsPartsFragment,
  LineageApprovalPartsFragment,
} from '../../gql/graphql.js';

export const ChangeReportText = graphql(`
  fragment ChangeReportParts on ChangeReport {
    signals
    activities {
      added
      changed
      removed
    }
    isSample
    foreseen
    money {
      ...MoneyChangeParts
    }
    exceptions {
      ...ExceptionChangeParts
    }
    closedPeriods
  }
`);

export const MoneyChangeText = graphql(`
  fragment MoneyChangeParts on MoneyChange {
    objectType
    legalEntity
    documents
    before {
      amount
      currency
    }
    after {
      amount
      currency
    }
    openBefore {
      amount
      currency
    }
    openAfter {
      amount
      currency
    }
  }
`);

export const ExceptionChangeText = graphql(`
  fragment ExceptionChangeParts on ExceptionChanges {
    opens
    closes
    changes
    first {
      what
      about
      label
    }
  }
`);

export const ChangesAfterwardsText = graphql(`
  fragment ChangesAfterwardsParts on ChangesAfterwards {
    activities {
      added
      changed
      removed
    }
    comparedAt
    differences {
      table
      added
      changed
      removed
    }
    money {
      ...MoneyChangeParts
    }
    exceptions {
      ...ExceptionChangeParts
    }
    asForeseen
    otherwise
  }
`);

/** What an approval is about and where it stands, without its report. */
export const LineageApprovalText = graphql(`
  fragment LineageApprovalParts on LineageApproval {
    id
    kind
    state
    makerName
    reason
    hash
    askedAgain
    createdAt
    dueAt
    decidedAt
    decidedByName
    decisionReason
    isBreakGlass
    reviewDueAt
    isReviewOverdue
    reviewedAt
    reviewedByName
    reviewComment
    isMine
    canDecide
    canWithdraw
    canBreakGlass
    canReview
    needed {
      approvals
      roles
      excludesTouchers
      isHard
      rules {
        name
        title
      }
    }
    approvals {
      personId
      personName
      comment
      forPersonName
      approvedAt
    }
    approvers {
      person {
        id
        displayName
      }
      canApprove
      code
      whyNot
    }
  }
`);

/** What a decision brought. */
export const LineageDecisionText = graphql(`
  fragment LineageDecisionParts on LineageDecisionResult {
    __typename
    ... on LineageDecided {
      approval {
        id
        state
      }
    }
    ... on ActFailure {
      code
      message
    }
  }
`);

export const ApproveLineageChangeDocument = graphql(`
  mutation ApproveLineageChange($id: ID!, $hash: String!, $comment: String) {
    approveLineageChange(approvalId: $id, hash: $hash, comment: $comment) {
      ...LineageDecisionParts
    }
  }
`);

export const RejectLineageChangeDocument = graphql(`
  mutation RejectLineageChange($id: ID!, $reason: String!) {
    rejectLineageChange(approvalId: $id, reason: $reason) {
      ...LineageDecisionParts
    }
  }
`);

export const WithdrawLineageChangeDocument = graphql(`
  mutation WithdrawLineageChange($id: ID!) {
    withdrawLineageChange(approvalId: $id) {
      ...LineageDecisionParts
    }
  }
`);

export const BreakGlassLineageChangeDocument = graphql(`
  mutation BreakGlassLineageChange($id: ID!, $hash: String!, $reason: String!) {
    breakGlassLineageChange(approvalId: $id, hash: $hash, reason: $reason) {
      ...LineageDecisionParts
    }
  }
`);

export const ReviewLineageChangeDocument = graphql(`
  mutation ReviewLineageChange($id: ID!, $comment: String!) {
    reviewLineageChange(approvalId: $id, comment: $comment) {
      ...LineageDecisionParts
    }
  }
`);

export type ChangeReport = ChangeReportPartsFragment;
export type Afterwards = ChangesAfterwardsPartsFragment;
export type LineageApproval = LineageApprovalPartsFragment;
