import { graphql } from '../../gql/index.js';
import type { DelayAttributionQuery, DelayedTransactionsQuery } from '../../gql/graphql.js';

export const DelayAttributionDocument = graphql(`
  query DelayAttribution($filter: TransactionFilter) {
    delayAttribution(by: [KIND, SYSTEM, INTEGRATION, HOP, REGION, LEGAL_ENTITY], filter: $filter) {
      transactions
      matching
      matchingIsEstimate
      isSample
      basis
      breakdowns {
        dimension
        durationMs
        businessMs
        waitingMs
        parts {
          key
          title
          durationMs
          businessMs
          waitingMs
          share
          transactions
        }
      }
    }
  }
`);

export const DelayedTransactionsDocument = graphql(`
  query DelayedTransactions($dimension: DelayDimension!, $key: String!, $filter: TransactionFilter) {
    delayedTransactions(dimension: $dimension, key: $key, filter: $filter) {
      durationMs
      businessMs
      waitingMs
      transaction {
        id
        workflowTitle
        state
        legalEntity
        counterparty
        anchor {
          type
          key
        }
      }
    }
  }
`);

export type Attribution = DelayAttributionQuery['delayAttribution'];
export type Breakdown = Attribution['breakdowns'][number];
export type Delayed = DelayedTransactionsQuery['delayedTransactions'][number];
