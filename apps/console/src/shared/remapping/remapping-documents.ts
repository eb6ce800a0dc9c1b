import { graphql } from '../../gql/index.js';
import type { RemappingPartsFragment } from '../../gql/graphql.js';

export const RemappingText = graphql(`
  fragment RemappingParts on Remapping {
    id
    reason
    state
    leftOut
    requestedBy {
      id
      displayName
    }
    requestedAt
    startedAt
    finishedAt
    signalsTotal
    signalsDone
    signalsUnmapped
    activitiesBefore
    activitiesAfter
    error
    approval {
      id
    }
  }
`);

export const MapAgainDocument = graphql(`
  mutation MapAgain($input: MapAgainInput!) {
    mapAgain(input: $input) {
      __typename
      ... on RemappingRequested {
        remapping {
          ...RemappingParts
        }
      }
      ... on CatalogFailure {
        code
        message
        problems
      }
    }
  }
`);

export const CancelRemappingDocument = graphql(`
  mutation CancelRemapping($id: ID!) {
    cancelRemapping(id: $id) {
      __typename
      ... on RemappingRequested {
        remapping {
          ...RemappingParts
        }
      }
      ... on CatalogFailure {
        code
        message
        problems
      }
    }
  }
`);

export const RemappingsDocument = graphql(`
  query Remappings($first: Int!) {
    remappings(first: $first) {
      edges {
        node {
          ...RemappingParts
        }
      }
    }
  }
`);

export type Remapping = RemappingPartsFragment;
