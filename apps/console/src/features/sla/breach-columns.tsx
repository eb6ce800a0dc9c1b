import { dateTime, duration, exactInstant } from '../../shared/format/time.js';
import { cutMiddle, plainWords } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { exceptionHref } from '../../shared/url.js';
import type { Breach } from './sla-documents.js';

/** A breach has no id of its own: one milestone of one object in one transaction. */
export function breachId(breach: Breach): string {
  return `${breach.transactionId}/${breach.milestone}/${breach.object?.id ?? ''}`;
}

export function breachColumns(zoneOf: (entity: string | null | undefined) => string): DataColumn<Breach>[] {
  return [
    {
      id: 'object',
      header: 'Document',
      width: 236,
      cell: (row) =>
        row.object ? (
          <span title={`${plainWords(row.object.type)} ${row.object.key}`}>
            <span className="muted">{plainWords(row.object.type)}</span>{' '}
            <span className="mono">{cutMiddle(row.object.key, 20)}</span>
          </span>
        ) : (
          <span className="muted">the transaction</span>
        ),
    },
    {
      id: 'milestone',
      header: 'Missed',
      cell: (row) => <span title={plainWords(row.workflow)}>{row.milestoneTitle}</span>,
    },
    { id: 'customer', header: 'Customer', width: 190, hideBelow: 1180, cell: (row) => row.counterparty ?? '–' },
    { id: 'entity', header: 'Entity', width: 62, cell: (row) => row.legalEntity ?? '–' },
    { id: 'amount', header: 'Amount', width: 142, align: 'end', cell: (row) => <MoneyText money={row.amount} /> },
    {
      id: 'due',
      header: 'Due',
      width: 144,
      align: 'end',
      cell: (row) => <time title={exactInstant(row.dueAt)}>{dateTime(row.dueAt, zoneOf(row.legalEntity))}</time>,
    },
    {
      id: 'reached',
      header: 'Reached',
      width: 144,
      align: 'end',
      hideBelow: 1000,
      cell: (row) =>
        row.reachedAt ? (
          <time title={exactInstant(row.reachedAt)}>{dateTime(row.reachedAt, zoneOf(row.legalEntity))}</time>
        ) : (
          <Status tone="critical">Not yet</Status>
        ),
    },
    { id: 'late', header: 'Late by', width: 96, align: 'end', cell: (row) => duration(row.lateByMinutes * 60_000) },
    {
      id: 'exception',
      header: 'Exception',
      width: 88,
      cell: (row) =>
        row.exceptionId ? (
          <AppLink href={exceptionHref(row.exceptionId)}>Open it</AppLink>
        ) : (
          <span className="muted">–</span>
        ),
    },
  ];
}
