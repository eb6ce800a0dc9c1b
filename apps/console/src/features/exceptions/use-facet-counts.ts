import { useMemo } from 'react';
import { gql, type TypedDocumentNode } from 'urql';
import type { ExceptionFilter } from '../../gql/graphql.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useAfterChanges } from '../../shared/use-burst.js';

type Counts = Record<string, { totalCount: number; totalCountIsEstimate: boolean }>;
type Filters = Record<string, ExceptionFilter>;

/** One query that counts any number of filters: an alias and a variable each. */
export function countQuery(size: number): TypedDocumentNode<Counts, Filters> {
  const indexes = Array.from({ length: size }, (_, index) => index);
  const variables = indexes.map((index) => `$f${index}: ExceptionFilter`).join(', ');
  const fields = indexes.map(
    (index) => `c${index}: exceptions(first: 1, filter: $f${index}) { totalCount totalCountIsEstimate }`,
  );
  return gql<Counts, Filters>(`query FacetCounts(${variables}) { ${fields.join('\n')} }`);
}

const PAUSE_MS = 1500;

/** How many exceptions each filter finds, by the position of the filter; counted again when something changed. */
export function useFacetCounts(filters: readonly ExceptionFilter[], changes: number): (number | undefined)[] {
  const query = useMemo(() => countQuery(filters.length), [filters.length]);
  const variables = Object.fromEntries(filters.map((filter, index) => [`f${index}`, filter]));
  const { data, reload } = useLoad(query, variables, { keepPrevious: true, pause: filters.length === 0 });
  useAfterChanges(changes, PAUSE_MS, reload);
  return filters.map((_, index) => data?.[`c${index}`]?.totalCount);
}
