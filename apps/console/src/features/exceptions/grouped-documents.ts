import { graphql } from '../../gql/index.js';
import type { GroupedExceptionsQuery } from '../../gql/graphql.js';

export const GroupedExceptionsDocument = graphql(`
  query GroupedExceptions($first: Int!, $after: String, $filter: ExceptionFilter, $orderBy: ExceptionOrder) {
    groupedExceptions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          matchingCount
          isLowerBound
          inflow
          outflow
          withoutFigure
          oldestOpenedAt
          nextDueAt
          group {
            id
            title
            hop
            memberCount
            memberCountIsLowerBound
            openCount
            isKnownError
            knownErrorReference
            snoozedUntil
            owner {
              id
              displayName
            }
          }
        }
      }
    }
  }
`);

/** A group of the inbox, with what of it matches. */
export type GroupedRow = GroupedExceptionsQuery['groupedExceptions']['edges'][number]['node'];
