import { runLength } from '../format/time.js';
import { Icon } from '../icons/icon.js';
import { StatusShape } from '../status/status.js';
import { placeOf, type PathPart } from './critical-parts.js';
import { timeMarks, type WaterfallRow } from './prepare-waterfall.js';
import styles from './waterfall.module.css';

/** Height of a row in pixels. */
export const ROW = 28;

/** Round times over the bars. */
export function Axis({ traceMs }: { traceMs: number }) {
  return (
    <div className={styles['axis']} aria-hidden="true">
      <span className={styles['axisName']}>Step</span>
      <div className={styles['axisMarks']}>
        {timeMarks(traceMs).map((mark) => (
          <span key={mark} style={{ left: `${(mark / Math.max(traceMs, Number.MIN_VALUE)) * 100}%` }}>
            {mark === 0 ? '0' : runLength(mark)}
          </span>
        ))}
      </div>
    </div>
  );
}

type SpanRowProps = {
  row: WaterfallRow;
  top: number;
  index: number;
  isSelected: boolean;
  onFold: () => void;
  path?: readonly PathPart[] | undefined;
  /** length and beginning of what the bars are drawn in, in milliseconds from the start of the trace */
  viewMs: number;
  fromMs?: number;
};

/** Deeper steps stand below each other: their names must stay readable. */
const DEEPEST_INDENT = 20;
const NO_PATH: readonly PathPart[] = [];

/** One span: its name in the tree, its bar in time, and what of the critical path lies in it. */
export function SpanRow({ row, top, index, isSelected, onFold, path = NO_PATH, viewMs, fromMs = 0 }: SpanRowProps) {
  const { span } = row;
  const onPath = path.reduce((sum, part) => sum + part.durationMs, 0);
  const color = row.hasError ? 'var(--critical)' : `var(--series-${(row.serviceIndex % 8) + 1})`;
  return (
    <div
      id={`span-${span.spanId}`}
      role="row"
      aria-level={row.depth + 1}
      aria-rowindex={index + 1}
      aria-expanded={row.childCount > 0 ? !row.isCollapsed : undefined}
      aria-selected={isSelected}
      className={styles['row']}
      style={{ transform: `translateY(${top}px)` }}
      data-span-id={span.spanId}
    >
      <div
        role="gridcell"
        className={styles['name']}
        style={{ paddingLeft: 10 + Math.min(row.depth, DEEPEST_INDENT) * 14 }}
      >
        {row.childCount > 0 ? (
          <button
            type="button"
            className={styles['fold']}
            tabIndex={-1}
            aria-label={row.isCollapsed ? `Unfold ${span.name}` : `Fold ${span.name}`}
            onClick={(event) => {
              event.stopPropagation();
              onFold();
            }}
          >
            <Icon name={row.isCollapsed ? 'chevronRight' : 'chevronDown'} size={12} />
          </button>
        ) : (
          <span className={styles['leaf']} />
        )}
        {(row.hasError || row.hidesError) && <StatusShape tone="critical" size={10} />}
        <span className={row.hasError ? styles['failedName'] : styles['spanName']} title={span.name}>
          {span.name}
        </span>
        <span className={styles['service']}>{span.serviceName}</span>
      </div>
      <div role="gridcell" className={styles['track']}>
        <span
          className={styles['bar']}
          data-open={span.isOpen || undefined}
          style={{ left: `${row.start * 100}%`, width: `max(2px, ${row.length * 100}%)`, background: color }}
        />
        {path.map((part) => {
          const place = placeOf(part, fromMs, viewMs);
          return (
            place && (
              <span
                key={part.offsetMs}
                className={styles['critical']}
                data-waiting={part.isWaiting || undefined}
                style={{ left: `${place.start * 100}%`, width: `max(2px, ${place.length * 100}%)` }}
              />
            )
          );
        })}
        <span className={styles['length']} style={{ left: `${(row.start + row.length) * 100}%` }}>
          {span.isOpen ? 'still open' : runLength(span.durationMs)}
          {row.hasError && <span className="visually-hidden"> failed</span>}
          {onPath > 0 && <span className="visually-hidden"> on the critical path for {runLength(onPath)}</span>}
        </span>
      </div>
    </div>
  );
}
