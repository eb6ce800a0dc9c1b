import { graphql } from '../../gql/index.js';

export const PlanShownDocument = graphql(`
  fragment PlanShown on RequeuePlan {
    hash
    items {
      exceptionId
      integration
      objectKey
      willSend
      code
      reason
      after
    }
    sent {
      ...PlanSumShown
    }
    leftOut {
      ...PlanSumShown
    }
    waiting {
      title
      isHub
      count
    }
    approval {
      approvals
      roles
      rules {
        title
      }
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
            exceptionId
            integration
            objectKey
            willSend
            code
            reason
            after
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
