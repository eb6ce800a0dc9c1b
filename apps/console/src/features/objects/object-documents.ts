import { graphql } from '../../gql/index.js';
import type {
  ObjectActivitiesQuery,
  ObjectAttributesQuery,
  ObjectHistoryQuery,
  ObjectLinksQuery,
  ObjectPageQuery,
} from '../../gql/graphql.js';

export const ObjectPageDocument = graphql(`
  query ObjectPage($id: ID!, $seesExceptions: Boolean!) {
    businessObject(id: $id) {
      id
      type
      key
      legalEntity
      counterparty
      direction
      isPlaceholder
      firstSeenAt
      lastSeenAt
      amount {
        amount
        currency
      }
      aliases {
        system
        kind
        scope
        value
        statedBy {
          activityType
          system
          occurredAt
          recordedOn
        }
      }
      findings {
        kind
        about
        since
        details
        related {
          id
          type
          key
        }
      }
      accountTypes {
        accountType
        state
        statedBy {
          system
          occurredAt
        }
      }
      transactions(first: 20) {
        id
        workflowTitle
        state
        anchor {
          type
          key
        }
        startedAt
      }
    }
    exceptions(first: 20, filter: { objectId: $id }, orderBy: OPENED_DESC) @include(if: $seesExceptions) {
      totalCount
      edges {
        node {
          id
          title
          state
          resolution
          openedAt
        }
      }
    }
  }
`);

export const ObjectAttributesDocument = graphql(`
  query ObjectAttributes($id: ID!, $asOf: DateTime, $knownOn: LocalDate) {
    businessObject(id: $id) {
      id
      attributes(asOf: $asOf, knownOn: $knownOn) {
        name
        value
        statedBy {
          activityType
          system
          occurredAt
          recordedOn
        }
        systemOfRecord {
          group
          owners
          steward
        }
      }
    }
  }
`);

export const ObjectHistoryDocument = graphql(`
  query ObjectHistory($id: ID!, $first: Int, $after: String) {
    businessObject(id: $id) {
      id
      attributeHistory(first: $first, after: $after) {
        totalCount
        totalCountIsEstimate
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            name
            value
            previous
            statedBy {
              activityId
              activityType
              system
              occurredAt
              recordedOn
            }
          }
        }
      }
    }
  }
`);

export const ObjectLinksDocument = graphql(`
  query ObjectLinks($id: ID!, $direction: LineageDirection!, $first: Int, $after: String) {
    businessObject(id: $id) {
      id
      links(direction: $direction, first: $first, after: $after) {
        totalCount
        totalCountIsEstimate
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            object {
              id
              type
              key
            }
            qualifier
            isContext
            isEstablished
            amount {
              amount
              currency
            }
            validFrom
            validTo
            firstSeenAt
            assertedBy {
              activityType
              system
              occurredAt
              recordedOn
            }
          }
        }
      }
    }
  }
`);

export const ObjectActivitiesDocument = graphql(`
  query ObjectActivities($id: ID!, $first: Int, $after: String) {
    businessObject(id: $id) {
      id
      activities(first: $first, after: $after) {
        totalCount
        totalCountIsEstimate
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            id
            type
            occurredAt
            outcome
            system
            traceId
            spanId
            signalId
            message
            objects {
              id
              type
              key
            }
          }
        }
      }
    }
  }
`);

export type ObjectFull = NonNullable<ObjectPageQuery['businessObject']>;
export type ObjectExceptions = NonNullable<ObjectPageQuery['exceptions']>;
export type Finding = ObjectFull['findings'][number];
export type AccountTypeStanding = ObjectFull['accountTypes'][number];
export type ObjectAttribute = NonNullable<ObjectAttributesQuery['businessObject']>['attributes'][number];
type Of<T> = NonNullable<T>;
export type AttributeChange = Of<ObjectHistoryQuery['businessObject']>['attributeHistory']['edges'][number]['node'];
export type ObjectLink = Of<ObjectLinksQuery['businessObject']>['links']['edges'][number]['node'];
export type ObjectActivity = Of<ObjectActivitiesQuery['businessObject']>['activities']['edges'][number]['node'];
