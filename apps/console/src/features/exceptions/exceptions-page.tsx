import { useCallback, useMemo } from 'react';
import { AppLink, useNavigation } from '../../shared/navigation.js';
import { PageHeader } from '../../shared/page/page-header.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Empty, Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { DataTable } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { exceptionsHref, queuesHref, type ExceptionsSearch } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { useQueueNames, type QueueName } from '../../shared/viewer/queues.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { exceptionColumns, rowClass } from './exception-columns.js';
import { ExceptionDetail } from './exception-detail.js';
import type { ExceptionRow } from './exception-documents.js';
import { filterOf, isNarrowed, VIEW_NAMES } from './exception-filter.js';
import type { InboxFacets } from './facets.js';
import { inboxAnswer } from './inbox-answer.js';
import { InboxFilters } from './inbox-filters.js';
import { NarrowedEmpty } from './narrowed-empty.js';
import { SelectionBar } from './selection-bar.js';
import { useInboxFacets } from './use-inbox-facets.js';
import { useInbox } from './use-inbox.js';
import { useInboxActs } from './use-inbox-acts.js';
import { useWholeSelection } from './use-whole-selection.js';
import { SavedViewsBar } from './views/saved-views-bar.js';
import styles from './exceptions.module.css';

const rowId = (row: ExceptionRow) => row.id;

/** The inbox: what must be fixed first, and why; the detail opens beside the list. */
export function ExceptionsPage({ search }: { search: ExceptionsSearch }) {
  const { go } = useNavigation();
  const viewer = useViewer();
  const now = useNow();
  const inbox = useInbox(search, viewer.id);
  const facets = useInboxFacets(filterOf(search, viewer.id), inbox.changes);
  const queues = useQueueNames();

  const change = useCallback((next: ExceptionsSearch) => go(exceptionsHref(next), { replace: true }), [go]);
  const open = useCallback(
    (id: string) => go(exceptionsHref({ ...search, open: id }), { replace: search.open !== undefined }),
    [go, search],
  );
  const close = useCallback(() => go(exceptionsHref({ ...search, open: undefined }), { replace: true }), [go, search]);

  const ids = useMemo(() => inbox.rows.map(rowId), [inbox.rows]);
  const cursor = useListCursor({
    ids,
    noun: 'exception',
    onOpen: open,
    openId: search.open,
    onClose: search.open === undefined ? undefined : close,
    isSelectable: true,
  });
  const { selected, cursorId, clear } = cursor;
  const targets = useMemo(
    () => inbox.rows.filter((row) => (selected.size > 0 ? selected.has(row.id) : row.id === cursorId)),
    [inbox.rows, selected, cursorId],
  );
  // While a detail is open beside the list and nothing is selected, the keys belong to the detail.
  const hasKeys = search.open === undefined || selected.size > 0;
  const whole = useWholeSelection({
    filter: filterOf(search, viewer.id),
    selected: selected.size,
    total: inbox.totalCount,
  });
  const acts = useInboxActs({ rows: targets, all: whole.all, onDone: clear, hasKeys });

  const columns = useMemo(
    () =>
      exceptionColumns(
        now,
        search.order,
        (order) => change({ ...search, order }),
        search.view === 'resolved' || search.view === 'all',
      ),
    [now, search, change],
  );

  const list = (
    <>
      {selected.size > 0 && (
        <SelectionBar
          selected={selected.size}
          total={inbox.totalCount}
          isEstimate={inbox.isEstimate}
          isAll={whole.all !== undefined}
          onAll={whole.pick}
          acts={acts}
        />
      )}
      {inbox.newCount > 0 && (
        <button type="button" className={styles['news']} onClick={inbox.showNew}>
          {inbox.newCount} new, show
        </button>
      )}
      {inbox.isLoading && <Loading label="exceptions" rows={14} />}
      {inbox.error && inbox.rows.length === 0 && (
        <Failed what="list of exceptions" error={inbox.error} onRetry={inbox.reload} />
      )}
      {!inbox.isLoading && !inbox.error && inbox.rows.length === 0 && (
        <NoRows search={search} viewerId={viewer.id} facets={facets} queues={queues} onSearch={change} />
      )}
      {inbox.rows.length > 0 && (
        <DataTable
          label="Exceptions"
          columns={columns}
          rows={inbox.rows}
          rowId={rowId}
          totalCount={inbox.totalCount}
          cursorId={cursorId}
          onCursor={cursor.setCursor}
          openId={search.open}
          onOpen={(row) => open(row.id)}
          selection={{ ids: selected, toggle: cursor.toggle, toggleAll: cursor.toggleAll }}
          rowClass={rowClass}
          footer={<MoreRows pages={inbox} shown={inbox.rows.length} noun="exceptions" />}
        />
      )}
    </>
  );

  return (
    <div className={styles['page']}>
      <PageHeader
        name="Exceptions"
        asOf={inbox.asOf}
        answer={
          inbox.data
            ? inboxAnswer(
                search.view,
                inbox.totalCount,
                inbox.isEstimate,
                inbox.data.exceptions.totals,
                isNarrowed(search),
              )
            : 'Exceptions'
        }
      />
      <SavedViewsBar search={search} list={inbox} />
      <InboxFilters search={search} viewerId={viewer.id} facets={facets} changes={inbox.changes} onSearch={change} />
      <SplitDetail
        list={list}
        detailLabel="The exception that is open"
        detail={
          search.open && (
            <ExceptionDetail key={search.open} id={search.open} onClose={close} hasKeys={selected.size === 0} />
          )
        }
      />
      {acts.dialogs}
    </div>
  );
}

type NoRowsProps = {
  search: ExceptionsSearch;
  viewerId: string;
  facets: InboxFacets | undefined;
  queues: readonly QueueName[];
  onSearch: (search: ExceptionsSearch) => void;
};

function problemTitle(facets: InboxFacets | undefined, code: string): string {
  const problems = facets?.facets.find(({ name }) => name === 'PROBLEM')?.buckets;
  return problems?.find(({ value }) => value === code)?.title ?? code;
}

function NoRows({ search, viewerId, facets, queues, onSearch }: NoRowsProps) {
  const queue = queues.find(({ name }) => search.queue.length === 1 && search.queue[0] === name);
  if (queue && !isNarrowed({ ...search, queue: [] })) {
    return (
      <Empty
        title={`No exceptions in ${queue.title}`}
        action={<AppLink href={queuesHref()}>See what waits in the other queues</AppLink>}
      >
        {queue.purpose}
      </Empty>
    );
  }
  if (isNarrowed(search)) {
    const names = {
      queueTitle: (name: string) => queues.find((one) => one.name === name)?.title ?? name,
      problemTitle: (code: string) => problemTitle(facets, code),
    };
    return <NarrowedEmpty search={search} viewerId={viewerId} names={names} onSearch={onSearch} />;
  }
  const isWork = search.view === 'unresolved' || search.view === 'open';
  return (
    <Empty
      title={isWork ? 'Nothing to do: every exception is resolved' : `No exceptions in “${VIEW_NAMES[search.view]}”`}
      action={
        <button
          type="button"
          className={styles['link']}
          onClick={() => onSearch({ ...search, view: isWork ? 'resolved' : 'unresolved' })}
        >
          {isWork ? 'See what was resolved' : 'See what is unresolved'}
        </button>
      }
    >
      New ones appear here by themselves, as soon as an integration reports a failure or a due time passes.
    </Empty>
  );
}
