import { graphql } from '../../gql/index.js';
import type { LinkedFromQuery } from '../../gql/graphql.js';

export const LinkedFromDocument = graphql(`
  query LinkedFrom($traceId: String!, $spanId: String, $first: Int, $after: String) {
    trace(traceId: $traceId) {
      linkedFrom(spanId: $spanId, first: $first, after: $after) {
        totalCount
        totalCountIsEstimate
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            traceId
            spanId
            serviceName
            name
            startedAt
            linkedSpanId
            attributes
          }
        }
      }
    }
  }
`);

export type LinkingSpan = NonNullable<LinkedFromQuery['trace']>['linkedFrom']['edges'][number]['node'];
