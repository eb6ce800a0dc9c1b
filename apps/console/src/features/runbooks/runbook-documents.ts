import { graphql } from '../../gql/index.js';
import type { ExceptionRunbooksQuery, RunbookQuery, RunbooksQuery } from '../../gql/graphql.js';

export const RunbooksDocument = graphql(`
  query Runbooks($first: Int!, $after: String) {
    runbooks(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          scope
          scopeKey
          version
          title
          writtenAt
          writtenByName
        }
      }
    }
  }
`);

export const RunbookDocument = graphql(`
  query Runbook($id: ID!) {
    runbook(id: $id) {
      id
      scope
      scopeKey
      version
      isArchived
      title
      body
      versions {
        version
        title
        writtenAt
        writtenByName
      }
    }
  }
`);

export const ExceptionRunbooksDocument = graphql(`
  query ExceptionRunbooks($id: ID!) {
    exception(id: $id) {
      id
      runbooks {
        runbook {
          id
          scope
          version
          title
          body
          writtenAt
          writtenByName
        }
        steps {
          key
          text
          doneAt
          doneByName
        }
      }
    }
  }
`);

export const WriteRunbookDocument = graphql(`
  mutation WriteRunbook($scope: RunbookScope!, $scopeKey: String!, $words: RunbookWords!) {
    writeRunbook(scope: $scope, scopeKey: $scopeKey, words: $words) {
      __typename
      ... on RunbookChanged {
        runbook {
          id
        }
      }
      ... on RunbookFailure {
        code
        message
      }
    }
  }
`);

export const RewriteRunbookDocument = graphql(`
  mutation RewriteRunbook($id: ID!, $version: Int!, $words: RunbookWords!) {
    rewriteRunbook(id: $id, version: $version, words: $words) {
      __typename
      ... on RunbookChanged {
        runbook {
          id
        }
      }
      ... on RunbookFailure {
        code
        message
      }
    }
  }
`);

export const ArchiveRunbookDocument = graphql(`
  mutation ArchiveRunbook($id: ID!, $version: Int) {
    archiveRunbook(id: $id, version: $version) {
      __typename
      ... on RunbookChanged {
        runbook {
          id
        }
      }
      ... on RunbookFailure {
        code
        message
      }
    }
  }
`);

export const TickStepDocument = graphql(`
  mutation TickRunbookStep($exceptionId: ID!, $runbookId: ID!, $stepKey: ID!, $isDone: Boolean!) {
    tickRunbookStep(exceptionId: $exceptionId, runbookId: $runbookId, stepKey: $stepKey, isDone: $isDone) {
      __typename
      ... on RunbookChanged {
        runbook {
          id
        }
      }
      ... on RunbookFailure {
        code
        message
      }
    }
  }
`);

export type RunbookRow = RunbooksQuery['runbooks']['edges'][number]['node'];
export type Runbook = NonNullable<RunbookQuery['runbook']>;
export type FittingRunbook = NonNullable<ExceptionRunbooksQuery['exception']>['runbooks'][number];
