import { graphql } from '../../gql/index.js';
import type { QueueSettingsQuery } from '../../gql/graphql.js';

export const QueueSettingsDocument = graphql(`
  query QueueSettings {
    queues {
      name
      title
      purpose
      lead {
        id
        displayName
      }
      members {
        id
        displayName
      }
      workingHours {
        calendar
        title
        timeZone
        isOpen
      }
      targets {
        band
        response
        resolution
        isOwn
      }
    }
    routingRules {
      name
      queue {
        name
        title
      }
      taxonomies
      objectTypes
      legalEntities
      integrations
      fromAmount {
        amount
        currency
      }
      person {
        id
        displayName
      }
      whyNobody
      isDefault
    }
  }
`);

export const SetQueueMembersDocument = graphql(`
  mutation SetQueueMembers($queue: String!, $personIds: [ID!]!) {
    setQueueMembers(queue: $queue, personIds: $personIds) {
      __typename
      ... on QueueSaved {
        queue {
          name
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const SetQueueLeadDocument = graphql(`
  mutation SetQueueLead($queue: String!, $personId: ID) {
    setQueueLead(queue: $queue, personId: $personId) {
      __typename
      ... on QueueSaved {
        queue {
          name
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const SetQueueHoursDocument = graphql(`
  mutation SetQueueHours($queue: String!, $calendar: String!) {
    setQueueHours(queue: $queue, calendar: $calendar) {
      __typename
      ... on QueueSaved {
        queue {
          name
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const SetQueueTargetsDocument = graphql(`
  mutation SetQueueTargets($queue: String!, $targets: [QueueTargetInput!]!) {
    setQueueTargets(queue: $queue, targets: $targets) {
      __typename
      ... on QueueSaved {
        queue {
          name
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const SaveRoutingRulesDocument = graphql(`
  mutation SaveRoutingRules($rules: [RoutingRuleInput!]!) {
    saveRoutingRules(rules: $rules) {
      __typename
      ... on RoutingRulesSaved {
        rules {
          name
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const ApplyRoutingRulesDocument = graphql(`
  mutation ApplyRoutingRules {
    applyRoutingRules {
      __typename
      looked
      moved
      assigned
    }
  }
`);

export const TryRoutingRulesDocument = graphql(`
  query TryRoutingRules($exceptionId: ID!, $rules: [RoutingRuleInput!]!) {
    tryRoutingRules(exceptionId: $exceptionId, rules: $rules) {
      __typename
      ... on RoutingTrial {
        queue {
          name
          title
        }
        rule
        isDefault
        assigneeName
        whyNobody
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export type QueueSettings = QueueSettingsQuery['queues'][number];
export type RuleSetting = QueueSettingsQuery['routingRules'][number];
