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
  mutation SnoozeExceptions(
    $exceptions: [SeenException!]!
    $reason: String!
    $until: DateTime
    $untilNextOccurrence: Boolean!
  ) {
    snoozeExceptions(
      exceptions: $exceptions
      reason: $reason
      until: $until
      untilNextOccurrence: $untilNextOccurrence
    ) {
      __typename
      ... on ExceptionsChanged {
        exceptions {
          id
        }
      }
      ... on ActFailure {
        message
        current {
          id
        }
      }
    }
  }
`);

export const WakeDocument = graphql(`
  mutation WakeExceptions($exceptions: [SeenException!]!) {
    wakeExceptions(exceptions: $exceptions) {
      __typename
      ... on ExceptionsChanged {
        exceptions {
          id
        }
      }
      ... on ActFailure {
        message
        current {
          id
        }
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
