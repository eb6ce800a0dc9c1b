import { graphql } from '../../gql/index.js';
import type { CsvLayoutsQuery } from '../../gql/graphql.js';

export const CsvLayoutsDocument = graphql(`
  query CsvLayouts($first: Int!, $after: String) {
    csvLayouts(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          name
          title
          version
          isShipped
          columns
          definition
          versions {
            version
            definition
            note
            createdByName
            createdAt
          }
        }
      }
    }
  }
`);

export const SaveCsvLayoutDocument = graphql(`
  mutation SaveCsvLayout($name: String!, $basedOn: Int!, $definition: String!, $note: String!) {
    saveCsvLayout(name: $name, basedOn: $basedOn, definition: $definition, note: $note) {
      __typename
      ... on CsvLayoutSaved {
        layout {
          name
          version
        }
      }
      ... on CatalogFailure {
        code
        message
        problems
      }
    }
  }
`);

export type CsvLayoutRow = CsvLayoutsQuery['csvLayouts']['edges'][number]['node'];
