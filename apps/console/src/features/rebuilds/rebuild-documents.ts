import { graphql } from '../../gql/index.js';
import type { RebuildPartsFragment } from '../../gql/graphql.js';

export const RebuildText = graphql(`
  fragment RebuildParts on Rebuild {
    id
    reason
    state
    isWhole
    scope
    leftOut
    requestedBy {
      id
      displayName
    }
    requestedAt
    startedAt
    finishedAt
    total
    done
    acts
    comparedAt
    differences {
      table
      added
      changed
      removed
      samples {
        label
        before
        after
      }
    }
    report {
      ...ChangeReportParts
    }
    afterwards {
      ...ChangesAfterwardsParts
    }
    approval {
      ...LineageApprovalParts
    }
    error
  }
`);

export const RebuildsDocument = graphql(`
  query Rebuilds($first: Int!) {
    rebuilds(first: $first) {
      totalCount
      edges {
        node {
          ...RebuildParts
        }
      }
    }
  }
`);

export const RequestRebuildDocument = graphql(`
  mutation RequestRebuild($input: RequestRebuildInput!) {
    requestRebuild(input: $input) {
      __typename
      ... on RebuildAccepted {
        rebuild {
          id
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const PauseRebuildDocument = graphql(`
  mutation PauseRebuild($id: ID!) {
    pauseRebuild(id: $id) {
      __typename
      ... on RebuildAccepted {
        rebuild {
          id
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const ResumeRebuildDocument = graphql(`
  mutation ResumeRebuild($id: ID!) {
    resumeRebuild(id: $id) {
      __typename
      ... on RebuildAccepted {
        rebuild {
          id
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const CancelRebuildDocument = graphql(`
  mutation CancelRebuild($id: ID!) {
    cancelRebuild(id: $id) {
      __typename
      ... on RebuildAccepted {
        rebuild {
          id
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const SwitchRebuildDocument = graphql(`
  mutation SwitchRebuild($id: ID!) {
    switchRebuild(id: $id) {
      __typename
      ... on RebuildAccepted {
        rebuild {
          id
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export type Rebuild = RebuildPartsFragment;
export type RebuildDifference = NonNullable<Rebuild['differences']>[number];
