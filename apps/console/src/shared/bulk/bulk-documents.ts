import { graphql } from '../../gql/index.js';
import type { BulkActItemsQuery, BulkActQuery, PreviewBulkActQuery } from '../../gql/graphql.js';

export const PreviewBulkActDocument = graphql(`
  query PreviewBulkAct($selection: BulkSelection!, $act: BulkActInput!) {
    previewBulkAct(selection: $selection, act: $act) {
      __typename
      ... on BulkActPreview {
        count
        hash
        selectionWords
        amounts {
          currency
          inflow
          outflow
          count
        }
        forecast {
          outcome
          count
        }
        warnings
        deputyName
      }
      ... on BulkActFailure {
        code
        message
      }
    }
  }
`);

export const SubmitBulkActDocument = graphql(`
  mutation SubmitBulkAct($selection: BulkSelection!, $act: BulkActInput!, $previewed: BulkPreviewed!) {
    submitBulkAct(selection: $selection, act: $act, previewed: $previewed) {
      __typename
      ... on BulkActAccepted {
        bulkAct {
          id
        }
      }
      ... on BulkActFailure {
        code
        message
      }
    }
  }
`);

export const BulkActDocument = graphql(`
  query BulkAct($id: ID!) {
    bulkAct(id: $id) {
      id
      state
      stateNote
      kind
      words
      reason
      selectionWords
      hash
      count
      done
      submittedAt
      submittedByName
      startedAt
      finishedAt
      acts
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
`);

export const BulkActProgressDocument = graphql(`
  subscription BulkActProgress($id: ID!) {
    bulkActProgress(id: $id) {
      id
      state
      stateNote
      done
      startedAt
      finishedAt
      acts
      outcomes {
        outcome
        count
      }
    }
  }
`);

export const PauseBulkActDocument = graphql(`
  mutation PauseBulkAct($id: ID!) {
    pauseBulkAct(id: $id) {
      __typename
      ... on BulkActAccepted {
        bulkAct {
          id
          state
          acts
        }
      }
      ... on BulkActFailure {
        code
        message
      }
    }
  }
`);

export const ResumeBulkActDocument = graphql(`
  mutation ResumeBulkAct($id: ID!) {
    resumeBulkAct(id: $id) {
      __typename
      ... on BulkActAccepted {
        bulkAct {
          id
          state
          acts
        }
      }
      ... on BulkActFailure {
        code
        message
      }
    }
  }
`);

export const CancelBulkActDocument = graphql(`
  mutation CancelBulkAct($id: ID!) {
    cancelBulkAct(id: $id) {
      __typename
      ... on BulkActAccepted {
        bulkAct {
          id
          state
          acts
        }
      }
      ... on BulkActFailure {
        code
        message
      }
    }
  }
`);

export const BulkActItemsDocument = graphql(`
  query BulkActItems($id: ID!, $outcome: BulkOutcome, $first: Int!, $after: String) {
    bulkActItems(id: $id, outcome: $outcome, first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          position
          exceptionId
          outcome
          detail
          exception {
            id
            state
            resolution
            businessObject {
              type
              key
            }
            moneyAtRisk {
              amount
              currency
            }
          }
        }
      }
    }
  }
`);

export type BulkActFull = NonNullable<BulkActQuery['bulkAct']>;
export type BulkItem = BulkActItemsQuery['bulkActItems']['edges'][number]['node'];
export type BulkPreview = Extract<PreviewBulkActQuery['previewBulkAct'], { __typename: 'BulkActPreview' }>;
