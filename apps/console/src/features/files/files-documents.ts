import { graphql } from '../../gql/index.js';
import type { FilePartsFragment, RunsQuery } from '../../gql/graphql.js';

export const FileText = graphql(`
  fragment FileParts on File {
    id
    name
    format
    sourceSystem
    layout
    sizeBytes
    records
    receivedAt
    contentHash
    header
    controls {
      name
      kind
      scope
      currency
      expected
      actual
      isMet
    }
    hasControlBreak
    unmappedRecords
  }
`);

export const FilesDocument = graphql(`
  query Files($first: Int!, $after: String, $filter: FileFilter) {
    files(first: $first, after: $after, filter: $filter) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...FileParts
        }
      }
    }
  }
`);

export const FileDocument = graphql(`
  query File($id: ID!) {
    file(id: $id) {
      ...FileParts
    }
  }
`);

export const FilesAnswerDocument = graphql(`
  query FilesAnswer {
    all: files(first: 1) {
      totalCount
      totalCountIsEstimate
    }
    broken: files(first: 1, filter: { hasControlBreak: true }) {
      totalCount
      totalCountIsEstimate
    }
    runs(first: 1) {
      totalCount
      totalCountIsEstimate
    }
    failed: runs(first: 1, filter: { states: [FAILED, ABORTED] }) {
      totalCount
      totalCountIsEstimate
    }
  }
`);

export const RunsDocument = graphql(`
  query Runs($first: Int!, $after: String, $filter: RunFilter) {
    runs(first: $first, after: $after, filter: $filter) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          key
          job
          system
          state
          startedAt
          endedAt
          nominalStartAt
          nominalEndAt
          message
          parent
          hasConflict
          activities
        }
      }
    }
  }
`);

export type FileFull = FilePartsFragment;
export type Run = RunsQuery['runs']['edges'][number]['node'];
