import { graphql } from '../../gql/index.js';
import type { ExchangeRateTypesQuery, ExchangeRatesQuery } from '../../gql/graphql.js';

export const ExchangeRateTypesDocument = graphql(`
  query ExchangeRateTypes {
    exchangeRateKinds {
      type
      base
      from
      to
      rates
      longestAgeDays
    }
  }
`);

export const ExchangeRatesDocument = graphql(`
  query ExchangeRates($type: String!, $first: Int, $after: String) {
    exchangeRates(type: $type, first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          type
          date
          base
          currency
          rate
          source
          importedAt
        }
      }
    }
  }
`);

export const ImportExchangeRatesDocument = graphql(`
  mutation ImportExchangeRates($format: String!, $text: String!, $source: String) {
    importExchangeRates(format: $format, text: $text, source: $source) {
      __typename
      ... on ExchangeRatesImported {
        types
        added
        changed
        unchanged
      }
      ... on CatalogFailure {
        message
        problems
      }
    }
  }
`);

export type RateKind = ExchangeRateTypesQuery['exchangeRateKinds'][number];
export type RateRow = ExchangeRatesQuery['exchangeRates']['edges'][number]['node'];
