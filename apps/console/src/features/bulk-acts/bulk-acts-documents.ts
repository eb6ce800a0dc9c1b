import { graphql } from '../../gql/index.js';
import type { BulkActsQuery } from '../../gql/graphql.js';

export const BulkActsDocument = graphql(`
  query BulkActs($first: Int!, $after: String) {
    bulkActs(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          state
          words
          selectionWords
          count
          done
          submittedAt
          submittedByName
          amounts {
            currency
            inflow
            outflow
            count
          }
          outcomes {
            outcome
            count
          }
        }
      }
    }
  }
`);

export type BulkActRow = BulkActsQuery['bulkActs']['edges'][number]['node'];
