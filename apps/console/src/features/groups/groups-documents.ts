import { graphql } from '../../gql/index.js';
import type { ExceptionGroupQuery, ExceptionGroupsQuery } from '../../gql/graphql.js';

export const ExceptionGroupsDocument = graphql(`
  query ExceptionGroups($first: Int!, $after: String, $filter: ExceptionGroupFilter, $orderBy: ExceptionGroupOrder) {
    exceptionGroups(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          title
          hop
          openCount
          memberCount
          lastOccurredAt
          note
          isKnownError
          knownErrorReference
          snoozedUntil
          problem {
            category
            title
          }
          owner {
            id
            displayName
          }
        }
      }
    }
  }
`);

export const ExceptionGroupDocument = graphql(`
  query ExceptionGroup($id: ID!) {
    exceptionGroup(id: $id) {
      id
      title
      taxonomy
      hop
      openCount
      memberCount
      memberCountIsLowerBound
      lastOccurredAt
      note
      isKnownError
      knownErrorReference
      snoozedUntil
      snoozeReason
      splitBy
      version
      changedAt
      changedByName
      problem {
        category
        title
      }
      owner {
        id
        displayName
      }
      mergedInto {
        id
        title
      }
      wholeGroup {
        id
        title
      }
      mergedParts {
        id
        title
      }
    }
  }
`);

export const ChangeGroupDocument = graphql(`
  mutation ChangeExceptionGroup($id: ID!, $version: Int!, $change: ChangeExceptionGroupInput!) {
    changeExceptionGroup(id: $id, version: $version, change: $change) {
      __typename
      ... on ExceptionGroupsChanged {
        moved
      }
      ... on ExceptionGroupFailure {
        code
        message
      }
    }
  }
`);

export const MergeGroupsDocument = graphql(`
  mutation MergeExceptionGroups($ids: [ID!]!, $into: ID!, $reason: String!, $versions: [Int!]) {
    mergeExceptionGroups(ids: $ids, into: $into, reason: $reason, versions: $versions) {
      __typename
      ... on ExceptionGroupsChanged {
        moved
      }
      ... on ExceptionGroupFailure {
        code
        message
      }
    }
  }
`);

export const UnmergeGroupDocument = graphql(`
  mutation UnmergeExceptionGroup($id: ID!, $version: Int) {
    unmergeExceptionGroup(id: $id, version: $version) {
      __typename
      ... on ExceptionGroupsChanged {
        moved
      }
      ... on ExceptionGroupFailure {
        code
        message
      }
    }
  }
`);

export const SplitGroupDocument = graphql(`
  mutation SplitExceptionGroup($id: ID!, $by: [ExceptionGroupSplit!]!, $reason: String!, $version: Int) {
    splitExceptionGroup(id: $id, by: $by, reason: $reason, version: $version) {
      __typename
      ... on ExceptionGroupsChanged {
        moved
      }
      ... on ExceptionGroupFailure {
        code
        message
      }
    }
  }
`);

export type GroupRow = ExceptionGroupsQuery['exceptionGroups']['edges'][number]['node'];
export type Group = NonNullable<ExceptionGroupQuery['exceptionGroup']>;
