import { useCallback, useMemo } from 'react';
import type { RequeueRunsQuery } from '../../gql/graphql.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty } from '../../shared/states/states.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { exceptionsHref } from '../../shared/url.js';
import { runsHref, unknownOutcomesHref, type RunsSearch } from '../../shared/url-requeue.js';
import { useEvery } from '../../shared/use-every.js';
import { runColumns } from './run-columns.js';
import { RunDetail } from './run-detail.js';
import { isUnderWay, runsAnswer } from './run-words.js';
import { RequeueRunsDocument, type RunRow } from './runs-documents.js';
import page from '../../shared/page/list-page.module.css';

const PAGE = 50;
const RELOAD_EVERY_MS = 2_000;

const selectRuns = (data: RequeueRunsQuery) => data.requeueRequests;
const rowId = ({ id }: RunRow) => id;

/** What is being sent again, and what was: how far, by whom, and what became of each. */
export function RunsPage({ search }: { search: RunsSearch }) {
  const { go } = useNavigation();
  const pages = usePages(RequeueRunsDocument, { first: PAGE }, selectRuns, { keepPrevious: true });
  const rows = pages.nodes;
  useEvery(
    RELOAD_EVERY_MS,
    pages.reload,
    rows.some(({ run }) => isUnderWay(run.state)),
  );
  const isOpen = search.open !== undefined;
  const open = useCallback((id: string) => go(runsHref({ open: id }), { replace: isOpen }), [go, isOpen]);
  const close = useCallback(() => go(runsHref(), { replace: true }), [go]);
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const cursor = useListCursor({
    ids,
    noun: 'run',
    onOpen: open,
    openId: search.open,
    onClose: isOpen ? close : undefined,
  });
  const columns = useMemo(() => runColumns(), []);
  return (
    <div className={page['page']}>
      <PageHeader
        name="Runs"
        asOf={pages.asOf}
        answer={pages.data ? runsAnswer(rows) : 'What is being sent again'}
        detail={<AppLink href={unknownOutcomesHref()}>Unknown outcomes</AppLink>}
      />
      <SplitDetail
        list={
          <div className={page['table']}>
            <PagedTable
              pages={pages}
              label="Runs"
              noun="runs"
              columns={columns}
              rowId={rowId}
              cursor={cursor}
              openId={search.open}
              onOpen={open}
              empty={
                <Empty
                  title="Nothing was sent again yet"
                  action={<AppLink href={exceptionsHref()}>Pick something in the inbox</AppLink>}
                >
                  Press r on an exception, or on a selection: the plan is shown first, and how far it is stands here.
                </Empty>
              }
            />
          </div>
        }
        detailLabel="Run"
        detail={
          search.open === undefined ? undefined : (
            <RunDetail
              key={search.open}
              id={search.open}
              state={search.state}
              onClose={close}
              onChanged={pages.reload}
            />
          )
        }
      />
    </div>
  );
}
