import { graphql } from '../../gql/index.js';
import type { FindingsQuery } from '../../gql/graphql.js';

export const FindingsDocument = graphql(`
  query Findings($first: Int!, $after: String, $filter: FindingFilter) {
    findings(first: $first, after: $after, filter: $filter) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          kind
          subjectId
          about
          since
          details
          object {
            id
            type
            key
            legalEntity
            counterparty
          }
          transaction {
            id
            workflowTitle
            legalEntity
            counterparty
            anchor {
              type
              key
            }
          }
          related {
            id
            type
            key
          }
        }
      }
    }
    findingCounts {
      kind
      count
    }
  }
`);

export type Finding = FindingsQuery['findings']['edges'][number]['node'];
export type FindingCount = FindingsQuery['findingCounts'][number];
