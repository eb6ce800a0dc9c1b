import { graphql } from '../../gql/index.js';

export const MoveToQueueDocument = graphql(`
  mutation MoveToQueue($exceptions: [SeenException!]!, $queue: String!, $reason: String!) {
    moveToQueue(exceptions: $exceptions, queue: $queue, reason: $reason) {
      __typename
      ... on ExceptionsChanged {
        exceptions {
          ...ExceptionRow
        }
      }
      ... on ActFailure {
        code
        message
        current {
          id
        }
      }
    }
  }
`);

export const OverridePriorityDocument = graphql(`
  mutation OverridePriority($id: ID!, $band: PriorityBand, $reason: String!, $version: Int) {
    overridePriority(id: $id, band: $band, reason: $reason, version: $version) {
      __typename
      ... on ExceptionsChanged {
        exceptions {
          ...ExceptionRow
        }
      }
      ... on ActFailure {
        code
        message
      }
    }
  }
`);
