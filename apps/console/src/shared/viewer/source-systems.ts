import { graphql } from '../../gql/index.js';
import type { SourceSystemNamesQuery } from '../../gql/graphql.js';
import { useLoad } from '../graphql/use-load.js';

const SourceSystemNamesDocument = graphql(`
  query SourceSystemNames {
    sourceSystems(first: 200) {
      edges {
        node {
          name
          kind
          title
        }
      }
    }
  }
`);

export type SourceSystemName = SourceSystemNamesQuery['sourceSystems']['edges'][number]['node'];

const NONE: readonly SourceSystemName[] = [];

/** The configured source systems by name, for filters and choices. */
export function useSourceSystemNames(): readonly SourceSystemName[] {
  const { data } = useLoad(SourceSystemNamesDocument, {}, { policy: 'cache-first' });
  return data?.sourceSystems.edges.map(({ node }) => node) ?? NONE;
}
