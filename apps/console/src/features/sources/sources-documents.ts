import { graphql } from '../../gql/index.js';
import type {
  AttributeNamesQuery,
  EventContractsQuery,
  IngestKeyPartsFragment,
  RedactionRulesQuery,
  SourceSystemPartsFragment,
  UnclaimedQuery,
} from '../../gql/graphql.js';

export const SourceSystemText = graphql(`
  fragment SourceSystemParts on SourceSystem {
    name
    kind
    title
    timeZone
    webhookAuthentication
    hasSecret
    previousSecretUntil
    isActive
    mapping {
      name
      title
    }
    lastReceivedAt
    signalsToday
    unmappedToday
    longestLagSecondsToday
    webhookPath
  }
`);

export const SourceSystemsDocument = graphql(`
  query SourceSystems($first: Int!, $after: String) {
    sourceSystems(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...SourceSystemParts
        }
      }
    }
  }
`);

export const CreateSourceSystemDocument = graphql(`
  mutation CreateSourceSystem($input: SourceSystemInput!) {
    createSourceSystem(input: $input) {
      __typename
      ... on SourceSystemSaved {
        sourceSystem {
          ...SourceSystemParts
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

export const UpdateSourceSystemDocument = graphql(`
  mutation UpdateSourceSystem($input: SourceSystemInput!) {
    updateSourceSystem(input: $input) {
      __typename
      ... on SourceSystemSaved {
        sourceSystem {
          ...SourceSystemParts
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

export const IngestKeyText = graphql(`
  fragment IngestKeyParts on IngestKey {
    id
    name
    sourceSystem
    createdAt
    expiresAt
    revokedAt
    replacesKeyId
    itemsPerSecond
    isActive
    lastUsedAt
    usage(days: 7) {
      hour
      requests
      items
      duplicates
      refused
      bytes
      limited
    }
  }
`);

export const IngestKeysDocument = graphql(`
  query IngestKeys($first: Int!, $after: String) {
    ingestKeys(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...IngestKeyParts
        }
      }
    }
  }
`);

export const CreateIngestKeyDocument = graphql(`
  mutation CreateIngestKey($name: String!, $sourceSystem: String, $itemsPerSecond: Int, $expiresAt: DateTime) {
    createIngestKey(name: $name, sourceSystem: $sourceSystem, itemsPerSecond: $itemsPerSecond, expiresAt: $expiresAt) {
      __typename
      ... on IngestKeyIssued {
        key
        ingestKey {
          ...IngestKeyParts
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

export const RotateIngestKeyDocument = graphql(`
  mutation RotateIngestKey($id: ID!, $overlapHours: Int) {
    rotateIngestKey(id: $id, overlapHours: $overlapHours) {
      __typename
      ... on IngestKeyIssued {
        key
        ingestKey {
          ...IngestKeyParts
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

export const RevokeIngestKeyDocument = graphql(`
  mutation RevokeIngestKey($id: ID!) {
    revokeIngestKey(id: $id) {
      __typename
      ... on IngestKeyRevoked {
        ingestKey {
          ...IngestKeyParts
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

export const UnclaimedDocument = graphql(`
  query Unclaimed($first: Int!, $after: String) {
    unclaimedIntegrations(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          kind
          name
          firstSeenAt
          lastSeenAt
          signals
        }
      }
    }
  }
`);

export const AdoptDocument = graphql(`
  mutation AdoptIntegration($input: AdoptIntegrationInput!) {
    adoptIntegration(input: $input) {
      __typename
      ... on IntegrationSaved {
        integration {
          name
          title
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

export const DismissDocument = graphql(`
  mutation DismissUnclaimed($kind: String!, $name: String!) {
    dismissUnclaimedIntegration(kind: $kind, name: $name) {
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

export type SourceSystem = SourceSystemPartsFragment;
export type IngestKey = IngestKeyPartsFragment;
export type Unclaimed = UnclaimedQuery['unclaimedIntegrations']['edges'][number]['node'];
export type RedactionRule = RedactionRulesQuery['redactionRules']['edges'][number]['node'];
export type EventContract = EventContractsQuery['eventContracts']['edges'][number]['node'];
export type AttributeName = AttributeNamesQuery['attributeNames']['edges'][number]['node'];
