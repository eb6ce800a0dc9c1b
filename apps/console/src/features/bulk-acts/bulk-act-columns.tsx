import { bulkOutcome, bulkState } from '../../shared/bulk/bulk-words.js';
import type { BulkItem } from '../../shared/bulk/bulk-documents.js';
import { moneyPhrases } from '../../shared/format/money-words.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { countNumber, cutMiddle, plainWords } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { exceptionState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { exceptionHref } from '../../shared/url.js';
import type { BulkActRow } from './bulk-acts-documents.js';

export function bulkActColumns(): DataColumn<BulkActRow>[] {
  return [
    {
      id: 'submitted',
      header: 'Asked for',
      width: 130,
      cell: (row) => <time title={exactInstant(row.submittedAt)}>{dateTime(row.submittedAt)}</time>,
    },
    { id: 'what', header: 'What', cell: (row) => <span title={row.words}>{row.words}</span> },
    {
      id: 'selection',
      header: 'With',
      hideBelow: 900,
      cell: (row) => <span title={row.selectionWords}>{row.selectionWords}</span>,
    },
    { id: 'count', header: 'How many', width: 90, align: 'end', cell: (row) => countNumber(row.count) },
    {
      id: 'money',
      header: 'Money',
      width: 190,
      hideBelow: 1100,
      cell: (row) => {
        const words = moneyPhrases(row.amounts).join(', ');
        return words === '' ? <span className="muted">none</span> : <span title={words}>{words}</span>;
      },
    },
    {
      id: 'state',
      header: 'State',
      width: 170,
      cell: (row) => {
        const { tone, word } = bulkState(row.state);
        return <Status tone={tone}>{row.state === 'RUNNING' ? `${word}, ${percent(row)} %` : word}</Status>;
      },
    },
    { id: 'who', header: 'By', width: 140, hideBelow: 720, cell: (row) => row.submittedByName },
  ];
}

function percent({ done, count }: Pick<BulkActRow, 'done' | 'count'>): number {
  return Math.floor((100 * done) / Math.max(count, 1));
}

export function bulkItemColumns(): DataColumn<BulkItem>[] {
  return [
    {
      id: 'document',
      header: 'Document',
      cell: ({ exception, exceptionId }) =>
        exception ? (
          <AppLink href={exceptionHref(exception.id)}>
            {plainWords(exception.businessObject.type)}{' '}
            <span className="mono">{cutMiddle(exception.businessObject.key, 16)}</span>
          </AppLink>
        ) : (
          <span className="mono muted">{cutMiddle(exceptionId, 16)}</span>
        ),
    },
    {
      id: 'outcome',
      header: 'What became of it',
      width: 200,
      cell: ({ outcome, detail }) => {
        const { tone, word } = bulkOutcome(outcome);
        return (
          <span title={detail ?? undefined}>
            <Status tone={tone}>{word}</Status>
          </span>
        );
      },
    },
    {
      id: 'state',
      header: 'Now',
      width: 150,
      hideBelow: 560,
      cell: ({ exception }) => {
        if (!exception) return '–';
        const { tone, word } = exceptionState(exception.state, exception.resolution);
        return <Status tone={tone}>{word}</Status>;
      },
    },
    {
      id: 'amount',
      header: 'Amount',
      width: 140,
      align: 'end',
      hideBelow: 480,
      cell: ({ exception }) => <MoneyText money={exception?.moneyAtRisk ?? null} direction={null} />,
    },
  ];
}
