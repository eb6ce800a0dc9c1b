import { graphql } from '../../gql/index.js';
import type { ChangeableFieldsQuery } from '../../gql/graphql.js';

export const ChangeableFieldsDocument = graphql(`
  query ChangeableFields {
    integrations(first: 200) {
      edges {
        node {
          name
          title
          fromSystem
          toSystem
          canRequeue
          corrections {
            version
            fields
            contractType
            changedByName
            changedAt
          }
        }
      }
    }
  }
`);

/** What is needed to change one: its history, and the contracts that there are. */
export const ChangeableHistoryDocument = graphql(`
  query ChangeableHistory {
    integrations(first: 200) {
      edges {
        node {
          name
          correctionHistory {
            version
            fields
            contractType
            note
            changedByName
            changedAt
          }
        }
      }
    }
    eventContracts(first: 200) {
      edges {
        node {
          eventType
          version
          retiredAt
        }
      }
    }
  }
`);

export const SaveCorrectionSettingDocument = graphql(`
  mutation SaveCorrectionSetting(
    $integration: String!
    $basedOn: Int!
    $fields: [String!]!
    $contractType: String
    $note: String!
  ) {
    saveCorrectionSetting(
      integration: $integration
      basedOn: $basedOn
      fields: $fields
      contractType: $contractType
      note: $note
    ) {
      __typename
      ... on CorrectionSettingSaved {
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

export type ChangeableRow = ChangeableFieldsQuery['integrations']['edges'][number]['node'];
