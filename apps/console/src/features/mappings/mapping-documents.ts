import { graphql } from '../../gql/index.js';
import type { MappingComparisonQuery, MappingQuery, MappingsQuery, MappingTrialQuery } from '../../gql/graphql.js';

export const MappingsDocument = graphql(`
  query Mappings($first: Int!, $after: String) {
    mappings(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          name
          title
          sourceKinds
          eventTypes
          reads
          activeVersion
          isShipped
          isInCode
          signalsUnmapped
          versions {
            version
            state
          }
        }
      }
    }
  }
`);

export const MappingText = graphql(`
  fragment MappingParts on Mapping {
    name
    title
    sourceKinds
    eventTypes
    reads
    activeVersion
    isShipped
    isInCode
    definition
    signalsUnmapped
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
`);

export const MappingDocument = graphql(`
  query Mapping($name: String!) {
    mapping(name: $name) {
      ...MappingParts
    }
  }
`);

export const BenchSignalsDocument = graphql(`
  query BenchSignals($unmapped: SignalFilter!, $any: SignalFilter!) {
    unmapped: signals(first: 5, filter: $unmapped, orderBy: RECEIVED_DESC) {
      edges {
        node {
          ...SignalRow
        }
      }
    }
    any: signals(first: 4, filter: $any, orderBy: RECEIVED_DESC) {
      edges {
        node {
          ...SignalRow
        }
      }
    }
  }
`);

export const MappingTrialDocument = graphql(`
  query MappingTrial($input: MappingTrialInput!) {
    mappingTrial(input: $input) {
      outcome
      activities {
        ...SignalActivityParts
      }
      unmapped {
        code
        reason
        place
        mapping {
          ...MappingUseParts
        }
      }
      ignoredBecause
      rule
      problems
      rules {
        rule
        matched
        error
      }
    }
  }
`);

export const MappingComparisonDocument = graphql(`
  query MappingComparison($input: MappingComparisonInput!) {
    mappingComparison(input: $input) {
      problems
      compared
      same
      changed
      newlyMapped
      newlyUnmapped
      differences {
        signal {
          ...SignalRow
        }
        before
        after
      }
    }
  }
`);

export const SaveMappingDocument = graphql(`
  mutation SaveMapping($name: String!, $definition: String!, $note: String!) {
    saveMapping(name: $name, definition: $definition, note: $note) {
      __typename
      ... on MappingSaved {
        mapping {
          ...MappingParts
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

export const ApproveMappingDocument = graphql(`
  mutation ApproveMapping($name: String!, $version: Int!) {
    approveMapping(name: $name, version: $version) {
      __typename
      ... on MappingSaved {
        mapping {
          ...MappingParts
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

export const RetireMappingDocument = graphql(`
  mutation RetireMapping($name: String!, $version: Int!) {
    retireMapping(name: $name, version: $version) {
      __typename
      ... on MappingSaved {
        mapping {
          ...MappingParts
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

export type MappingRow = MappingsQuery['mappings']['edges'][number]['node'];
export type MappingFull = NonNullable<MappingQuery['mapping']>;
export type MappingVersion = MappingFull['versions'][number];
export type Trial = MappingTrialQuery['mappingTrial'];
export type Comparison = MappingComparisonQuery['mappingComparison'];
