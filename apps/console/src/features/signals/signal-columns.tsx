import { age, dateTime, exactInstant } from '../../shared/format/time.js';
import { cutMiddle } from '../../shared/format/words.js';
import { lagWords, signalKind, signalState, unmappedShort, unmappedWords } from '../../shared/signals/signal-words.js';
import type { SignalRow } from '../../shared/signals/signal-documents.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import type { SignalsSearch } from '../../shared/url.js';
import type { RefusedInput } from './signals-documents.js';
import styles from './signals.module.css';

/** The columns of the list: when, from whom, what, whether it could be read. */
export function signalColumns(
  now: Date,
  order: SignalsSearch['order'],
  onOrder: (order: SignalsSearch['order']) => void,
): DataColumn<SignalRow>[] {
  return [
    {
      id: 'received',
      header: 'Received',
      width: 150,
      sort: {
        direction: order === 'oldest' ? 'ascending' : 'descending',
        onSort: () => onOrder(order === 'oldest' ? 'newest' : 'oldest'),
      },
      cell: (row) => (
        <time title={`${exactInstant(row.receivedAt)}, ${age(row.receivedAt, now)} ago`}>
          {dateTime(row.receivedAt)}
        </time>
      ),
    },
    {
      id: 'source',
      header: 'Source',
      width: 160,
      hideBelow: 620,
      cell: (row) => (
        <span title={row.source}>{row.sourceSystem ?? <span className="muted">{cutMiddle(row.source, 18)}</span>}</span>
      ),
    },
    {
      id: 'type',
      header: 'Type',
      cell: (row) => (
        <span title={row.unmapped ? `${row.type}: ${row.unmapped.reason}` : row.type}>
          {row.type}
          {row.unmapped && <span className={styles['why']}>{unmappedShort(row.unmapped.code)}</span>}
        </span>
      ),
    },
    { id: 'kind', header: 'Came as', width: 116, hideBelow: 1150, cell: (row) => signalKind(row.kind) },
    {
      id: 'state',
      header: 'State',
      width: 146,
      cell: (row) => {
        const { tone, word } = signalState(row.state);
        return (
          <span title={row.unmapped ? `${unmappedWords(row.unmapped.code)}: ${row.unmapped.reason}` : undefined}>
            <Status tone={tone}>{word}</Status>
          </span>
        );
      },
    },
    {
      id: 'place',
      header: 'Place',
      width: 220,
      hideBelow: 1250,
      cell: (row) =>
        row.unmapped?.place && (
          <span className="mono" title={`${row.unmapped.place}: ${row.unmapped.reason}`}>
            {cutMiddle(row.unmapped.place, 28)}
          </span>
        ),
    },
    {
      id: 'lag',
      header: 'Lag',
      width: 78,
      align: 'end',
      hideBelow: 640,
      cell: (row) => <span title="Received after it happened">{lagWords(row.lagSeconds)}</span>,
    },
    {
      id: 'id',
      header: 'Id',
      width: 178,
      hideBelow: 900,
      cell: (row) => (
        <span className="mono" title={row.externalId}>
          {cutMiddle(row.externalId, 20)}
        </span>
      ),
    },
  ];
}

/** What was answered with an error. */
export function refusedColumns(): DataColumn<RefusedInput>[] {
  return [
    {
      id: 'at',
      header: 'Refused',
      width: 168,
      cell: (row) => <time title={exactInstant(row.at)}>{dateTime(row.at, undefined, true)}</time>,
    },
    { id: 'protocol', header: 'Protocol', width: 150, cell: (row) => row.protocol },
    { id: 'reason', header: 'Reason', cell: (row) => <span title={row.reason}>{row.reason}</span> },
    {
      id: 'sample',
      header: 'Sample',
      width: 300,
      hideBelow: 980,
      cell: (row) => <span className="mono muted">{row.sample ?? '–'}</span>,
    },
  ];
}
