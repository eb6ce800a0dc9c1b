import { graphql } from '../../gql/index.js';

export const SettleOutcomeDocument = graphql(`
  mutation SettleOutcome($attemptId: ID!, $verdict: RequeueVerdict!, $reason: String!) {
    settleRequeueOutcome(attemptId: $attemptId, verdict: $verdict, reason: $reason) {
      __typename
      ... on RequeueOutcomeSettled {
        attemptId
        exception {
          id
          state
          resolution
        }
      }
      ... on RequeueFailure {
        code
        message
      }
    }
  }
`);
