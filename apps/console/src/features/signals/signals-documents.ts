import { graphql } from '../../gql/index.js';
import type { RefusedInputsQuery, SignalFilter } from '../../gql/graphql.js';
import type { SignalsSearch, SignalWindow } from '../../shared/url.js';

export const SignalsDocument = graphql(`
  query Signals($first: Int!, $after: String, $filter: SignalFilter, $orderBy: SignalOrder) {
    signals(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          ...SignalRow
        }
      }
    }
  }
`);

export const RefusedInputsDocument = graphql(`
  query RefusedInputs($first: Int!, $after: String) {
    refusedInputs(first: $first, after: $after) {
      totalCount
      totalCountIsEstimate
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          id
          at
          protocol
          reason
          sample
        }
      }
    }
  }
`);

export type RefusedInput = RefusedInputsQuery['refusedInputs']['edges'][number]['node'];

const HOUR = 3_600_000;
const WINDOW_MS: Record<SignalWindow, number> = { '1h': HOUR, '24h': 24 * HOUR, '7d': 7 * 24 * HOUR };

/** The filter of the address; `now` is where a window such as "last hour" ends. */
export function filterOf(search: SignalsSearch, now: Date): SignalFilter {
  const filter: SignalFilter = {};
  if (search.state.length > 0) filter.states = [...search.state];
  if (search.kind.length > 0) filter.kinds = [...search.kind];
  if (search.system.length > 0) filter.sourceSystems = [...search.system];
  if (search.type !== undefined) filter.types = [search.type];
  if (search.file !== undefined) filter.fileId = search.file;
  if (search.mapping !== undefined) filter.mapping = search.mapping;
  if (search.flow !== undefined) filter.correlationId = search.flow;
  const from = search.since ? new Date(now.getTime() - WINDOW_MS[search.since]).toISOString() : search.from;
  if (from !== undefined) filter.receivedFrom = from;
  if (search.to !== undefined) filter.receivedTo = search.to;
  return filter;
}

/** Whether anything narrows the list. */
export function isNarrowed(search: SignalsSearch): boolean {
  return Object.keys(filterOf(search, new Date(0))).length > 0;
}
