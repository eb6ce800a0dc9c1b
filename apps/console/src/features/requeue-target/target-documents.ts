import { graphql } from '../../gql/index.js';
import type { RequeueTargetSettingsQuery } from '../../gql/graphql.js';

export const RequeueTargetSettingsDocument = graphql(`
  query RequeueTargetSettings {
    requeueAdapters {
      adapter
      title
      summary
      mayKeepKeys
      address {
        label
        help
        example
      }
      statusAddress {
        label
        help
        example
      }
      validateAddress {
        label
        help
        example
      }
      fields {
        name
        label
        isSecret
        isRequired
        help
        example
      }
    }
    integrations(first: 200) {
      edges {
        node {
          name
          title
          requeueDestination {
            adapter
            adapterTitle
            url
            settings {
              name
              value
            }
            secretsSet
            missing
            statusUrl
            validateUrl
            isIdempotent
            changedAt
            changedByName
          }
        }
      }
    }
  }
`);

export const SetRequeueTargetDocument = graphql(`
  mutation SetRequeueTarget($input: RequeueTargetInput!) {
    setRequeueTarget(input: $input) {
      __typename
      ... on RequeueTargetSaved {
        newSecret
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

export const RemoveRequeueTargetDocument = graphql(`
  mutation RemoveRequeueTarget($integration: String!) {
    removeRequeueTarget(integration: $integration) {
      __typename
      ... on RequeueTargetSaved {
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

export type TargetAdapter = RequeueTargetSettingsQuery['requeueAdapters'][number];
export type TargetIntegration = RequeueTargetSettingsQuery['integrations']['edges'][number]['node'];
export type TargetDestination = NonNullable<TargetIntegration['requeueDestination']>;
