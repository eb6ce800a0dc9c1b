import { cutMiddle, plainWords, titleWords } from '../../shared/format/words.js';
import { age, exactInstant } from '../../shared/format/time.js';
import { Icon } from '../../shared/icons/icon.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { PriorityMark, priorityWords } from './priority-line.js';
import { exceptionState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { technicalHref, type ExceptionListOrder } from '../../shared/url.js';
import type { ExceptionRow } from './exception-documents.js';
import { groupSnoozeSentence, snoozeSentence, waitSentence } from './life-words.js';
import styles from './exceptions.module.css';

// Narrower than this the count stands before the words instead (exceptions.module.css).
const TIMES_FROM = 1300;
// Narrower than this the reasons are in the title of the priority.
const WHY_FROM = 1000;

const CLOSED = new Set(['RESOLVED', 'ACCEPTED', 'DUPLICATE']);

export function isClosed(row: Pick<ExceptionRow, 'state'>): boolean {
  return CLOSED.has(row.state);
}

/** A document by its number; a signal, file or run by its kind, since its id says nothing to anybody. */
function DocumentName({ object }: { object: ExceptionRow['businessObject'] }) {
  const href = technicalHref(object);
  if (href === undefined) return <span className="mono">{cutMiddle(object.key, 20)}</span>;
  return (
    <AppLink href={href}>
      {titleWords(object.type)} <span className="mono">{cutMiddle(object.key, 10)}</span>
    </AppLink>
  );
}

/** Its clock is overdue, and that was brought to the lead of its queue. */
function Escalated() {
  return (
    <span className={styles['escalated']} title="Escalated: its clock is overdue">
      <Icon name="bell" size={12} />
      <span className="visually-hidden">Escalated</span>
    </span>
  );
}

/** The columns of the inbox; money and deadline before technology. */
export function exceptionColumns(
  now: Date,
  order: ExceptionListOrder,
  onOrder: (order: ExceptionListOrder) => void,
  /** resolved ones have longer words for their state */
  hasResolved: boolean,
): DataColumn<ExceptionRow>[] {
  return [
    {
      id: 'priority',
      header: 'Priority',
      width: 76,
      sort: { direction: order === 'priority' ? 'descending' : 'none', onSort: () => onOrder('priority') },
      cell: (row) => (
        <>
          <PriorityMark priority={row.priority} />
          {row.isEscalated && <Escalated />}
        </>
      ),
    },
    {
      id: 'document',
      header: 'Document',
      width: 140,
      cell: (row) => (
        <span title={`${plainWords(row.businessObject.type)} ${row.businessObject.key}`}>
          <DocumentName object={row.businessObject} />
        </span>
      ),
    },
    {
      id: 'customer',
      header: 'Customer',
      width: 144,
      hideBelow: 820,
      cell: (row) => <span title={row.counterparty ?? undefined}>{row.counterparty ?? '–'}</span>,
    },
    { id: 'entity', header: 'Entity', width: 62, hideBelow: 720, cell: (row) => row.legalEntity ?? '–' },
    {
      id: 'amount',
      header: 'Amount',
      width: 148,
      align: 'end',
      sort: { direction: order === 'money' ? 'descending' : 'none', onSort: () => onOrder('money') },
      cell: (row) => <MoneyText money={row.moneyAtRisk} direction={row.direction} />,
    },
    {
      id: 'why',
      header: 'Why now',
      hideBelow: WHY_FROM,
      cell: (row) => <span title={priorityWords(row.priority)}>{priorityWords(row.priority)}</span>,
    },
    {
      id: 'age',
      header: 'Age',
      width: 110,
      align: 'end',
      hideBelow: 620,
      sort: {
        direction: order === 'oldest' ? 'descending' : order === 'newest' ? 'ascending' : 'none',
        onSort: () => onOrder(order === 'oldest' ? 'newest' : 'oldest'),
      },
      cell: (row) => <time title={`First failed ${exactInstant(row.openedAt)}`}>{age(row.openedAt, now)}</time>,
    },
    {
      id: 'problem',
      header: 'What is wrong',
      cell: (row) => (
        <span title={row.title}>
          {row.occurrences > 1 && <span className={styles['times']}>{row.occurrences}× </span>}
          {row.group.isKnownError && <span className="muted">Known error: </span>}
          {row.group.title}
        </span>
      ),
    },
    {
      id: 'times',
      header: 'Times',
      width: 60,
      align: 'end',
      hideBelow: TIMES_FROM,
      cell: (row) => <span title={`Failed ${row.occurrences} times`}>{row.occurrences}</span>,
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 96,
      hideBelow: 1200,
      cell: (row) => row.owner?.displayName ?? <span className="muted">nobody</span>,
    },
    {
      id: 'state',
      header: 'State',
      width: hasResolved ? 192 : 118,
      cell: (row) => {
        const { tone, word } = exceptionState(row.state, row.resolution);
        const hidden = row.snooze ? snoozeSentence(row.snooze) : groupSnoozeSentence(row, now);
        return (
          <span title={row.wait ? waitSentence(row.wait) : hidden}>
            <Status tone={tone}>{hidden === undefined ? word : `${word}, snoozed`}</Status>
          </span>
        );
      },
    },
  ];
}

export function rowClass(row: ExceptionRow): string | undefined {
  return isClosed(row) ? styles['closedRow'] : undefined;
}
