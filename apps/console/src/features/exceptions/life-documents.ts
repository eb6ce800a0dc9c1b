import { graphql } from '../../gql/index.js';

export const ExceptionReasonsDocument = graphql(`
  query ExceptionReasons {
    exceptionReasons {
      wait {
        code
        title
        pausesClock
      }
      accept {
        code
        title
      }
      acceptanceLimit {
        amount
        currency
      }
      acceptanceLimits {
        legalEntity
        limit {
          amount
          currency
        }
      }
    }
  }
`);

export const ChangeStateDocument = graphql(`
  mutation ChangeExceptionState($input: ChangeExceptionStateInput!) {
    changeExceptionState(input: $input) {
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

export const SnoozeDocument = graphql(`
  mutation SnoozeExceptions($ids: [ID!]!, $reason: String!, $until: DateTime, $untilNextOccurrence: Boolean!) {
    snoozeExceptions(ids: $ids, reason: $reason, until: $until, untilNextOccurrence: $untilNextOccurrence) {
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

export const WakeDocument = graphql(`
  mutation WakeExceptions($ids: [ID!]!) {
    wakeExceptions(ids: $ids) {
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

export const AcceptDocument = graphql(`
  mutation AcceptException($id: ID!, $version: Int!, $reason: String!, $comment: String!) {
    acceptException(id: $id, version: $version, reason: $reason, comment: $comment) {
      __typename
      ... on ExceptionsChanged {
        exceptions {
          id
          state
        }
      }
      ... on ActFailure {
        message
      }
    }
  }
`);
