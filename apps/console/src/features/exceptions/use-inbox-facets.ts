import { useEffect } from 'react';
import type { ExceptionFilter } from '../../gql/graphql.js';
import { graphql } from '../../gql/index.js';
import { useLoad } from '../../shared/graphql/use-load.js';
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
  useEffect(() => {
    if (changes === 0) return;
    const timer = setTimeout(reload, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [changes, reload]);
  return data?.exceptionFacets;
}
