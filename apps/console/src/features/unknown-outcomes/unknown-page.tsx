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
import { SettleNow } from './settle-now.js';
import { unknownColumns } from './unknown-columns.js';
import { UnknownOutcomesDocument, type UnknownRow } from './unknown-documents.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 100;
const RELOAD_EVERY_MS = 10_000;

const selectUnknown = (data: UnknownOutcomesQuery) => data.unknownRequeues;
const rowId = ({ exceptionId }: UnknownRow) => exceptionId;

/** What was sent and nobody knows what became of it: how long, and what would tell. */
export function UnknownOutcomesPage() {
  const { go } = useNavigation();
  const now = useNow();
  const pages = usePages(UnknownOutcomesDocument, { first: PAGE }, selectUnknown, { keepPrevious: true });
  useEvery(RELOAD_EVERY_MS, pages.reload);
  const rows = pages.nodes;
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const open = (id: string) => go(exceptionHref(id));
  const cursor = useListCursor({ ids, noun: 'send', onOpen: open });
  const current = rows.find((row) => rowId(row) === cursor.cursorId) ?? rows[0];
  const columns = useMemo(() => unknownColumns(now), [now]);
  const total = pages.data?.unknownRequeues.totalCount;
  return (
    <div className={page['page']}>
      <PageHeader
        name="Unknown outcomes"
        asOf={pages.asOf}
        answer={total === undefined ? 'Sent, and outcome unknown' : answerOf(total, rows[0], now)}
        detail={
          <>
            Telemetry tells by a run that names the request, or by the step seen overcome; else a second person who
            looked at the target. <AppLink href={runsHref()}>All runs</AppLink>
          </>
        }
      />
      {rows.length > 0 && (
        <AskNow row={current} onAsked={pages.reload}>
          <SettleNow row={current} onSettled={pages.reload} />
        </AskNow>
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
              What got no answer, or was taken and not seen in its time, stands here until its target, its run or a
              second person tells. It is never sent again blindly.
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
  return `Of ${count(total, 'send')} nobody knows what became of it; the oldest for ${age(since, now)}.`;
}
