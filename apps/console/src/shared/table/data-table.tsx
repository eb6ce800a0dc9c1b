import { Checkbox } from '@mantine/core';
import {
  columnVisibilityFeature,
  rowSelectionFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
  type RowData,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type MouseEvent, type ReactNode } from 'react';
import { Icon } from '../icons/icon.js';
import { useElementWidth } from './use-element-width.js';
import { ScrollRegion } from '../page/scroll-region.js';
import styles from './data-table.module.css';

export type DataColumn<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** pixels; a column without a width shares what is left */
  width?: number;
  align?: 'end';
  /** left out while the table is narrower than this */
  hideBelow?: number;
  sort?: { direction: 'ascending' | 'descending' | 'none'; onSort: () => void };
};

type DataTableProps<Row> = {
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** of all that match, also those not loaded */
  totalCount: number;
  cursorId?: string | undefined;
  onCursor?: (id: string) => void;
  openId?: string | undefined;
  onOpen?: (row: Row) => void;
  selection?: { ids: ReadonlySet<string>; toggle: (id: string) => void; toggleAll: () => void };
  rowClass?: (row: Row) => string | undefined;
  footer?: ReactNode;
};

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });
// Below this the whole list is in the document, so that the browser's own search finds every row.
const VIRTUAL_FROM = 150;
// Rows that take the focus and can be selected make the table a grid (WAI-ARIA grid pattern).
const GRID = { role: 'grid' } as const;
const SELECT_WIDTH = 36;
const HEAD_HEIGHT = 32;

/** The one table of the console: fixed columns, sticky head, rows that take the focus, virtual when long. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { rows, columns, rowId, selection, cursorId } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const width = useElementWidth(scroller);

  const defs = useMemo<ColumnDef<typeof features, Row>[]>(
    () =>
      columns.map((column) => ({ id: column.id, header: column.header, cell: ({ row }) => column.cell(row.original) })),
    [columns],
  );
  const columnVisibility = useMemo(
    () => Object.fromEntries(columns.map(({ id, hideBelow = 0 }) => [id, width === 0 || width >= hideBelow])),
    [columns, width],
  );
  const rowSelection = useMemo(
    () => Object.fromEntries([...(selection?.ids ?? [])].map((id) => [id, true as const])),
    [selection?.ids],
  );
  const table = useTable({
    features,
    columns: defs,
    data: rows,
    getRowId: rowId,
    state: { columnVisibility, rowSelection },
  });
  const modelRows = table.getRowModel().rows;
  const shown = columns.filter((column) => columnVisibility[column.id]);

  const isVirtual = modelRows.length > VIRTUAL_FROM;
  const rowHeight = useRowHeight(scroller);
  const virtual = useVirtualizer({
    count: modelRows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    // The sticky head stands above the first row and covers the top of what is scrolled.
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    scrollPaddingEnd: rowHeight,
    enabled: isVirtual,
  });
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  const items = virtual.getVirtualItems();
  const visible = isVirtual ? items.map((item) => modelRows[item.index]) : modelRows;
  const before = isVirtual ? (items[0]?.start ?? HEAD_HEIGHT) - HEAD_HEIGHT : 0;
  const after = isVirtual ? virtual.getTotalSize() - ((items.at(-1)?.end ?? HEAD_HEIGHT) - HEAD_HEIGHT) : 0;

  const cursorIndex = modelRows.findIndex((row) => row.id === cursorId);
  useEffect(() => {
    if (isVirtual && cursorIndex >= 0) virtual.scrollToIndex(cursorIndex, { align: 'auto' });
  }, [cursorIndex, isVirtual, virtual]);

  const isAllSelected = rows.length > 0 && rows.every((row) => selection?.ids.has(rowId(row)));
  const open = (row: Row, event: MouseEvent) => {
    // A click on a link or a box inside the row is meant for that.
    if (event.target instanceof Element && event.target.closest('a, button, input, label')) return;
    props.onCursor?.(rowId(row));
    props.onOpen?.(row);
  };

  return (
    <ScrollRegion scroller={scroller} className={styles['scroller']} label={`${props.label}, scrollable`}>
      <table
        className={styles['table']}
        {...GRID}
        aria-label={props.label}
        aria-rowcount={props.totalCount + 1}
        aria-multiselectable={selection ? true : undefined}
      >
        <colgroup>
          {selection && <col style={{ width: SELECT_WIDTH }} />}
          {shown.map((column) => (
            <col key={column.id} style={column.width === undefined ? undefined : { width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {selection && (
              <th scope="col" className={styles['select']}>
                <Checkbox
                  aria-label="Select all rows shown"
                  checked={isAllSelected}
                  indeterminate={!isAllSelected && selection.ids.size > 0}
                  onChange={selection.toggleAll}
                  tabIndex={-1}
                />
              </th>
            )}
            {shown.map((column) => (
              <HeaderCell key={column.id} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden="true" style={{ height: before }} />}
          {visible.map((row) => {
            if (!row) return null;
            const isCursor = row.id === cursorId;
            const isTabStop = isCursor || (cursorIndex < 0 && row.index === 0);
            return (
              <tr
                key={row.id}
                data-row-id={row.id}
                data-cursor={isCursor || undefined}
                data-open={row.id === props.openId || undefined}
                aria-rowindex={row.index + 2}
                aria-selected={selection ? row.getIsSelected() : row.id === props.openId}
                tabIndex={isTabStop ? 0 : -1}
                className={props.rowClass?.(row.original)}
                onClick={(event) => open(row.original, event)}
                onFocus={() => props.onCursor?.(row.id)}
              >
                {selection && (
                  <td className={styles['select']}>
                    <Checkbox
                      aria-label={`Select row ${row.index + 1}`}
                      checked={row.getIsSelected()}
                      onChange={() => selection.toggle(row.id)}
                      tabIndex={-1}
                    />
                  </td>
                )}
                {row.getVisibleCells().map((cell, index) => (
                  <td key={cell.id} data-align={shown[index]?.align}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <tr aria-hidden="true" style={{ height: after }} />}
        </tbody>
      </table>
      {props.footer}
    </ScrollRegion>
  );
}

function HeaderCell<Row>({ column }: { column: DataColumn<Row> }) {
  const { sort } = column;
  return (
    <th
      scope="col"
      data-align={column.align}
      aria-sort={sort && sort.direction !== 'none' ? sort.direction : undefined}
    >
      {sort ? (
        <button type="button" className={styles['sort']} onClick={sort.onSort} tabIndex={-1}>
          {column.header}
          {sort.direction !== 'none' && (
            <Icon name={sort.direction === 'ascending' ? 'arrowUp' : 'arrowDown'} size={11} />
          )}
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

function useRowHeight(scroller: { current: HTMLDivElement | null }): number {
  const height = scroller.current
    ? Number.parseInt(getComputedStyle(scroller.current).getPropertyValue('--row-height'), 10)
    : Number.NaN;
  return Number.isNaN(height) ? 32 : height;
}
