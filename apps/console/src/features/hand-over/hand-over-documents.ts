import { graphql } from '../../gql/index.js';
import type { HandOverQuery } from '../../gql/graphql.js';

export const HandOverDocument = graphql(`
  query HandOver($queue: String, $personId: ID, $since: DateTime, $until: DateTime) {
    handOver(queue: $queue, personId: $personId, since: $since, until: $until) {
      asOf
      since
      until
      cutOffUntil
      queue {
        name
        title
      }
      person {
        id
        displayName
      }
      claims {
        count
        items {
          at
          ...HandOverLine
        }
      }
      waits {
        count
        items {
          at
          ...HandOverLine
        }
      }
      cutOffs {
        count
        items {
          at
          step
          ...HandOverLine
        }
      }
      done {
        kind
        steps
        exceptions
      }
    }
  }
`);

export const HandOverLineFragmentText = graphql(`
  fragment HandOverLine on HandOverItem {
    exception {
      id
      title
      state
      resolution
      counterparty
      moneyAtRisk {
        amount
        currency
      }
      owner {
        id
        displayName
      }
      wait {
        waitsFor
        reason {
          title
        }
      }
    }
  }
`);

export type HandOver = HandOverQuery['handOver'];
export type HandOverItem = HandOver['claims']['items'][number] & { step?: string | null };
