import { graphql } from '../../gql/index.js';
import type { LineageTrustQuery, OrphansQuery } from '../../gql/graphql.js';

export const LineageTrustDocument = graphql(`
  query LineageTrust($from: DateTime!) {
    lineageTrust(from: $from) {
      mostPerIntegration
      isTruncated
      integrations {
        integration
        lookedAt
        withoutObject
        outsideTransactions
        masterDataOnly
        inTransactions
        isCapped
      }
    }
    integrations(first: 200) {
      edges {
        node {
          name
          title
        }
      }
    }
  }
`);

export const OrphansDocument = graphql(`
  query Orphans($first: Int!, $after: String, $filter: OrphanFilter!) {
    orphans(first: $first, after: $after, filter: $filter) {
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
          activityType
          occurredAt
          system
          signalKind
          signalId
          message
          object {
            id
            type
            key
          }
          claims {
            kind
            workflowTitle
            fromTypes
          }
        }
      }
    }
  }
`);

export type Trust = LineageTrustQuery['lineageTrust']['integrations'][number];
export type Orphan = OrphansQuery['orphans']['edges'][number]['node'];
