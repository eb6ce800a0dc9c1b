import { graphql } from '../../gql/index.js';
import type { AcceptanceLimitsQuery } from '../../gql/graphql.js';

export const AcceptanceLimitsDocument = graphql(`
  query AcceptanceLimits {
    acceptanceLimits {
      legalEntity
      limit {
        amount
        currency
      }
      isGeneral
      versions {
        version
        state
        limit {
          amount
          currency
        }
        note
        createdAt
        createdBy {
          id
          displayName
        }
        approvedBy {
          id
          displayName
        }
      }
    }
  }
`);

export const SaveAcceptanceLimitDocument = graphql(`
  mutation SaveAcceptanceLimit($legalEntity: String!, $amount: String, $note: String!) {
    saveAcceptanceLimit(legalEntity: $legalEntity, amount: $amount, note: $note) {
      __typename
      ... on AcceptanceLimitSaved {
        limit {
          legalEntity
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const ApproveAcceptanceLimitDocument = graphql(`
  mutation ApproveAcceptanceLimit($legalEntity: String!, $version: Int!) {
    approveAcceptanceLimit(legalEntity: $legalEntity, version: $version) {
      __typename
      ... on AcceptanceLimitSaved {
        limit {
          legalEntity
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const DiscardAcceptanceLimitDocument = graphql(`
  mutation DiscardAcceptanceLimit($legalEntity: String!, $version: Int!) {
    discardAcceptanceLimit(legalEntity: $legalEntity, version: $version) {
      __typename
      ... on AcceptanceLimitSaved {
        limit {
          legalEntity
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export type LimitSetting = AcceptanceLimitsQuery['acceptanceLimits'][number];
export type LimitVersion = LimitSetting['versions'][number];
