import { graphql } from '../../gql/index.js';
import type {
  RequeueRunItemsQuery,
  RequeueRunLeftOutQuery,
  RequeueRunQuery,
  RequeueRunsQuery,
} from '../../gql/graphql.js';

export const RequeueRunsDocument = graphql(`
  query RequeueRuns($first: Int!, $after: String) {
    requeueRequests(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          action
          reason
          makerName
          createdAt
          items
          run {
            state
            note
            waiting
            inFlight
            unproved
            outcomes {
              state
              count
            }
          }
        }
      }
    }
  }
`);

export const RequeueRunDocument = graphql(`
  query RequeueRun($id: ID!) {
    requeueRequest(id: $id) {
      id
      action
      reason
      makerName
      createdAt
      items
      plan {
        frozen
      }
      run {
        state
        changedAt
        note
        acts
        waiting
        inFlight
        ratePerSecond
        canaryState
        proved
        verified
        unproved
        limits {
          ...LimitsShown
        }
        outcomes {
          state
          count
        }
        targets {
          integration
          failures
          pausedUntil
          reason
          ...HoursShown
        }
      }
    }
  }
`);

export const RequeueProgressDocument = graphql(`
  subscription RequeueProgress($id: ID!) {
    requeueProgress(requestId: $id) {
      id
      run {
        state
        changedAt
        note
        acts
        waiting
        inFlight
        ratePerSecond
        canaryState
        proved
        verified
        unproved
        outcomes {
          state
          count
        }
        targets {
          integration
          failures
          pausedUntil
          reason
          ...HoursShown
        }
      }
    }
  }
`);

export const RequeueRunItemsDocument = graphql(`
  query RequeueRunItems($id: ID!, $state: RequeueAttemptState, $first: Int!, $after: String) {
    requeueRunItems(requestId: $id, state: $state, first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          exceptionId
          isHeld
          attempt {
            id
            attempt
            state
            sentAt
            finishedAt
            httpStatus
            answer
          }
          exception {
            id
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

export const RequeueRunLeftOutDocument = graphql(`
  query RequeueRunLeftOut($id: ID!, $first: Int!, $after: String) {
    requeuePlanItems(requestId: $id, show: LEFT_OUT, first: $first, after: $after) {
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
          objectKey
          integration
          reason
          hasFallenOut
        }
      }
    }
  }
`);

export const PauseRequeueDocument = graphql(`
  mutation PauseRequeue($id: ID!) {
    pauseRequeue(id: $id) {
      __typename
      ... on RequeueSteered {
        request {
          id
          run {
            state
            acts
          }
        }
      }
      ... on RequeueFailure {
        code
        message
      }
    }
  }
`);

export const ResumeRequeueDocument = graphql(`
  mutation ResumeRequeue($id: ID!) {
    resumeRequeue(id: $id) {
      __typename
      ... on RequeueSteered {
        request {
          id
          run {
            state
            acts
          }
        }
      }
      ... on RequeueFailure {
        code
        message
      }
    }
  }
`);

export const CancelRequeueDocument = graphql(`
  mutation CancelRequeue($id: ID!) {
    cancelRequeue(id: $id) {
      __typename
      ... on RequeueSteered {
        request {
          id
          run {
            state
            acts
          }
        }
      }
      ... on RequeueFailure {
        code
        message
      }
    }
  }
`);

export type RunRow = RequeueRunsQuery['requeueRequests']['edges'][number]['node'];
export type RequestFull = NonNullable<RequeueRunQuery['requeueRequest']>;
export type RunFull = RequestFull['run'];
export type RunItem = RequeueRunItemsQuery['requeueRunItems']['edges'][number]['node'];
export type LeftOutItem = RequeueRunLeftOutQuery['requeuePlanItems']['edges'][number]['node'];
