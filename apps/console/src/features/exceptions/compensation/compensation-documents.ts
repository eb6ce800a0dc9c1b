import { graphql } from '../../../gql/index.js';
import type { CompensationPlanQuery } from '../../../gql/graphql.js';

/** What can be undone or told at an exception. */
export const OfferedCompensationsDocument = graphql(`
  query OfferedCompensations($id: ID!) {
    exception(id: $id) {
      id
      compensations {
        action
        integration
      }
    }
  }
`);

export const CompensationPlanDocument = graphql(`
  query CompensationPlan($ids: [ID!]!, $action: CompensationAction!, $documents: [CompensationDocumentInput!]) {
    compensationPlan(exceptionIds: $ids, action: $action, documents: $documents) {
      action
      items {
        exceptionId
        integration
        willSend
        reason
        code
        postingDate
        closedPeriod
        document {
          objectId
          type
          key
        }
        choices {
          objectId
          type
          key
        }
        following {
          objectId
          type
          key
          qualifier
          mustGoFirst
        }
      }
      effect {
        ...PlanSumShown
      }
      waiting {
        ...PlanWaitingShown
      }
      approval {
        ...PlanApprovalShown
      }
    }
  }
`);

export const RequestCompensationDocument = graphql(`
  mutation RequestCompensation(
    $ids: [ID!]!
    $action: CompensationAction!
    $reason: String!
    $documents: [CompensationDocumentInput!]
  ) {
    requestCompensation(exceptionIds: $ids, action: $action, reason: $reason, documents: $documents) {
      __typename
      ... on CompensationAccepted {
        request {
          id
          state
        }
      }
      ... on ActFailure {
        code
        message
      }
    }
  }
`);

export type CompensationPlan = CompensationPlanQuery['compensationPlan'];
export type CompensationPlanItem = CompensationPlan['items'][number];
