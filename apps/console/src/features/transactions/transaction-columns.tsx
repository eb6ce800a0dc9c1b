import { age, dateTime, exactInstant } from '../../shared/format/time.js';
import { cutMiddle, plainWords } from '../../shared/format/words.js';
import { isAwaited, prepareMilestones, reachedWords } from '../../shared/milestones/prepare-milestones.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { milestoneState, transactionState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import type { TransactionRow } from './transaction-documents.js';
import styles from './transactions-page.module.css';

type Order = 'activity' | 'started';

export function transactionColumns(
  now: Date,
  order: Order,
  onOrder: (order: Order) => void,
): DataColumn<TransactionRow>[] {
  return [
    {
      id: 'anchor',
      header: 'Transaction',
      width: 146,
      cell: (row) => (
        <span className="mono" title={`${plainWords(row.anchor.type)} ${row.anchor.key}`}>
          {cutMiddle(row.anchor.key, 18)}
        </span>
      ),
    },
    {
      id: 'customer',
      header: 'Customer',
      width: 190,
      cell: (row) => <span title={row.counterparty ?? undefined}>{row.counterparty ?? '–'}</span>,
    },
    { id: 'entity', header: 'Entity', width: 62, cell: (row) => row.legalEntity ?? '–' },
    { id: 'amount', header: 'Amount', width: 142, align: 'end', cell: (row) => <MoneyText money={row.amount} /> },
    {
      id: 'state',
      header: 'State',
      width: 112,
      cell: (row) => {
        const { tone, word } = transactionState(row.state);
        return <Status tone={tone}>{word}</Status>;
      },
    },
    { id: 'milestones', header: 'Milestones', cell: (row) => <Progress row={row} /> },
    {
      id: 'started',
      header: 'Started',
      width: 150,
      align: 'end',
      hideBelow: 1240,
      sort: { direction: order === 'started' ? 'descending' : 'none', onSort: () => onOrder('started') },
      cell: (row) => <time title={exactInstant(row.startedAt)}>{dateTime(row.startedAt)}</time>,
    },
    {
      id: 'activity',
      header: 'Last activity',
      width: 130,
      align: 'end',
      sort: { direction: order === 'activity' ? 'descending' : 'none', onSort: () => onOrder('activity') },
      cell: (row) => <time title={exactInstant(row.lastActivityAt)}>{age(row.lastActivityAt, now)} ago</time>,
    },
  ];
}

function Progress({ row }: { row: TransactionRow }) {
  const steps = prepareMilestones(row.milestones);
  const next = steps.find(isAwaited);
  return (
    <span
      className={styles['progress']}
      title={steps.map((step) => `${step.title}: ${milestoneState(step.state).word}`).join('\n')}
    >
      {steps.map((step) => (
        <span key={step.name} className={styles['segment']} data-tone={milestoneState(step.state).tone} />
      ))}
      <span className="visually-hidden">{reachedWords(steps)}</span>
      {next && <span className={`muted ${styles['next']}`}>next: {next.title.toLowerCase()}</span>}
    </span>
  );
}
