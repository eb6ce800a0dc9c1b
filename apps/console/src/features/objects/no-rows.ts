import type { Connection } from '../../shared/graphql/use-pages.js';

/** The rows of an object that is not there. */
export const NO_ROWS: Connection<never> = {
  edges: [],
  pageInfo: { hasNextPage: false, endCursor: null },
  totalCount: 0,
  totalCountIsEstimate: false,
};
