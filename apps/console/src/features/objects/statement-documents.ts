import { graphql } from '../../gql/index.js';
import type { ObjectChoicesQuery, ObjectStatementsQuery } from '../../gql/graphql.js';

export const ObjectStatementsDocument = graphql(`
  query ObjectStatements($id: ID!) {
    businessObject(id: $id) {
      id
      type
      key
      statements {
        id
        signalId
        act
        isWithdrawal
        counts
        qualifier
        reason
        statedAt
        statedBy {
          id
          displayName
        }
        amount {
          amount
          currency
        }
        objects {
          id
          type
          key
        }
      }
    }
  }
`);

export const ObjectChoicesDocument = graphql(`
  query ObjectChoices($text: String!) {
    search(text: $text, first: 8) {
      edges {
        node {
          ... on BusinessObject {
            id
            type
            key
            counterparty
            amount {
              amount
              currency
            }
          }
        }
      }
    }
  }
`);

export const StateLineageDocument = graphql(`
  mutation StateLineage($input: StateLineageInput!) {
    stateLineage(input: $input) {
      __typename
      ... on LineageStated {
        statement {
          id
        }
      }
      ... on LineageStatementFailure {
        message
        problems
      }
    }
  }
`);

export const WithdrawStatementDocument = graphql(`
  mutation WithdrawStatement($id: ID!, $reason: String!) {
    withdrawStatement(id: $id, reason: $reason) {
      __typename
      ... on LineageStated {
        statement {
          id
        }
      }
      ... on LineageStatementFailure {
        message
        problems
      }
    }
  }
`);

export type Statement = NonNullable<ObjectStatementsQuery['businessObject']>['statements'][number];
export type ObjectChoice = Extract<ObjectChoicesQuery['search']['edges'][number]['node'], { id: string }>;
export type StatedObject = { id: string; type: string; key: string };
