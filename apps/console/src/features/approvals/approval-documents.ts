import { graphql } from '../../gql/index.js';
import type { AcceptanceEntriesQuery, AcceptanceEntryQuery } from '../../gql/graphql.js';

export const AcceptanceEntriesDocument = graphql(`
  query AcceptanceEntries($first: Int!, $after: String, $pending: Boolean!) {
    acceptanceEntries(first: $first, after: $after, pending: $pending) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          at
          acceptance {
            id
            state
            title
            makerName
            expiresAt
            decidedAt
            canDecide
            moneyAtRisk {
              amount
              currency
            }
          }
          asked {
            id
            reason {
              title
            }
            makerName
            isAsking
            canDecide
            decision {
              id
              state
            }
            waiting {
              count
              expiresAt
              sums {
                ...AskedSumParts
              }
            }
          }
          decision {
            id
            kind
            state
            words
            count
            submittedAt
            submittedByName
            amounts {
              currency
              inflow
              outflow
              count
            }
          }
        }
      }
    }
  }
`);

export const AskedSumText = graphql(`
  fragment AskedSumParts on AskedSum {
    legalEntity
    currency
    inflow
    outflow
    count
  }
`);

export const AcceptanceEntryDocument = graphql(`
  query AcceptanceEntry($id: ID!) {
    acceptanceEntry(id: $id) {
      id
      acceptance {
        ...AcceptanceParts
        exception {
          id
          legalEntity
          counterparty
          businessObject {
            type
            key
          }
        }
      }
      asked {
        id
        reason {
          title
        }
        comment
        selectionWords
        makerName
        requestedAt
        isAsking
        canDecide
        canWithdraw
        decision {
          id
        }
        waiting {
          count
          hash
          asOf
          expiresAt
          unknown
          groupCount
          groups {
            id
            title
            count
          }
          sums {
            ...AskedSumParts
          }
        }
      }
      decision {
        id
      }
    }
  }
`);

export const AskedItemsDocument = graphql(`
  query AskedItems($id: ID!, $first: Int!, $after: String) {
    acceptanceEntry(id: $id) {
      id
      asked {
        id
        items(first: $first, after: $after) {
          totalCount
          totalCountIsEstimate
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            node {
              id
              title
              moneyAtRisk {
                amount
                currency
              }
              exception {
                id
                legalEntity
                counterparty
                businessObject {
                  type
                  key
                }
              }
            }
          }
        }
      }
    }
  }
`);

export const ApproveAskedDocument = graphql(`
  mutation ApproveAsked($id: ID!, $seen: SeenAsked!, $comment: String) {
    approveAskedByAct(id: $id, seen: $seen, comment: $comment) {
      __typename
      ... on BulkActAccepted {
        bulkAct {
          ...AskedDecisionParts
        }
      }
      ... on BulkActFailure {
        message
      }
    }
  }
`);

export const RejectAskedDocument = graphql(`
  mutation RejectAsked($id: ID!, $seen: SeenAsked!, $reason: String!) {
    rejectAskedByAct(id: $id, seen: $seen, reason: $reason) {
      __typename
      ... on BulkActAccepted {
        bulkAct {
          ...AskedDecisionParts
        }
      }
      ... on BulkActFailure {
        message
      }
    }
  }
`);

export const WithdrawAskedDocument = graphql(`
  mutation WithdrawAsked($id: ID!, $seen: SeenAsked!) {
    withdrawAskedByAct(id: $id, seen: $seen) {
      __typename
      ... on BulkActAccepted {
        bulkAct {
          ...AskedDecisionParts
        }
      }
      ... on BulkActFailure {
        message
      }
    }
  }
`);

export const AskedDecisionText = graphql(`
  fragment AskedDecisionParts on BulkAct {
    id
    state
    done
    count
    outcomes {
      outcome
      count
    }
  }
`);

export type ListedEntry = AcceptanceEntriesQuery['acceptanceEntries']['edges'][number]['node'];
export type Entry = NonNullable<AcceptanceEntryQuery['acceptanceEntry']>;
export type AskedAlone = NonNullable<Entry['acceptance']>;
export type AskedByAct = NonNullable<Entry['asked']>;
export type AskedWaiting = NonNullable<AskedByAct['waiting']>;
