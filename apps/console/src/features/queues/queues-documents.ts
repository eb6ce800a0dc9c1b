import { graphql } from '../../gql/index.js';
import type { QueuesQuery } from '../../gql/graphql.js';

export const QueuesDocument = graphql(`
  query Queues {
    queues {
      name
      title
      purpose
      openCount
      unassignedCount
      urgentCount
      oldestOpenedAt
      nextDueAt
      moneyAtRisk {
        currency
        inflow
        outflow
        count
      }
      members {
        id
        displayName
      }
      workingHours {
        title
        timeZone
        isOpen
        opensAt
      }
    }
  }
`);

export type QueueRow = QueuesQuery['queues'][number];
