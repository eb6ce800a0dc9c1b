import { graphql } from '../../gql/index.js';
import type { ExceptionActivityQuery } from '../../gql/graphql.js';

export const ExceptionActivityDocument = graphql(`
  query ExceptionActivity($first: Int!, $after: String, $filter: ExceptionActivityFilter) {
    exceptionActivity(first: $first, after: $after, filter: $filter) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          at
          kind
          actorId
          actorName
          isAutomation
          details
          exception {
            id
            title
            businessObject {
              key
            }
          }
        }
      }
    }
  }
`);

export type Activity = ExceptionActivityQuery['exceptionActivity']['edges'][number]['node'];
