import { graphql } from '../../gql/index.js';
import type { FourEyesRulesQuery } from '../../gql/graphql.js';

export const FourEyesRulesDocument = graphql(`
  query FourEyesRules {
    fourEyesRules {
      version
      isShipped
      definition
      expiresAfterHours
      reviewWithinBusinessDays
      rules {
        name
        title
        amountFrom {
          amount
          currency
        }
        countFrom
        activitiesFrom
        closedPeriods
        legalEntities
        integrations
        objectTypes
        actions
        modes
        people
        role
        excludesTouchers
      }
      limits {
        role
        person
        perDay {
          amount
          currency
        }
      }
      versions {
        version
        state
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
        definition
        fault
      }
    }
  }
`);

export const SaveFourEyesRulesDocument = graphql(`
  mutation SaveFourEyesRules($definition: String!, $note: String!) {
    saveFourEyesRules(definition: $definition, note: $note) {
      __typename
      ... on FourEyesRulesSaved {
        rules {
          version
        }
      }
      ... on CatalogFailure {
        code
        message
        problems
      }
    }
  }
`);

export const ApproveFourEyesRulesDocument = graphql(`
  mutation ApproveFourEyesRules($version: Int!) {
    approveFourEyesRules(version: $version) {
      __typename
      ... on FourEyesRulesSaved {
        rules {
          version
        }
      }
      ... on CatalogFailure {
        code
        message
        problems
      }
    }
  }
`);

export const RetireFourEyesRulesDocument = graphql(`
  mutation RetireFourEyesRules($version: Int!) {
    retireFourEyesRules(version: $version) {
      __typename
      ... on FourEyesRulesSaved {
        rules {
          version
        }
      }
      ... on CatalogFailure {
        code
        message
        problems
      }
    }
  }
`);

export type FourEyesRules = FourEyesRulesQuery['fourEyesRules'];
export type FourEyesRule = FourEyesRules['rules'][number];
export type ApprovalLimit = FourEyesRules['limits'][number];
export type FourEyesVersion = FourEyesRules['versions'][number];
