import { graphql } from '../../gql/index.js';
import type { AcceptancePartsFragment } from '../../gql/graphql.js';

export const AcceptanceText = graphql(`
  fragment AcceptanceParts on ExceptionAcceptance {
    id
    state
    reason {
      title
    }
    comment
    title
    moneyAtRisk {
      amount
      currency
    }
    convertedMoney {
      amount
      currency
    }
    limit {
      amount
      currency
    }
    occurrences
    duplicates
    requestedAt
    expiresAt
    makerName
    decidedAt
    deciderName
    decisionReason
    canDecide
    canWithdraw
  }
`);

export const ApproveAcceptanceDocument = graphql(`
  mutation ApproveAcceptance($id: ID!, $comment: String) {
    approveAcceptance(id: $id, comment: $comment) {
      __typename
      ... on ExceptionsChanged {
        exceptions {
          id
        }
      }
      ... on ActFailure {
        message
      }
    }
  }
`);

export const RejectAcceptanceDocument = graphql(`
  mutation RejectAcceptance($id: ID!, $reason: String!) {
    rejectAcceptance(id: $id, reason: $reason) {
      __typename
      ... on ExceptionsChanged {
        exceptions {
          id
        }
      }
      ... on ActFailure {
        message
      }
    }
  }
`);

export const WithdrawAcceptanceDocument = graphql(`
  mutation WithdrawAcceptance($id: ID!) {
    withdrawAcceptance(id: $id) {
      __typename
      ... on ExceptionsChanged {
        exceptions {
          id
        }
      }
      ... on ActFailure {
        message
      }
    }
  }
`);

export type Acceptance = AcceptancePartsFragment;
