import { graphql } from '../../gql/index.js';
import type { TryValidationRuleQuery, ValidationRuleQuery, ValidationRulesQuery } from '../../gql/graphql.js';

export const ValidationRulesDocument = graphql(`
  query ValidationRules {
    validationRules {
      name
      title
      taxonomy
      severity
      about
      isShipped
      activeVersion
      violations
      versions {
        version
        state
      }
    }
  }
`);

export const ValidationRuleDocument = graphql(`
  query ValidationRule($name: String!, $withObjects: Boolean!) {
    validationRule(name: $name) {
      name
      title
      taxonomy
      severity
      about
      inWords
      isShipped
      activeVersion
      definition
      violations
      firstViolations @include(if: $withObjects) {
        object {
          id
          type
          key
        }
        message
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
        approvedAt
        definition
        fault
      }
    }
  }
`);

export const TryValidationRuleDocument = graphql(`
  query TryValidationRule($definition: String!) {
    tryValidationRule(definition: $definition) {
      __typename
      ... on ValidationRuleTried {
        trial {
          looked
          isAll
          violated
          cannotBeTold
          first {
            object {
              id
              type
              key
            }
            message
          }
          missing {
            fact
            count
          }
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const SaveValidationRuleDocument = graphql(`
  mutation SaveValidationRule($name: String!, $definition: String!, $note: String!) {
    saveValidationRule(name: $name, definition: $definition, note: $note) {
      __typename
      ... on ValidationRuleSaved {
        rule {
          name
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

export const ApproveValidationRuleDocument = graphql(`
  mutation ApproveValidationRule($name: String!, $version: Int!) {
    approveValidationRule(name: $name, version: $version) {
      __typename
      ... on ValidationRuleSaved {
        rule {
          name
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

export const RetireValidationRuleDocument = graphql(`
  mutation RetireValidationRule($name: String!, $version: Int!) {
    retireValidationRule(name: $name, version: $version) {
      __typename
      ... on ValidationRuleSaved {
        rule {
          name
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

export const RecheckValidationRuleDocument = graphql(`
  mutation RecheckValidationRule($name: String!) {
    recheckValidationRule(name: $name) {
      __typename
      ... on ValidationRuleSaved {
        rule {
          name
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

export type RuleRow = ValidationRulesQuery['validationRules'][number];
export type Rule = NonNullable<ValidationRuleQuery['validationRule']>;
export type RuleVersion = Rule['versions'][number];
export type RuleTrialAnswer = TryValidationRuleQuery['tryValidationRule'];
