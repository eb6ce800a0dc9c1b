import { graphql } from '../../gql/index.js';

export const RedactionRulesDocument = graphql(`
  query RedactionRules($first: Int!, $after: String) {
    redactionRules(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          sourceSystem
          signalKind
          path
          action
          note
          createdAt
        }
      }
    }
  }
`);

export const SaveRedactionRuleDocument = graphql(`
  mutation SaveRedactionRule(
    $sourceSystem: String
    $signalKind: String
    $path: String!
    $action: String!
    $note: String
  ) {
    saveRedactionRule(sourceSystem: $sourceSystem, signalKind: $signalKind, path: $path, action: $action, note: $note) {
      __typename
      ... on RedactionRuleSaved {
        rule {
          id
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

export const DeleteRedactionRuleDocument = graphql(`
  mutation DeleteRedactionRule($id: ID!) {
    deleteRedactionRule(id: $id) {
      __typename
      ... on Dismissed {
        name
      }
      ... on CatalogFailure {
        code
        message
        problems
      }
    }
  }
`);

export const EventContractsDocument = graphql(`
  query EventContracts($first: Int!, $after: String) {
    eventContracts(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          eventType
          version
          schema
          compatibility
          createdAt
          retiredAt
        }
      }
    }
  }
`);

export const RegisterContractDocument = graphql(`
  mutation RegisterEventContract($eventType: String!, $schema: JSON!, $compatibility: String!) {
    registerEventContract(eventType: $eventType, schema: $schema, compatibility: $compatibility) {
      __typename
      ... on EventContractSaved {
        contract {
          eventType
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

export const AttributeNamesDocument = graphql(`
  query AttributeNames($first: Int!, $after: String) {
    attributeNames(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          serviceName
          attribute
          financeAttribute
        }
      }
    }
  }
`);

export const SaveAttributeNamesDocument = graphql(`
  mutation SaveAttributeNames($serviceName: String, $names: [AttributeNameInput!]!) {
    saveAttributeNames(serviceName: $serviceName, names: $names) {
      __typename
      ... on AttributeNamesSaved {
        names {
          serviceName
          attribute
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
