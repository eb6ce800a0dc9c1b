import { useCallback, useMemo, useState } from 'react';
import { useClient, type AnyVariables, type CombinedError, type TypedDocumentNode } from 'urql';
import { useLoad, type Load, type LoadOptions } from './use-load.js';

export type Connection<Node> = {
  edges: readonly { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
  totalCountIsEstimate: boolean;
};

/** What the end of a list knows of the rows after it. */
export type PageEnd = {
  totalCount: number;
  isEstimate: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  moreError: CombinedError | undefined;
  loadMore: () => void;
};

export type Pages<Data, Node> = Load<Data> &
  PageEnd & {
    nodes: readonly Node[];
    /** of `nodes`, those that the person asked for by `loadMore` */
    laterNodes: readonly Node[];
  };

const NO_NODES: readonly never[] = [];

type Later<Node> = { key: string; nodes: readonly Node[]; end: string | null; hasMore: boolean };

/** A Relay connection read page by page; the pages after the first are dropped when filter or order change. */
export function usePages<Data, Variables extends AnyVariables, Node>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  select: (data: Data) => Connection<Node>,
  options: LoadOptions = {},
): Pages<Data, Node> {
  const client = useClient();
  const first = useLoad(query, variables, options);
  const key = JSON.stringify(variables);
  const [later, setLater] = useState<Later<Node>>();
  const [isLoadingMore, setLoadingMore] = useState(false);
  const [moreError, setMoreError] = useState<CombinedError>();

  const connection = first.data === undefined ? undefined : select(first.data);
  // A page may be without rows and still lead on: the search for rows stops after a while.
  const more = later?.key === key ? later : undefined;
  const end = more ? more.end : (connection?.pageInfo.endCursor ?? null);

  const nodes = useMemo(
    () => [...(connection?.edges.map((edge) => edge.node) ?? []), ...(more?.nodes ?? [])],
    [connection, more],
  );

  const loadMore = useCallback(() => {
    if (isLoadingMore || end === null) return;
    setLoadingMore(true);
    setMoreError(undefined);
    void client
      .query(query, { ...variables, after: end } as Variables, { requestPolicy: 'network-only' })
      .toPromise()
      .then((result) => {
        setLoadingMore(false);
        if (result.data === undefined) {
          setMoreError(result.error);
          return;
        }
        const page = select(result.data);
        setLater((before) => ({
          key,
          nodes: [...(before?.key === key ? before.nodes : []), ...page.edges.map((edge) => edge.node)],
          end: page.pageInfo.endCursor,
          hasMore: page.pageInfo.hasNextPage,
        }));
      });
  }, [client, end, isLoadingMore, key, query, select, variables]);

  return {
    ...first,
    nodes,
    laterNodes: more?.nodes ?? NO_NODES,
    totalCount: connection?.totalCount ?? 0,
    isEstimate: connection?.totalCountIsEstimate ?? false,
    hasMore: more ? more.hasMore : (connection?.pageInfo.hasNextPage ?? false),
    isLoadingMore,
    moreError,
    loadMore,
  };
}
