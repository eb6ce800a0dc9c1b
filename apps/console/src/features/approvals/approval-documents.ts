import { graphql } from '../../gql/index.js';

export const AcceptancesDocument = graphql(`
  query Acceptances($first: Int!, $after: String, $pending: Boolean!) {
    acceptances(first: $first, after: $after, pending: $pending) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...AcceptanceParts
          exception {
            id
            legalEntity
            counterparty
            direction
            businessObject {
              type
              key
            }
          }
        }
      }
    }
  }
`);
