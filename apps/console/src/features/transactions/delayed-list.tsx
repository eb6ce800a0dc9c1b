import { useCallback, useMemo } from 'react';
import type { TransactionFilter } from '../../gql/graphql.js';
import { percent } from '../../shared/format/percent.js';
import { duration } from '../../shared/format/time.js';
import { count, cutMiddle, plainWords } from '../../shared/format/words.js';
import { useLoad } from '../../shared/graphql/use-load.js';
import { useNavigation } from '../../shared/navigation.js';
import { DetailHead } from '../../shared/page/detail-head.js';
import { Facts } from '../../shared/page/panel.js';
import { Empty, Failed, Loading } from '../../shared/states/states.js';
import { transactionState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import { DataTable, type DataColumn } from '../../shared/table/data-table.js';
import { useListCursor } from '../../shared/table/use-list-cursor.js';
import { transactionHref } from '../../shared/url.js';
import type { DelayName } from '../../shared/url-lineage.js';
import { DelayedTransactionsDocument, type Delayed } from './population-documents.js';
import { dimensionTitle, madeOfWords, type PartRow } from './prepare-population.js';
import page from '../../shared/page/list-page.module.css';
import styles from './delays-page.module.css';

const rowId = (row: Delayed) => row.transaction.id;
const NONE: readonly Delayed[] = [];

const COLUMNS: readonly DataColumn<Delayed>[] = [
  {
    id: 'anchor',
    header: 'Transaction',
    cell: ({ transaction: { anchor } }) => (
      <span className="mono" title={`${plainWords(anchor.type)} ${anchor.key}`}>
        {cutMiddle(anchor.key, 20)}
      </span>
    ),
  },
  {
    id: 'customer',
    header: 'Customer',
    hideBelow: 440,
    cell: ({ transaction }) => (
      <span title={transaction.counterparty ?? undefined}>{transaction.counterparty ?? '–'}</span>
    ),
  },
  { id: 'entity', header: 'Entity', width: 62, hideBelow: 620, cell: (row) => row.transaction.legalEntity ?? '–' },
  {
    id: 'state',
    header: 'State',
    width: 106,
    cell: ({ transaction }) => {
      const { tone, word } = transactionState(transaction.state);
      return <Status tone={tone}>{word}</Status>;
    },
  },
  {
    id: 'waiting',
    header: 'Waiting',
    width: 112,
    align: 'end',
    hideBelow: 540,
    cell: (row) => <span className="muted">{duration(row.waitingMs)}</span>,
  },
  { id: 'time', header: 'Time', width: 112, align: 'end', cell: (row) => duration(row.durationMs) },
];

type Props = {
  name: DelayName;
  /** undefined when nothing of it occurs any more */
  row: PartRow | undefined;
  wholeMs: number;
  filter: TransactionFilter;
  onClose: () => void;
};

/** What one figure is made of: the transactions in which its time lies, the longest first. */
export function DelayedList({ name, row, wholeMs, filter, onClose }: Props) {
  const { go } = useNavigation();
  const { data, error, isLoading, reload } = useLoad(DelayedTransactionsDocument, { ...name, filter });
  const rows = data?.delayedTransactions ?? NONE;
  const ids = useMemo(() => rows.map(rowId), [rows]);
  const open = useCallback((id: string) => go(transactionHref(id)), [go]);
  const cursor = useListCursor({ ids, noun: 'transaction', onOpen: open, onClose });
  return (
    <div className={page['detail']}>
      <DetailHead
        topline={<span className="muted">{dimensionTitle(name.dimension)}</span>}
        title={row?.name ?? (name.key || 'Not told')}
        onClose={onClose}
      />
      {row && (
        <>
          <Facts
            facts={[
              { name: 'By the clock', value: duration(row.durationMs) },
              { name: 'Of the whole', value: percent(row.durationMs, wholeMs) },
              { name: 'Waiting', value: `${duration(row.waitingMs)} (${percent(row.waitingMs, row.durationMs)})` },
              { name: 'Business time', value: duration(row.businessMs) },
              { name: 'Each, on average', value: duration(row.perTransactionMs) },
            ]}
          />
          <p className="muted">
            Made of {madeOfWords(name.dimension)}, in {count(row.transactions, 'transaction')}:
          </p>
        </>
      )}
      <div className={styles['delayed']}>
        {isLoading && <Loading label="transactions" rows={8} />}
        {error && !data && <Failed what="list of transactions" error={error} onRetry={reload} />}
        {data && rows.length === 0 && (
          <Empty title="No transaction has any of this time">The filters or the time itself have moved on.</Empty>
        )}
        {rows.length > 0 && (
          <DataTable
            label="Transactions with this time"
            columns={COLUMNS}
            rows={rows}
            rowId={rowId}
            totalCount={rows.length}
            cursorId={cursor.cursorId}
            onCursor={cursor.setCursor}
            onOpen={(one) => open(rowId(one))}
          />
        )}
      </div>
    </div>
  );
}
