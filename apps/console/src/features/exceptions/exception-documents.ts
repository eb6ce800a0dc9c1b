import { graphql } from '../../gql/index.js';
import type { ExceptionPageQuery, ExceptionRowFragment } from '../../gql/graphql.js';

export const ExceptionRowFragmentText = graphql(`
  fragment ExceptionRow on Exception {
    id
    state
    resolution
    title
    version
    occurrences
    openedAt
    lastOccurredAt
    resolvedAt
    legalEntity
    counterparty
    direction
    actions
    isEscalated
    problem {
      code
      title
    }
    businessObject {
      id
      type
      key
    }
    moneyAtRisk {
      amount
      currency
    }
    integration {
      name
      title
    }
    queue {
      name
      title
    }
    priority {
      band
      ratedBand
      reasons
      overrideReason
      overriddenBy {
        displayName
      }
    }
    owner {
      id
      displayName
    }
    group {
      id
      title
      memberCount
      memberCountIsLowerBound
      isKnownError
      snoozedUntil
      snoozeReason
    }
    wait {
      waitsFor
      until
      expiresAt
      reason {
        title
      }
    }
    snooze {
      until
      isUntilNextOccurrence
      reason
      snoozedByName
    }
  }
`);

export const ExceptionsDocument = graphql(`
  query Exceptions($first: Int!, $after: String, $filter: ExceptionFilter, $orderBy: ExceptionOrder) {
    exceptions(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount
      totalCountIsEstimate
      totals {
        currency
        inflow
        outflow
        count
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...ExceptionRow
        }
      }
    }
  }
`);

export const ExceptionPageDocument = graphql(`
  query ExceptionPage($id: ID!) {
    exception(id: $id) {
      ...ExceptionRow
      message
      hop
      region
      problem {
        category
      }
      integration {
        fromSystem
        toSystem
        owner
      }
      failure {
        occurredAt
        message
        traceId
        spanId
        payload
        payloadVersion
        headers {
          name
          value
        }
        isMasked
        failedField
      }
      eventCount
      events {
        ...TimelineEvent
      }
      group {
        steps {
          id
          at
          action
          actorName
          details
        }
      }
      wait {
        note
        checkedAt
        checkDetail
        startedAt
        startedByName
        reason {
          pausesClock
        }
      }
      handPosting {
        documentType
        documentKey
        statedByName
        verifiedAt
        object {
          id
          key
        }
      }
      acceptance {
        ...AcceptanceParts
      }
      duplicateOf {
        id
        title
      }
      predecessors {
        isRoot
        exception {
          id
          title
        }
      }
      clock {
        band
        calendar
        startedAt
        endedAt
        countedMinutes
        pausedMinutes
        grossMinutes
        response {
          target
          dueAt
          metAt
          state
        }
        resolution {
          target
          dueAt
          metAt
          state
        }
        pauses {
          reason
          byName
          from
          to
        }
        holders {
          holder
          countedMinutes
          pausedMinutes
        }
      }
      attempts {
        id
        requestId
        action
        attempt
        state
        makerName
        reason
        createdAt
        sentAt
        acknowledgedAt
        processedAt
        finishedAt
        verifyBy
        settlement {
          verdict
          stateBefore
          reason
          personName
          at
        }
        httpStatus
        answer
        transmissions
        traceId
        mode
        payloadVersion
      }
      transaction {
        id
        state
        workflowTitle
        legalEntity
        anchor {
          id
          type
          key
        }
        milestones {
          name
          title
          reachedAt
          dueAt
          startedAt
          state
          ruleKind
          isRequired
          position
          object {
            id
            type
            key
          }
        }
      }
    }
  }
`);

export const ExceptionLineageDocument = graphql(`
  query ExceptionLineage($objectId: ID!) {
    upstream: lineage(objectId: $objectId, direction: UPSTREAM, depth: 6) {
      isTruncated
      nodes {
        id
        type
        key
        isHub
        depth
        isPlaceholder
        amount {
          amount
          currency
        }
      }
    }
    downstream: lineage(objectId: $objectId, direction: DOWNSTREAM, depth: 6) {
      isTruncated
      nodes {
        id
        type
        key
        isHub
        depth
        isPlaceholder
        amount {
          amount
          currency
        }
      }
    }
  }
`);

export const ExceptionsChangedDocument = graphql(`
  subscription ExceptionsChanged($ids: [ID!]) {
    exceptionChanged(ids: $ids) {
      ...ExceptionRow
    }
  }
`);

export const TimelineEventText = graphql(`
  fragment TimelineEvent on ExceptionEvent {
    id
    at
    kind
    actorName
    details
  }
`);

export const EarlierEventsDocument = graphql(`
  query EarlierEvents($id: ID!, $last: Int!) {
    exception(id: $id) {
      id
      events(last: $last) {
        ...TimelineEvent
      }
    }
  }
`);

export const AssignDocument = graphql(`
  mutation AssignExceptions($exceptions: [SeenException!]!, $ownerId: ID, $isForwarded: Boolean) {
    assignExceptions(exceptions: $exceptions, ownerId: $ownerId, isForwarded: $isForwarded) {
      __typename
      ... on ExceptionsChanged {
        warnings
        exceptions {
          ...ExceptionRow
        }
      }
      ... on ActFailure {
        code
        message
        current {
          id
        }
      }
    }
  }
`);

export const CommentDocument = graphql(`
  mutation CommentOnException($id: ID!, $text: String!, $isOnGroup: Boolean) {
    commentOnException(id: $id, text: $text, isOnGroup: $isOnGroup) {
      __typename
      ... on ExceptionsChanged {
        exceptions {
          ...ExceptionRow
        }
      }
      ... on ActFailure {
        code
        message
      }
    }
  }
`);

export type ExceptionRow = ExceptionRowFragment;
export type ExceptionFull = NonNullable<ExceptionPageQuery['exception']>;
export type Attempt = ExceptionFull['attempts'][number];
