import { useCallback, useMemo } from 'react';
import { useNavigation } from '../../shared/navigation.js';
import { SplitDetail } from '../../shared/split-detail/split-detail.js';
import { Failed, Loading, MoreRows } from '../../shared/states/states.js';
import { DataTable } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { exceptionsHref } from '../../shared/url.js';
import { useNow } from '../../shared/use-now.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { exceptionColumns, rowClass } from './exception-columns.js';
import { ExceptionDetail } from './exception-detail.js';
import type { ExceptionRow } from './exception-documents.js';
import { filterOf } from './exception-filter.js';
import type { InboxListProps } from './inbox-list.js';
import { NoRows } from './no-rows.js';
import { SelectionBar } from './selection-bar.js';
import { useInboxActs } from './use-inbox-acts.js';
import { useWholeSelection } from './use-whole-selection.js';
import styles from './exceptions.module.css';

const rowId = (row: ExceptionRow) => row.id;

/** The inbox one by one; the detail opens beside the list. */
export function FlatList({ search, inbox, facets, onSearch }: InboxListProps) {
  const { go } = useNavigation();
  const viewer = useViewer();
  const now = useNow();
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
        (order) => onSearch({ ...search, order }),
        search.view === 'resolved' || search.view === 'all',
      ),
    [now, search, onSearch],
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
        <NoRows search={search} facets={facets} onSearch={onSearch} />
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
    <>
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
    </>
  );
}
