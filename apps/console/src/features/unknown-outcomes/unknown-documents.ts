import { graphql } from '../../gql/index.js';
import type { UnknownOutcomesQuery } from '../../gql/graphql.js';

export const UnknownOutcomesDocument = graphql(`
  query UnknownOutcomes($first: Int!, $after: String) {
    unknownRequeues(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          exceptionId
          integration
          retryAt
          verifyBy
          settledBy
          probe {
            askedAt
            answer
            words
            askAgainAt
          }
          attempt {
            id
            attempt
            state
            requestId
            makerName
            sentAt
            createdAt
            answer
            transmissions
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

export const AskOutcomeDocument = graphql(`
  mutation AskOutcome($attemptId: ID!) {
    askRequeueOutcome(attemptId: $attemptId) {
      __typename
      ... on RequeueOutcomeAsked {
        attemptId
      }
      ... on RequeueFailure {
        code
        message
      }
    }
  }
`);

export type UnknownRow = UnknownOutcomesQuery['unknownRequeues']['edges'][number]['node'];
