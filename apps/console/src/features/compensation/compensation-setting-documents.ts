import { graphql } from '../../gql/index.js';
import type { CompensationSettingQuery } from '../../gql/graphql.js';

export const CompensationSettingDocument = graphql(`
  query CompensationSetting {
    integrations(first: 200) {
      edges {
        node {
          name
          title
          toSystem
          canRequeue
          compensations {
            version
            actions {
              action
              objectTypes
              taxonomies
              path
              proofActivity
              proofMilestone
              withinMinutes
              postingDate
            }
          }
          compensationHistory {
            version
            note
            changedByName
            changedAt
            actions {
              action
              objectTypes
            }
          }
        }
      }
    }
  }
`);

export const SaveCompensationSettingDocument = graphql(`
  mutation SaveCompensationSetting(
    $integration: String!
    $basedOn: Int!
    $actions: [DeclaredCompensationInput!]!
    $note: String!
  ) {
    saveCompensationSetting(integration: $integration, basedOn: $basedOn, actions: $actions, note: $note) {
      __typename
      ... on CompensationSettingSaved {
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

export type CompensatedIntegration = CompensationSettingQuery['integrations']['edges'][number]['node'];
export type DeclaredAction = NonNullable<CompensatedIntegration['compensations']>['actions'][number];
