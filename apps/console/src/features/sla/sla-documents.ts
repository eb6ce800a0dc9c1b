import { graphql } from '../../gql/index.js';
import type { SlaReportQuery } from '../../gql/graphql.js';

export const SlaReportDocument = graphql(`
  query SlaReport(
    $days: Int!
    $milestone: String
    $workflow: String
    $legalEntities: [String!]
    $first: Int!
    $after: String
  ) {
    slaReport(
      days: $days
      milestone: $milestone
      workflow: $workflow
      legalEntities: $legalEntities
      first: $first
      after: $after
    ) {
      asOf
      from
      to
      onTime
      late
      open
      rows {
        day
        legalEntity
        onTime
        late
        open
      }
      breaches {
        totalCount
        totalCountIsEstimate
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            transactionId
            workflow
            milestone
            milestoneTitle
            legalEntity
            counterparty
            startedAt
            dueAt
            reachedAt
            lateByMinutes
            exceptionId
            object {
              id
              type
              key
            }
            amount {
              amount
              currency
            }
          }
        }
      }
    }
    slaRules {
      workflow
      milestone
      title
      description
      ruleKind
    }
  }
`);

export type SlaReport = SlaReportQuery['slaReport'];
export type Breach = SlaReport['breaches']['edges'][number]['node'];
export type SlaRule = SlaReportQuery['slaRules'][number];
