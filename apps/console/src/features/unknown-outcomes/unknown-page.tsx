import { useMemo } from 'react';
import type { UnknownOutcomesQuery } from '../../gql/graphql.js';
import { age } from '../../shared/format/time.js';
import { count } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { Empty } from '../../shared/states/states.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { exceptionHref } from '../../shared/url.js';
import { runsHref } from '../../shared/url-requeue.js';
import { useEvery } from '../../shared/use-every.js';
import { useNow } from '../../shared/use-now.js';
import { AskNow } from './ask-now.js';
import { unknownColumns } from './unknown-columns.js';
import { UnknownOutcomesDocument, type UnknownRow } from './unknown-documents.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const RELOAD_EVERY_MS = 10_000;

const selectUnknown = (data: UnknownOutcomesQuery) => data.unknownRequeues;
const rowId = ({ exceptionId }: UnknownRow) => exceptionId;

/** What was sent and nobody knows whether the target took it: how long, and what would tell. */
export function UnknownOutcomesPage() {
  const { go } = useNavigation();
  const now = useNow();
  const pages = usePages(UnknownOutcomesDocument, { first: PAGE }, selectUnknown, { keepPrevious: true });
  useEvery(RELOAD_EVERY_MS, pages.reload);
  const rows = pages.nodes;
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const open = (id: string) => go(exceptionHref(id));
  const cursor = useListCursor({ ids, noun: 'send', onOpen: open });
  const columns = useMemo(() => unknownColumns(now), [now]);
  const total = pages.data?.unknownRequeues.totalCount;
  return (
    <div className={page['page']}>
      <PageHeader
        name="Unknown outcomes"
        asOf={pages.asOf}
        answer={total === undefined ? 'Sent, and no answer' : answerOf(total, rows[0], now)}
        detail={
          <>
            Telemetry tells by a run that names the request, or by the step seen overcome.{' '}
            <AppLink href={runsHref()}>All runs</AppLink>
          </>
        }
      />
      {rows.length > 0 && (
        <AskNow row={rows.find((row) => rowId(row) === cursor.cursorId) ?? rows[0]} onAsked={pages.reload} />
      )}
      <div className={page['table']}>
        <PagedTable
          pages={pages}
          label="Unknown outcomes"
          noun="sends"
          columns={columns}
          rowId={rowId}
          cursor={cursor}
          onOpen={open}
          empty={
            <Empty title="Of everything that was sent the outcome is known">
              What got no answer stands here until its target or its run tells. It is never sent again blindly.
            </Empty>
          }
        />
      </div>
    </div>
  );
}

function answerOf(total: number, oldest: UnknownRow | undefined, now: Date): string {
  if (total === 0 || oldest === undefined) return 'Of everything that was sent the outcome is known.';
  const since = oldest.attempt.sentAt ?? oldest.attempt.createdAt;
  return `Of ${count(total, 'send')} nobody knows whether the target took it; the oldest for ${age(since, now)}.`;
}
