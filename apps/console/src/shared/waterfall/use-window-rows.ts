import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient, type CombinedError } from 'urql';
import { TraceWindowDocument, type TraceRow } from './trace-documents.js';

/** Rows that are asked for at once. */
const PAGE = 100;

/** What of a trace is shown. */
export type RowSelection = {
  traceId: string;
  collapsed: readonly string[];
  fromUnixNano: string | null;
  untilUnixNano: string | null;
};

type Loaded = { key: string; rowCount: number | undefined; pages: ReadonlyMap<number, readonly TraceRow[]> };

/** The rows of a long waterfall, asked for page by page as they come into view; forgotten when the selection changes. */
export function useWindowRows(selection: RowSelection) {
  const client = useClient();
  const key = JSON.stringify(selection);
  const [loaded, setLoaded] = useState<Loaded>({ key, rowCount: undefined, pages: new Map() });
  const [error, setError] = useState<CombinedError>();
  const asked = useRef(new Set<string>());
  const latest = useRef(key);
  const current = loaded.key === key ? loaded : undefined;

  const load = useCallback(
    (page: number) => {
      const question = `${key} ${page}`;
      if (asked.current.has(question)) return;
      asked.current.add(question);
      const { collapsed, ...rest } = JSON.parse(key) as RowSelection;
      const variables = { ...rest, collapsed: [...collapsed], first: PAGE, skip: page * PAGE };
      void client
        .query(TraceWindowDocument, variables, { requestPolicy: 'network-only' })
        .toPromise()
        .then(({ data, error: failure }) => {
          // an answer to what is no longer shown
          if (latest.current !== key) return;
          setError(failure);
          if (!data?.trace) {
            asked.current.delete(question);
            return;
          }
          const { rowCount, rows } = data.trace.window;
          setLoaded((before) => ({
            key,
            rowCount,
            pages: new Map([...(before.key === key ? before.pages : []), [page, rows]]),
          }));
        });
    },
    [client, key],
  );

  useEffect(() => {
    latest.current = key;
    asked.current.clear();
    load(0);
  }, [key, load]);

  return {
    rowCount: current?.rowCount,
    rowAt: (index: number): TraceRow | undefined => current?.pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    /** sees to it that these rows are there, or will be */
    show: useCallback(
      (from: number, until: number) => {
        for (let page = Math.floor(from / PAGE); page <= Math.floor(until / PAGE); page += 1) load(page);
      },
      [load],
    ),
    error,
    retry: () => load(0),
  };
}
