import { graphql } from '../../gql/index.js';
import type { RequeuePlanItemsQuery, RequeuePlanPageQuery } from '../../gql/graphql.js';

export const RequeuePlanPageDocument = graphql(`
  query RequeuePlanPage($id: ID!) {
    requeueRequest(id: $id) {
      id
      makerName
      state
      items
      run {
        note
        acts
      }
      deciding {
        items
        done
        letGo
        setAside
      }
      plan {
        selectionWords
        items
        planned
        going
        frozen
        mode
        despitePredecessors
        despiteLookAlikes
        carryForward
        plannedAt
        expiresAt
        note
        canGoOn
        leftOutBy {
          code
          hasFallenOut
          count
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
      }
    }
  }
`);

export const RequeuePlanProgressDocument = graphql(`
  subscription RequeuePlanProgress($id: ID!) {
    requeueProgress(requestId: $id) {
      id
      state
      plan {
        planned
        frozen
      }
      deciding {
        done
      }
    }
  }
`);

export const RequeuePlanItemsDocument = graphql(`
  query RequeuePlanItems($id: ID!, $show: RequeueSelectionShown, $code: String, $first: Int!, $after: String) {
    requeuePlanItems(requestId: $id, show: $show, code: $code, first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          position
          exceptionId
          objectKey
          integration
          code
          reason
          hasFallenOut
          after
          exception {
            id
            businessObject {
              type
            }
            legalEntity
            moneyAtRisk {
              amount
              currency
            }
          }
        }
      }
    }
  }
`);

export const GoOnWithPlanDocument = graphql(`
  mutation GoOnWithPlan($id: ID!, $reason: String!, $limits: RequeueLimits) {
    requestRequeue(planId: $id, reason: $reason, limits: $limits) {
      __typename
      ... on RequeuePlanning {
        planning {
          id
          state
        }
      }
      ... on RequeueFailure {
        code
        message
      }
    }
  }
`);

export const PlanAnewDocument = graphql(`
  mutation PlanAnew(
    $id: ID!
    $mode: RequeueMode
    $despitePredecessors: Boolean
    $despiteLookAlikes: Boolean
    $carryForward: Boolean
  ) {
    requestRequeue(
      planId: $id
      reason: "plan"
      dryRun: true
      mode: $mode
      despitePredecessors: $despitePredecessors
      despiteLookAlikes: $despiteLookAlikes
      carryForward: $carryForward
    ) {
      __typename
      ... on RequeuePlanning {
        planning {
          id
        }
      }
      ... on RequeueFailure {
        code
        message
      }
    }
  }
`);

export const CancelPlanDocument = graphql(`
  mutation CancelRequeuePlan($id: ID!) {
    cancelRequeue(id: $id) {
      __typename
      ... on RequeueSteered {
        request {
          id
          state
        }
      }
      ... on RequeueFailure {
        code
        message
      }
    }
  }
`);

export type PlannedRequest = NonNullable<RequeuePlanPageQuery['requeueRequest']>;
export type SelectionPlan = NonNullable<PlannedRequest['plan']>;
export type SelectionItem = RequeuePlanItemsQuery['requeuePlanItems']['edges'][number]['node'];
