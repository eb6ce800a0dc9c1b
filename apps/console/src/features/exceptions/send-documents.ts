import { graphql } from '../../gql/index.js';

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
    ) {
      __typename
      ... on RequeuePlan {
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
