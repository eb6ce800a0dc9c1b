import { useCallback, useMemo, useState } from 'react';
import type { GroupedExceptionsQuery } from '../../gql/graphql.js';
import { count } from '../../shared/format/words.js';
import { usePages } from '../../shared/graphql/use-pages.js';
import { useNavigation } from '../../shared/navigation.js';
import { PagedTable } from '../../shared/table/paged-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { useNow } from '../../shared/use-now.js';
import { useViewer } from '../../shared/viewer/viewer.js';
import { filterOf, orderOf } from './exception-filter.js';
import { groupedColumns, membersHref } from './grouped-columns.js';
import { GroupedExceptionsDocument, type GroupedRow } from './grouped-documents.js';
import type { InboxListProps } from './inbox-list.js';
import { NoRows } from './no-rows.js';
import { SelectionBar } from './selection-bar.js';
import { useInboxActs } from './use-inbox-acts.js';
import { useWholeSelection } from './use-whole-selection.js';
import page from '../../shared/page/list-page.module.css';
import styles from './exceptions.module.css';

const PAGE = 100;
const selectGroups = (data: GroupedExceptionsQuery) => data.groupedExceptions;
const rowId = (row: GroupedRow) => row.group.id;
const NO_ROWS: readonly never[] = [];

/** The inbox by groups: the same filters and keys, each act on what of a group matches. */
export function GroupedList({ search, inbox, facets, onSearch }: InboxListProps) {
  const { go } = useNavigation();
  const viewer = useViewer();
  const now = useNow();
  const filter = filterOf(search, viewer.id);
  const pages = usePages(GroupedExceptionsDocument, { first: PAGE, filter, orderBy: orderOf(search) }, selectGroups, {
    keepPrevious: true,
  });
  const rows = pages.nodes;
  const open = useCallback((id: string) => go(membersHref(search, id)), [go, search]);
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const cursor = useListCursor({ ids, noun: 'group', onOpen: open, isSelectable: true });
  const { selected, cursorId, clear } = cursor;

  const picked = useMemo(
    () => rows.filter((row) => (selected.size > 0 ? selected.has(rowId(row)) : rowId(row) === cursorId)),
    [rows, selected, cursorId],
  );
  const members = picked.reduce((sum, row) => sum + row.matchingCount, 0);
  const whole = useWholeSelection({ filter, selected: selected.size, total: inbox.totalCount });
  const ofGroups =
    picked.length === 0 ? undefined : { filter: { ...filter, groupIds: picked.map(rowId) }, count: members };
  const acts = useInboxActs({ rows: NO_ROWS, all: whole.all ?? ofGroups, onDone: clear, hasKeys: true });

  const columns = useMemo(
    () => groupedColumns(now, search, (order) => onSearch({ ...search, order })),
    [now, search, onSearch],
  );
  const [seen, setSeen] = useState(inbox.changes);
  const showChanges = () => {
    setSeen(inbox.changes);
    pages.reload();
  };
  return (
    <>
      {selected.size > 0 && (
        <SelectionBar
          selected={members}
          said={`${count(selected.size, 'group')} with ${count(members, 'exception')} selected`}
          total={inbox.totalCount}
          isEstimate={inbox.isEstimate}
          isAll={whole.all !== undefined}
          onAll={whole.pick}
          acts={acts}
        />
      )}
      {inbox.changes > seen && (
        <button type="button" className={styles['news']} onClick={showChanges}>
          {count(inbox.changes - seen, 'change')}, show
        </button>
      )}
      <div className={page['table']}>
        <PagedTable
          pages={pages}
          label="Exceptions by group"
          noun="groups"
          columns={columns}
          rowId={rowId}
          cursor={cursor}
          onOpen={open}
          isSelectable
          empty={<NoRows search={search} facets={facets} onSearch={onSearch} />}
        />
      </div>
      {acts.dialogs}
    </>
  );
}
