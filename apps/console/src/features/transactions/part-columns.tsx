import { percent } from '../../shared/format/percent.js';
import { duration } from '../../shared/format/time.js';
import { countNumber } from '../../shared/format/words.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import type { PartRow } from './prepare-population.js';
import styles from './delays-page.module.css';

/** `wholeMs`: what all parts add up to. */
export function partColumns(noun: string, wholeMs: number): DataColumn<PartRow>[] {
  return [
    { id: 'name', header: noun, cell: (row) => <span title={row.key || row.name}>{row.name}</span> },
    { id: 'share', header: 'Share', width: 150, cell: (row) => <ShareBar row={row} wholeMs={wholeMs} /> },
    {
      id: 'time',
      header: 'Time',
      width: 92,
      align: 'end',
      cell: (row) => (
        <span title={`${duration(row.businessMs)} of it business time, ${duration(row.waitingMs)} waiting`}>
          {duration(row.durationMs)}
        </span>
      ),
    },
    {
      id: 'each',
      header: 'Each',
      width: 84,
      align: 'end',
      hideBelow: 600,
      cell: (row) => <span title="On average, of those in which it occurs">{duration(row.perTransactionMs)}</span>,
    },
    {
      id: 'transactions',
      header: 'Transactions',
      width: 108,
      align: 'end',
      cell: (row) => <span title="Transactions in which it occurs">{countNumber(row.transactions)}</span>,
    },
  ];
}

/** Work in full colour, waiting hatched, both of the whole. */
function ShareBar({ row, wholeMs }: { row: PartRow; wholeMs: number }) {
  const width = (share: number) => ({ width: `${share * 100}%` });
  return (
    <span className={styles['share']}>
      <span className={styles['track']} aria-hidden="true">
        <span className={styles['work']} style={width(row.share - row.waitingShare)} />
        <span className={styles['waiting']} style={width(row.waitingShare)} />
      </span>
      <span className={styles['percent']}>{percent(row.durationMs, wholeMs)}</span>
    </span>
  );
}
