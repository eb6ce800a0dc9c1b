import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { readPreference, writePreference } from '../preferences.js';
import { ScrollRegion } from '../page/scroll-region.js';
import styles from './split-detail.module.css';

const LEAST = 420;
const LEAST_LIST = 380;
const STEP = 24;

type SplitDetailProps = {
  list: ReactNode;
  detail: ReactNode | undefined;
  detailLabel: string;
  /** the detail is more than the list: it has a width of its own, and is wider at first */
  isDetailWide?: boolean;
};

/** A list with the detail of one row beside it; the border between them can be moved, also with the arrow keys. */
export function SplitDetail({ list, detail, detailLabel, isDetailWide = false }: SplitDetailProps) {
  const preference = isDetailWide ? 'wideDetailWidth' : 'detailWidth';
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(() => readPreference(preference));

  const most = () => Math.max(LEAST, (frame.current?.clientWidth ?? 1200) - LEAST_LIST);
  const change = (next: number) => {
    const clamped = Math.round(Math.min(Math.max(next, LEAST), most()));
    setWidth(clamped);
    writePreference(preference, clamped);
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const right = frame.current?.getBoundingClientRect().right ?? 0;
    change(right - event.clientX);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') change(width + STEP);
    else if (event.key === 'ArrowRight') change(width - STEP);
    else return;
    event.preventDefault();
  };

  // A separator that takes the focus is a window splitter (WAI-ARIA), which is a control.
  const splitter = {
    tabIndex: 0,
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove: drag,
    onKeyDown: key,
  };

  return (
    <div
      ref={frame}
      className={styles['split']}
      style={
        detail ? { gridTemplateColumns: `minmax(${LEAST_LIST}px, 1fr) 1px minmax(${LEAST}px, ${width}px)` } : undefined
      }
    >
      <div className={styles['list']}>{list}</div>
      {detail && (
        <>
          <div
            className={styles['border']}
            role="separator"
            aria-label="Width of the detail"
            aria-orientation="vertical"
            aria-valuenow={width}
            aria-valuemin={LEAST}
            aria-valuemax={1600}
            {...splitter}
          />
          <ScrollRegion className={styles['detail']} label={detailLabel}>
            {detail}
          </ScrollRegion>
        </>
      )}
    </div>
  );
}
