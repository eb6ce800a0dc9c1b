import { graphql } from '../../gql/index.js';

/** What becomes of each exception. */
export const PlanItemShownFragment = graphql(`
  fragment PlanItemShown on RequeuePlanItem {
    exceptionId
    integration
    objectKey
    willSend
    code
    reason
    after
  }
`);

/** What would be sent, and how. */
export const PlanShownFragment = graphql(`
  fragment PlanShown on RequeuePlan {
    hash
    items {
      ...PlanItemShown
    }
    sent {
      ...PlanSumShown
    }
    leftOut {
      ...PlanSumShown
    }
    waiting {
      ...PlanWaitingShown
    }
    approval {
      ...PlanApprovalShown
    }
    limits {
      ...LimitsShown
    }
    targets {
      integration
      ...HoursShown
    }
  }
`);

export const RequestRequeueDocument = graphql(`
  mutation RequestRequeue(
    $exceptionIds: [ID!]!
    $reason: String!
    $dryRun: Boolean!
    $despitePredecessors: Boolean
    $mode: RequeueMode
    $versions: [PayloadChoiceInput!]
    $despiteLookAlikes: Boolean
    $carryForward: Boolean
    $limits: RequeueLimits
    $expectedHash: String
  ) {
    requestRequeue(
      exceptionIds: $exceptionIds
      reason: $reason
      dryRun: $dryRun
      despitePredecessors: $despitePredecessors
      mode: $mode
      versions: $versions
      despiteLookAlikes: $despiteLookAlikes
      carryForward: $carryForward
      limits: $limits
      expectedHash: $expectedHash
    ) {
      __typename
      ... on RequeuePlan {
        ...PlanShown
      }
      ... on RequeuePlanChanged {
        plan {
          ...PlanShown
        }
      }
      ... on RequeueAccepted {
        request {
          id
          items
          state
        }
        exceptions {
          ...ExceptionRow
        }
        plan {
          items {
            ...PlanItemShown
          }
        }
      }
      ... on ActFailure {
        code
        message
      }
    }
  }
`);
