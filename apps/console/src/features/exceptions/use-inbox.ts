import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import type { ExceptionsQuery } from '../../gql/graphql.js';
import { usePages, type Pages } from '../../shared/graphql/use-pages.js';
import type { ExceptionsSearch } from '../../shared/url.js';
import { useBurst } from '../../shared/use-burst.js';
import { advance, emptyBoard, withChanges } from './board.js';
import { ExceptionsChangedDocument, ExceptionsDocument, type ExceptionRow } from './exception-documents.js';
import { filterOf, orderOf } from './exception-filter.js';

const PAGE = 100;
// Bursts of changes (a bulk send) are shown together, and answered by one reload in each pause.
const SHOW_PAUSE_MS = 100;
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

  const [round, setRound] = useState(0);
  const [board, setBoard] = useState(() => emptyBoard<ExceptionRow>());
  const [changes, setChanges] = useState(0);
  const reloadSoon = useBurst(RELOAD_PAUSE_MS, reload);
  const heard = useRef<ExceptionRow[]>([]);
  const show = useBurst(SHOW_PAUSE_MS, () => {
    const rows = heard.current;
    heard.current = [];
    setBoard((before) => withChanges(before, rows));
    setChanges((before) => before + rows.length);
  });
  const client = useClient();
  useEffect(() => {
    // not useSubscription, which draws the page anew for each event of a storm
    const { unsubscribe } = client
      .subscription(ExceptionsChangedDocument, { ids: null })
      .subscribe(({ data: event }) => {
        if (!event) return;
        heard.current.push(event.exceptionChanged);
        show();
        reloadSoon();
      });
    return unsubscribe;
  }, [client, show, reloadSoon]);

  if (data !== undefined && !isPrevious) {
    const key = `${JSON.stringify({ filter, orderBy })}#${round}`;
    const next = advance(board, { key, answer: nodes, later: laterNodes });
    if (next !== board) setBoard(next);
  }

  const showNew = useCallback(() => {
    setRound((before) => before + 1);
    reload();
  }, [reload]);
  const rows = useMemo(() => board.ids.flatMap((id) => board.rows.get(id) ?? []), [board]);
  return { ...pages, rows, newCount: board.waiting.length, showNew, changes };
}
