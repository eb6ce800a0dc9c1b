import { useCallback, useEffect, useRef } from 'react';
import { useQuery, type AnyVariables, type CombinedError, type TypedDocumentNode } from 'urql';
import { useLiveConnection } from './live-connection.js';

export type Load<Data> = {
  data: Data | undefined;
  error: CombinedError | undefined;
  /** nothing to show yet */
  isLoading: boolean;
  /** what is shown answers the variables before these */
  isPrevious: boolean;
  /** when what is shown was answered by the server */
  asOf: Date | undefined;
  reload: () => void;
};

export type LoadOptions = {
  pause?: boolean;
  policy?: 'cache-first' | 'cache-and-network' | 'network-only';
  /** keep showing the answer to the variables before until the new one is here: for lists, never for a detail */
  keepPrevious?: boolean;
};

function stamp(extensions: Record<string, unknown> | undefined): Date | undefined {
  const receivedAt = extensions?.['receivedAt'];
  return typeof receivedAt === 'number' ? new Date(receivedAt) : undefined;
}

/** One query with what every page needs around it; loads again when live updates begin to arrive, for what came between. */
export function useLoad<Data, Variables extends AnyVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { pause = false, policy = 'cache-and-network', keepPrevious = false }: LoadOptions = {},
): Load<Data> {
  const [result, execute] = useQuery<Data, AnyVariables>({ query, variables, pause, requestPolicy: policy });
  const { openings } = useLiveConnection();
  const seen = useRef(openings);

  const reload = useCallback(() => {
    if (!pause) execute({ requestPolicy: 'network-only' });
  }, [execute, pause]);

  useEffect(() => {
    if (seen.current === openings) return;
    seen.current = openings;
    reload();
  }, [openings, reload]);

  // While new variables are asked for, urql still hands out the answer to the ones before.
  const answered = result.operation?.variables;
  const isPrevious = answered !== undefined && JSON.stringify(answered) !== JSON.stringify(variables);
  const data = isPrevious && !keepPrevious ? undefined : result.data;
  const error = isPrevious ? undefined : result.error;
  return {
    data,
    error,
    isLoading: data === undefined && error === undefined && !pause,
    isPrevious,
    asOf: data === undefined ? undefined : stamp(result.extensions),
    reload,
  };
}
