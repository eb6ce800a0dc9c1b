import { graphql } from '../../../gql/index.js';
import type { SendingSettingsQuery } from '../../../gql/graphql.js';

export const SendingSettingsDocument = graphql(`
  query SendingSettings($integration: String!) {
    sendingSettings(integration: $integration) {
      integration
      title
      canRequeue
      version
      changedAt
      changedByName
      calendars {
        name
        title
        timeZone
      }
      changes {
        at
        actorName
        action
        details
      }
      target {
        integration
        failures
        pausedUntil
        reason
        verifyWithinMinutes
        ...HoursShown
        limits {
          ...LimitsShown
        }
      }
    }
  }
`);

export const SetSendingSettingsDocument = graphql(`
  mutation SetSendingSettings(
    $integration: String!
    $limits: RequeueLimits!
    $verifyWithinMinutes: Int
    $hours: SendingHoursInput
    $basedOn: Int
  ) {
    setSendingSettings(
      integration: $integration
      limits: $limits
      verifyWithinMinutes: $verifyWithinMinutes
      hours: $hours
      basedOn: $basedOn
    ) {
      __typename
      ... on SendingSettingsSaved {
        settings {
          integration
          version
        }
      }
      ... on RequeueFailure {
        code
        message
      }
    }
  }
`);

export const TryRequeueTargetDocument = graphql(`
  mutation TryRequeueTarget($integration: String!) {
    tryRequeueTarget(integration: $integration) {
      __typename
      ... on SendingSettingsSaved {
        settings {
          integration
          version
        }
      }
      ... on RequeueFailure {
        code
        message
      }
    }
  }
`);

export type Settings = SendingSettingsQuery['sendingSettings'];
export type SettingsChange = Settings['changes'][number];
