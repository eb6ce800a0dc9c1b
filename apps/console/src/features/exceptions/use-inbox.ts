import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useSubscription } from 'urql';
import type { ExceptionsQuery } from '../../gql/graphql.js';
import { usePages, type Pages } from '../../shared/graphql/use-pages.js';
import type { ExceptionsSearch } from '../../shared/url.js';
import { advance, emptyBoard } from './board.js';
import { ExceptionsChangedDocument, ExceptionsDocument, type ExceptionRow } from './exception-documents.js';
import { filterOf, orderOf } from './exception-filter.js';

const PAGE = 100;
// Bursts of changes (a bulk send) are answered by one reload.
const RELOAD_PAUSE_MS = 700;

const selectExceptions = (data: ExceptionsQuery) => data.exceptions;

export type Inbox = Omit<Pages<ExceptionsQuery, ExceptionRow>, 'nodes' | 'laterNodes'> & {
  rows: readonly ExceptionRow[];
  /** rows that came in since and are not shown yet */
  newCount: number;
  showNew: () => void;
  /** grows with every change heard, for what is counted beside the list */
  changes: number;
};

/** The list of the inbox: pages, live changes in place, new rows announced and shown on request. */
export function useInbox(search: ExceptionsSearch, viewerId: string): Inbox {
  const { filter, orderBy } = { filter: filterOf(search, viewerId), orderBy: orderOf(search) };
  const { nodes, laterNodes, ...pages } = usePages(
    ExceptionsDocument,
    // by groups the list shows its own rows, and only how many there are is told of these
    { first: search.by === 'group' ? 1 : PAGE, filter, orderBy },
    selectExceptions,
    { keepPrevious: true },
  );
  const { reload, data, isPrevious } = pages;

  const [changed, setChanged] = useState<ReadonlyMap<string, ExceptionRow>>(new Map());
  const [changes, setChanges] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useSubscription(
    { query: ExceptionsChangedDocument, variables: { ids: null } },
    useCallback(
      (_: unknown, event: { exceptionChanged: ExceptionRow }) => {
        const row = event.exceptionChanged;
        setChanged((before) => new Map(before).set(row.id, row));
        setChanges((before) => before + 1);
        clearTimeout(timer.current);
        timer.current = setTimeout(reload, RELOAD_PAUSE_MS);
        return event;
      },
      [reload],
    ),
  );

  const [round, setRound] = useState(0);
  const [board, setBoard] = useState(() => emptyBoard<ExceptionRow>());
  if (data !== undefined && !isPrevious) {
    const key = `${JSON.stringify({ filter, orderBy })}#${round}`;
    const next = advance(board, { key, answer: nodes, later: laterNodes, changed });
    if (next !== board) setBoard(next);
  }

  const showNew = useCallback(() => {
    setRound((before) => before + 1);
    reload();
  }, [reload]);
  const rows = useMemo(() => board.ids.flatMap((id) => board.rows.get(id) ?? []), [board]);
  return { ...pages, rows, newCount: board.waiting.length, showNew, changes };
}
