import type { ExceptionFilter } from '../../gql/graphql.js';
import { graphql } from '../../gql/index.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useAfterChanges } from '../../shared/use-burst.js';
import type { InboxFacets } from './facets.js';

const InboxFacetsDocument = graphql(`
  query InboxFacets($filter: ExceptionFilter) {
    exceptionFacets(filter: $filter) {
      total
      isLowerBound
      facets {
        name
        buckets {
          value
          title
          count
        }
      }
    }
  }
`);

/** Bursts of changes are answered by one count. */
const PAUSE_MS = 1500;

/** The numbers beside the filters; counted again when something changed. */
export function useInboxFacets(filter: ExceptionFilter, changes: number): InboxFacets | undefined {
  const { data, reload } = useLoad(InboxFacetsDocument, { filter }, { keepPrevious: true });
  useAfterChanges(changes, PAUSE_MS, reload);
  return data?.exceptionFacets;
}
