import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { runLength } from '../format/time.js';
import { count } from '../format/words.js';
import { Failed, Loading } from '../states/states.js';
import { toggled } from '../toggled.js';
import { placeOf } from './critical-parts.js';
import { isErrorSpan, type WaterfallRow } from './prepare-waterfall.js';
import { Axis, ROW, SpanRow } from './span-row.js';
import type { TraceHead, TraceRow } from './trace-documents.js';
import { useWindowRows } from './use-window-rows.js';
import styles from './waterfall.module.css';

type LongWaterfallProps = {
  label: string;
  head: TraceHead;
  selectedId?: string | undefined;
  onSelect: (spanId: string) => void;
  maxRows?: number;
};

/** Time that is looked at, in milliseconds from the start of the trace. */
type View = { fromMs: number; viewMs: number };

/** The waterfall of a trace that is too long to load whole: rows come as they are looked at, of all time or of one step's. */
export function LongWaterfall({ label, head, selectedId, onSelect, maxRows = 18 }: LongWaterfallProps) {
  const [collapsed, setCollapsed] = useState<readonly string[]>([]);
  const [zoom, setZoom] = useState<View & { name: string }>();
  const view = zoom ?? { fromMs: 0, viewMs: head.durationMs };
  const { rowCount, rowAt, show, error, retry } = useWindowRows({
    traceId: head.traceId,
    collapsed,
    fromUnixNano: zoom ? nanosAt(head, zoom.fromMs) : null,
    untilUnixNano: zoom ? nanosAt(head, zoom.fromMs + zoom.viewMs) : null,
  });
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rowCount ?? 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => show(first, last), [first, last, show]);

  const selectedIndex = items.find((item) => rowAt(item.index)?.spanId === selectedId)?.index ?? -1;
  const selected = rowAt(selectedIndex);
  const services = head.criticalPath.services.map((service) => service.serviceName);
  const fold = (spanId: string) => setCollapsed((before) => toggled(before, spanId));
  const choose = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-span-id]') : null;
    if (row?.dataset['spanId'] !== undefined) onSelect(row.dataset['spanId']);
  };
  const key = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) {
      const index = Math.min(Math.max(selectedIndex + by, 0), (rowCount ?? 1) - 1);
      const next = rowAt(index);
      if (next) onSelect(next.spanId);
      virtual.scrollToIndex(index);
    } else if (selected && selected.children > 0 && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      if (collapsed.includes(selected.spanId) === (event.key === 'ArrowRight')) fold(selected.spanId);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  if (rowCount === undefined) {
    return error ? <Failed what="steps" error={error} onRetry={retry} /> : <Loading label="steps" rows={12} />;
  }
  return (
    <div className={styles['waterfall']}>
      <p className={styles['tools']}>
        {zoom && <span>{`${count(rowCount, 'step')} during “${zoom.name}”`}</span>}
        {selected && selected.durationMs > 0 && !zoom && (
          <button
            type="button"
            className={styles['link']}
            onClick={() => setZoom({ fromMs: selected.offsetMs, viewMs: selected.durationMs, name: selected.name })}
          >
            Only the time of “{selected.name}”
          </button>
        )}
        {zoom && (
          <button type="button" className={styles['link']} onClick={() => setZoom(undefined)}>
            The whole time, {runLength(head.durationMs)}
          </button>
        )}
      </p>
      <Axis traceMs={view.viewMs} />
      <div
        ref={scroller}
        className={styles['rows']}
        style={{ height: Math.min(maxRows, Math.max(rowCount, 1)) * ROW }}
        role="treegrid"
        aria-label={label}
        aria-rowcount={rowCount}
        aria-activedescendant={selected ? `span-${selected.spanId}` : undefined}
        tabIndex={0}
        onKeyDown={key}
        onClick={choose}
      >
        <div role="rowgroup" style={{ height: rowCount * ROW, position: 'relative' }}>
          {items.map((item) => {
            const row = rowAt(item.index);
            if (!row) {
              return (
                <div
                  key={item.index}
                  role="row"
                  aria-rowindex={item.index + 1}
                  className={styles['pending']}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <span role="gridcell" className="visually-hidden">
                    is being loaded
                  </span>
                </div>
              );
            }
            return (
              <SpanRow
                key={row.spanId}
                row={waterfallRow(row, view, collapsed, services)}
                top={item.start}
                index={item.index}
                isSelected={row.spanId === selectedId}
                onFold={() => fold(row.spanId)}
                path={row.criticalParts}
                viewMs={view.viewMs}
                fromMs={view.fromMs}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

function waterfallRow(
  row: TraceRow,
  { fromMs, viewMs }: View,
  collapsed: readonly string[],
  services: readonly string[],
): WaterfallRow<TraceRow> {
  const isCollapsed = row.children > 0 && collapsed.includes(row.spanId);
  const known = services.indexOf(row.serviceName);
  return {
    span: row,
    depth: row.depth,
    childCount: row.children,
    isCollapsed,
    hasError: isErrorSpan(row),
    hidesError: isCollapsed && row.hasErrorBelow,
    ...(placeOf(row, fromMs, viewMs) ?? { start: 0, length: 0 }),
    // services that the critical path never meets share the last colour
    serviceIndex: known < 0 ? 7 : known,
  };
}

/** The instant of an offset, exactly as far as a double tells it. */
function nanosAt({ root, criticalPath }: TraceHead, offsetMs: number): string {
  return String(BigInt(criticalPath.startUnixNano) + BigInt(Math.round((offsetMs - root.offsetMs) * 1_000_000)));
}
