import { useId, useState, type ReactNode } from 'react';
import { Icon } from '../icons/icon.js';
import { ScrollRegion } from '../page/scroll-region.js';
import styles from './chart-frame.module.css';

type ChartFrameProps = {
  /** the answer that the chart gives */
  title: string;
  /** the same in one sentence, for those who cannot see it */
  summary: string;
  chart: ReactNode;
  table: ReactNode;
  legend?: ReactNode;
};

/** A chart with its answer as title, a sentence, and the same numbers as a table. */
export function ChartFrame({ title, summary, chart, table, legend }: ChartFrameProps) {
  const [isTable, setTable] = useState(false);
  const id = useId();
  return (
    <figure className={styles['frame']} aria-labelledby={id}>
      <figcaption className={styles['head']}>
        <span id={id} className={styles['title']}>
          {title}
        </span>
        {legend}
        <button
          type="button"
          className={styles['switch']}
          aria-label={`${isTable ? 'Show the chart' : 'Show the table'}: ${title}`}
          onClick={() => setTable(!isTable)}
        >
          <Icon name={isTable ? 'chart' : 'table'} size={14} />
        </button>
      </figcaption>
      <p className="visually-hidden">{summary}</p>
      {isTable ? (
        <ScrollRegion className={styles['table']} label={`Table: ${title}`}>
          {table}
        </ScrollRegion>
      ) : (
        <div aria-hidden="true">{chart}</div>
      )}
    </figure>
  );
}

/** The hatching of what was not measured: a gap that is seen to be one. */
export function UnmeasuredPattern({ id }: { id: string }) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line x1="0" y1="0" x2="0" y2="6" stroke="var(--line-strong)" strokeWidth="1.2" />
    </pattern>
  );
}
