import { graphql } from '../../gql/index.js';
import type { LineageApprovalQuery, LineageApprovalsQuery } from '../../gql/graphql.js';

export const LineageApprovalsDocument = graphql(`
  query LineageApprovals($first: Int!, $after: String, $filter: LineageApprovalFilter!) {
    lineageApprovals(first: $first, after: $after, filter: $filter) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          kind
          state
          reason
          makerName
          createdAt
          dueAt
          decidedAt
          isBreakGlass
          reviewDueAt
          isReviewOverdue
          reviewedAt
          reportingMoney {
            amount
            currency
          }
          report {
            activities {
              added
              changed
              removed
            }
            money {
              documents
            }
            exceptions {
              opens
              closes
              changes
            }
          }
        }
      }
    }
    lineageApprovalCounts {
      waiting
      forMe
      review
      reviewOverdue
    }
  }
`);

export const LineageApprovalDocument = graphql(`
  query LineageApproval($id: ID!) {
    lineageApproval(id: $id) {
      ...LineageApprovalParts
      reportingMoney {
        amount
        currency
      }
      report {
        ...ChangeReportParts
        differences {
          table
          added
          changed
          removed
          samples {
            label
            before
            after
          }
        }
      }
      change {
        state
        scope
        total
        done
        afterwards {
          ...ChangesAfterwardsParts
        }
      }
    }
  }
`);

export type ListedChange = LineageApprovalsQuery['lineageApprovals']['edges'][number]['node'];
export type ChangeToApprove = NonNullable<LineageApprovalQuery['lineageApproval']>;
export type LineageCounts = LineageApprovalsQuery['lineageApprovalCounts'];
