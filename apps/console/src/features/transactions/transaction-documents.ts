import { graphql } from '../../gql/index.js';
import type { TransactionPageQuery, TransactionsQuery } from '../../gql/graphql.js';

export const TransactionsDocument = graphql(`
  query Transactions($first: Int!, $after: String, $filter: TransactionFilter, $orderBy: TransactionOrder) {
    transactions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          workflowTitle
          state
          legalEntity
          counterparty
          startedAt
          completedAt
          lastActivityAt
          anchor {
            type
            key
          }
          amount {
            amount
            currency
          }
          milestones {
            name
            title
            reachedAt
            dueAt
            startedAt
            state
            ruleKind
            isRequired
            position
          }
        }
      }
    }
  }
`);

export const TransactionPageDocument = graphql(`
  query TransactionPage($id: ID!) {
    transaction(id: $id) {
      id
      workflow
      workflowTitle
      state
      legalEntity
      counterparty
      startedAt
      completedAt
      lastActivityAt
      anchor {
        id
        type
        key
      }
      amount {
        amount
        currency
      }
      milestones {
        name
        title
        reachedAt
        dueAt
        startedAt
        state
        ruleKind
        isRequired
        position
        object {
          id
          type
          key
        }
      }
      objects {
        id
        type
        key
        isHub
        gathers
        furtherUpstream
        depth
        isPlaceholder
        legalEntity
        counterparty
        direction
        amount {
          amount
          currency
        }
      }
      links {
        from
        to
        qualifier
        isContext
        isEstablished
        amount {
          amount
          currency
        }
      }
      context {
        isTruncated
        nodes {
          id
          type
          key
          isHub
          isPlaceholder
          amount {
            amount
            currency
          }
        }
        edges {
          from
          to
          qualifier
          isContext
          isEstablished
          amount {
            amount
            currency
          }
        }
      }
      activityCount
      activities {
        id
        type
        occurredAt
        outcome
        system
        integration
        traceId
        spanId
        signalId
        requeueId
        message
        objects {
          id
          type
          key
        }
      }
      exceptions {
        id
        state
        resolution
        title
        openedAt
        businessObject {
          id
        }
        group {
          title
        }
      }
    }
  }
`);

export const TransactionChangedDocument = graphql(`
  subscription TransactionChanged($ids: [ID!]) {
    transactionChanged(ids: $ids) {
      id
      state
    }
  }
`);

export type TransactionRow = TransactionsQuery['transactions']['edges'][number]['node'];
export type TransactionFull = NonNullable<TransactionPageQuery['transaction']>;
