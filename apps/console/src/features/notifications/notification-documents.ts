import { graphql } from '../../gql/index.js';
import type { MyNotificationsQuery } from '../../gql/graphql.js';

export const MyNotificationsDocument = graphql(`
  query MyNotifications($first: Int!, $after: String, $unreadOnly: Boolean!) {
    myNotifications(first: $first, after: $after, unreadOnly: $unreadOnly) {
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
          at
          readAt
          actorName
          count
          title
          details
          forPerson {
            id
            displayName
          }
          exceptions {
            id
            title
          }
        }
      }
    }
  }
`);

export const MarkNotificationsDocument = graphql(`
  mutation MarkNotifications($ids: [ID!]!, $isRead: Boolean!) {
    markNotifications(ids: $ids, isRead: $isRead)
  }
`);

export const MarkAllNotificationsDocument = graphql(`
  mutation MarkAllNotificationsRead($upTo: DateTime!) {
    markAllNotificationsRead(upTo: $upTo)
  }
`);

export type Notification = MyNotificationsQuery['myNotifications']['edges'][number]['node'];
