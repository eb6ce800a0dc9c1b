import { graphql } from '../../gql/index.js';
import type { RequeueApprovalQuery, RequeueApprovalsQuery } from '../../gql/graphql.js';

export const RequeueApprovalsDocument = graphql(`
  query RequeueApprovals($first: Int!, $after: String, $filter: RequeueApprovalFilter!) {
    requeueApprovals(first: $first, after: $after, filter: $filter) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          action
          state
          reason
          makerName
          createdAt
          items
          legalEntities
          amounts {
            legalEntity
            inflow {
              amount
              currency
            }
            outflow {
              amount
              currency
            }
            count
          }
          approval {
            isMine
            canDecide
            canReview
            isBreakGlass
            reviewDueAt
            isReviewOverdue
            reviewedAt
            dueAt
            decidedByName
            decidedAt
          }
        }
      }
    }
    requeueApprovalCounts {
      waiting
      mine
      forMe
      review
      reviewOverdue
    }
  }
`);

export const RequeueApprovalDocument = graphql(`
  query RequeueApproval($id: ID!) {
    requeueRequest(id: $id) {
      id
      action
      state
      reason
      makerName
      createdAt
      items
      selectionHash
      left
      legalEntities
      integrations
      plan {
        frozen
      }
      deciding {
        items
        done
        letGo
        setAside
      }
      amounts {
        legalEntity
        inflow {
          amount
          currency
        }
        outflow {
          amount
          currency
        }
        count
      }
      run {
        limits {
          ...LimitsShown
        }
        targets {
          integration
          ...HoursShown
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
      approval {
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
        reportingMoney {
          amount
          currency
        }
        isCarriedForward
        isDecidedInSlices
        coversLimits
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
      }
    }
  }
`);

/** Tells whenever other requests wait for a decision than before. */
export const RequeueApprovalsChangedDocument = graphql(`
  subscription RequeueApprovalsChanged {
    requeueApprovalsChanged {
      waiting
      mine
      forMe
      review
      reviewOverdue
    }
  }
`);

export const RequeueItemsDocument = graphql(`
  query RequeueItems($id: ID!, $first: Int!, $after: String) {
    requeueRequest(id: $id) {
      id
      frozenItems(first: $first, after: $after) {
        totalCount
        totalCountIsEstimate
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            position
            exceptionId
            objectType
            objectKey
            title
            integration
            legalEntity
            counterparty
            direction
            mode
            payloadVersion
            compensation {
              action
              postingDate
              provedBy
            }
            changes {
              pointer
              from
              to
            }
            money {
              amount
              currency
            }
          }
        }
      }
    }
  }
`);

/** What a decision brought. */
export const RequeueDecisionText = graphql(`
  fragment RequeueDecisionParts on RequeueDecisionResult {
    __typename
    ... on RequeueDecided {
      isInSlices
      request {
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

export const ApproveRequeueDocument = graphql(`
  mutation ApproveRequeue($id: ID!, $hash: String!, $comment: String) {
    approveRequeue(requestId: $id, selectionHash: $hash, comment: $comment) {
      ...RequeueDecisionParts
    }
  }
`);

export const RejectRequeueDocument = graphql(`
  mutation RejectRequeue($id: ID!, $reason: String!) {
    rejectRequeue(requestId: $id, reason: $reason) {
      ...RequeueDecisionParts
    }
  }
`);

export const WithdrawRequeueDocument = graphql(`
  mutation WithdrawRequeue($id: ID!) {
    withdrawRequeue(requestId: $id) {
      ...RequeueDecisionParts
    }
  }
`);

export const BreakGlassRequeueDocument = graphql(`
  mutation BreakGlassRequeue($id: ID!, $hash: String!, $reason: String!) {
    breakGlassRequeue(requestId: $id, selectionHash: $hash, reason: $reason) {
      ...RequeueDecisionParts
    }
  }
`);

export const ReviewBreakGlassDocument = graphql(`
  mutation ReviewBreakGlass($id: ID!, $comment: String!) {
    reviewBreakGlass(requestId: $id, comment: $comment) {
      ...RequeueDecisionParts
    }
  }
`);

export type ListedRequest = RequeueApprovalsQuery['requeueApprovals']['edges'][number]['node'];
export type RequeueCounts = RequeueApprovalsQuery['requeueApprovalCounts'];
export type ApprovalRequest = NonNullable<RequeueApprovalQuery['requeueRequest']>;
