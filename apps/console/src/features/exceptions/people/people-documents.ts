import { graphql } from '../../../gql/index.js';
import type { ExceptionPeopleQuery } from '../../../gql/graphql.js';

export const ExceptionPeopleDocument = graphql(`
  query ExceptionPeople($id: ID!) {
    exception(id: $id) {
      id
      version
      isWatched
      watchers {
        id
        displayName
      }
      ticket {
        ...TicketParts
      }
      groupNotes {
        id
        text
        exceptionId
        writtenAt
        writtenByName
        mentions {
          personId
          name
          text
        }
      }
      group {
        id
        ticket {
          ...TicketParts
        }
      }
    }
  }
`);

export const TicketPartsFragmentText = graphql(`
  fragment TicketParts on ExternalTicket {
    system
    number
    url
    host
    setAt
    setByName
  }
`);

export const WatchDocument = graphql(`
  mutation WatchExceptions($ids: [ID!]!, $isWatching: Boolean!) {
    watchExceptions(ids: $ids, isWatching: $isWatching) {
      __typename
      ... on ExceptionsChanged {
        exceptions {
          id
        }
      }
      ... on ActFailure {
        code
        message
      }
    }
  }
`);

export const SetTicketDocument = graphql(`
  mutation SetExceptionTicket($exceptions: [SeenException!]!, $ticket: ExternalTicketInput) {
    setExceptionTicket(exceptions: $exceptions, ticket: $ticket) {
      __typename
      ... on ExceptionsChanged {
        exceptions {
          id
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

export type ExceptionPeople = NonNullable<ExceptionPeopleQuery['exception']>;
export type Ticket = NonNullable<ExceptionPeople['ticket']>;
