import type { RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { Pages } from '../graphql/use-pages.js';
import { Failed, Loading, MoreRows } from '../states/states.js';
import { DataTable, type DataColumn } from './data-table.js';
import type { ListCursor } from './use-list-cursor.js';

type PagedTableProps<Data, Row> = {
  pages: Pages<Data, Row>;
  label: string;
  /** what the rows are, in the plural: "signals" */
  noun: string;
  columns: readonly DataColumn<Row>[];
  rowId: (row: Row) => string;
  cursor: ListCursor;
  openId?: string | undefined;
  onOpen?: (id: string) => void;
  isSelectable?: boolean;
  rowClass?: (row: Row) => string | undefined;
  /** why there is nothing, and the one thing to do */
  empty: ReactNode;
};

/** A list read page by page, in each of its states: on its way, failed, empty, and rows with what comes after them. */
export function PagedTable<Data, Row extends RowData>(props: PagedTableProps<Data, Row>) {
  const { pages, cursor, noun, rowId, onOpen } = props;
  const rows = pages.nodes;
  if (pages.isLoading) return <Loading label={noun} rows={14} />;
  if (pages.error && rows.length === 0) {
    return <Failed what={`list of ${noun}`} error={pages.error} onRetry={pages.reload} />;
  }
  if (rows.length === 0) return props.empty;
  return (
    <DataTable
      label={props.label}
      columns={props.columns}
      rows={rows}
      rowId={rowId}
      totalCount={pages.totalCount}
      cursorId={cursor.cursorId}
      onCursor={cursor.setCursor}
      openId={props.openId}
      {...(onOpen && { onOpen: (row: Row) => onOpen(rowId(row)) })}
      {...(props.isSelectable && {
        selection: { ids: cursor.selected, toggle: cursor.toggle, toggleAll: cursor.toggleAll },
      })}
      {...(props.rowClass && { rowClass: props.rowClass })}
      footer={<MoreRows pages={pages} shown={rows.length} noun={noun} />}
    />
  );
}
