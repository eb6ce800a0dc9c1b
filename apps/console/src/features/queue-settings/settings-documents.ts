import { graphql } from '../../gql/index.js';
import type { QueueSettingsQuery } from '../../gql/graphql.js';

export const QueueSettingsDocument = graphql(`
  query QueueSettings {
    queues {
      name
      revision
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
      ownHours {
        timeZone
        holidays
        weekly {
          weekday
          opens
          closes
        }
        days {
          date
          windows {
            opens
            closes
          }
        }
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
    routingRulesRevision
  }
`);

export const SetQueueMembersDocument = graphql(`
  mutation SetQueueMembers($queue: String!, $personIds: [ID!]!, $seen: String) {
    setQueueMembers(queue: $queue, personIds: $personIds, seen: $seen) {
      __typename
      ... on QueueSaved {
        queue {
          name
          revision
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
  mutation SetQueueLead($queue: String!, $personId: ID, $seen: String) {
    setQueueLead(queue: $queue, personId: $personId, seen: $seen) {
      __typename
      ... on QueueSaved {
        queue {
          name
          revision
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
  mutation SetQueueHours($queue: String!, $calendar: String!, $seen: String) {
    setQueueHours(queue: $queue, calendar: $calendar, seen: $seen) {
      __typename
      ... on QueueSaved {
        queue {
          name
          revision
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const SetQueueOwnHoursDocument = graphql(`
  mutation SetQueueOwnHours($queue: String!, $hours: QueueOwnHoursInput!, $seen: String) {
    setQueueOwnHours(queue: $queue, hours: $hours, seen: $seen) {
      __typename
      ... on QueueSaved {
        queue {
          name
          revision
        }
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export const TryQueueHoursDocument = graphql(`
  query TryQueueHours($hours: QueueOwnHoursInput!) {
    tryQueueHours(hours: $hours) {
      __typename
      ... on QueueHoursTrial {
        timeZone
        days {
          date
          stretches {
            from
            until
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

export const SetQueueTargetsDocument = graphql(`
  mutation SetQueueTargets($queue: String!, $targets: [QueueTargetInput!]!, $seen: String) {
    setQueueTargets(queue: $queue, targets: $targets, seen: $seen) {
      __typename
      ... on QueueSaved {
        queue {
          name
          revision
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
  mutation SaveRoutingRules($rules: [RoutingRuleInput!]!, $seen: String) {
    saveRoutingRules(rules: $rules, seen: $seen) {
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
