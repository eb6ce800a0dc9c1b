import { graphql } from '../../gql/index.js';

export const LineageAroundDocument = graphql(`
  query LineageAround($objectId: ID!, $direction: LineageDirection!, $depth: Int!, $maxNodes: Int!) {
    lineage(objectId: $objectId, direction: $direction, depth: $depth, maxNodes: $maxNodes) {
      isTruncated
      nodes {
        id
        type
        key
        isHub
        isPlaceholder
        depth
        furtherCount
        amount {
          amount
          currency
        }
      }
      edges {
        from
        to
        qualifier
        isContext
        isEstablished
        amount {
          amount
          currency
        }
      }
    }
  }
`);
