import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { PathPart } from './critical-parts.js';
import { prepareWaterfall, type WaterfallSpan } from './prepare-waterfall.js';
import { Axis, ROW, SpanRow } from './span-row.js';
import styles from './waterfall.module.css';

type WaterfallProps<S extends WaterfallSpan> = {
  label: string;
  spans: readonly S[];
  traceMs: number;
  selectedId?: string | undefined;
  onSelect: (spanId: string) => void;
  /** what of the critical path is in which span */
  path?: ReadonlyMap<string, readonly PathPart[]> | undefined;
  /** most rows shown before it scrolls */
  maxRows?: number;
};

const VIRTUAL_FROM = 200;

/** The spans of one trace as a tree with their place in time. Arrow keys move, left and right fold. */
export function Waterfall<S extends WaterfallSpan>(props: WaterfallProps<S>) {
  const { spans, traceMs, selectedId, onSelect, maxRows = 18 } = props;
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => prepareWaterfall(spans, traceMs, collapsed), [spans, traceMs, collapsed]);
  const scroller = useRef<HTMLDivElement>(null);
  const isVirtual = rows.length > VIRTUAL_FROM;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
    enabled: isVirtual,
  });
  const shown = isVirtual
    ? virtual.getVirtualItems().map((item) => ({ row: rows[item.index], top: item.start, index: item.index }))
    : rows.map((row, index) => ({ row, top: index * ROW, index }));

  const fold = (spanId: string, isFolded: boolean) =>
    setCollapsed((before) => {
      const next = new Set(before);
      if (isFolded) next.add(spanId);
      else next.delete(spanId);
      return next;
    });
  const selectedIndex = rows.findIndex((row) => row.span.spanId === selectedId);
  // One listener for all rows, since a row as such is no control; the keys do the same.
  const choose = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-span-id]') : null;
    if (row?.dataset['spanId'] !== undefined) onSelect(row.dataset['spanId']);
  };
  const key = (event: KeyboardEvent) => {
    const row = rows[selectedIndex];
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) {
      const next = rows[Math.min(Math.max(selectedIndex + by, 0), rows.length - 1)];
      if (next) onSelect(next.span.spanId);
      if (isVirtual) virtual.scrollToIndex(Math.max(selectedIndex + by, 0));
    } else if (row && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      fold(row.span.spanId, event.key === 'ArrowLeft');
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles['waterfall']}>
      <Axis traceMs={traceMs} />
      <div
        ref={scroller}
        className={styles['rows']}
        style={{ maxHeight: maxRows * ROW }}
        role="treegrid"
        aria-label={props.label}
        aria-rowcount={rows.length}
        aria-activedescendant={selectedIndex >= 0 ? `span-${selectedId}` : undefined}
        tabIndex={0}
        onKeyDown={key}
        onClick={choose}
      >
        <div role="rowgroup" style={{ height: rows.length * ROW, position: 'relative' }}>
          {shown.map(
            ({ row, top, index }) =>
              row && (
                <SpanRow
                  key={row.span.spanId}
                  row={row}
                  top={top}
                  index={index}
                  isSelected={row.span.spanId === selectedId}
                  path={props.path?.get(row.span.spanId)}
                  viewMs={traceMs}
                  onFold={() => fold(row.span.spanId, !row.isCollapsed)}
                />
              ),
          )}
        </div>
      </div>
    </div>
  );
}
