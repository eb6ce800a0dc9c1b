import { age, clockTime, exactInstant } from '../../shared/format/time.js';
import { cutMiddle, plainWords } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { exceptionHref } from '../../shared/url.js';
import { runsHref } from '../../shared/url-requeue.js';
import type { UnknownRow } from './unknown-documents.js';
import { askedSentence } from './unknown-words.js';

export function unknownColumns(now: Date): DataColumn<UnknownRow>[] {
  return [
    {
      id: 'age',
      header: 'Unknown for',
      width: 110,
      cell: ({ attempt }) => {
        const since = attempt.sentAt ?? attempt.createdAt;
        return <time title={exactInstant(since)}>{age(since, now)}</time>;
      },
    },
    {
      id: 'document',
      header: 'Document',
      width: 220,
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
      id: 'amount',
      header: 'Amount',
      width: 140,
      align: 'end',
      hideBelow: 900,
      cell: ({ exception }) => <MoneyText money={exception?.moneyAtRisk ?? null} direction={null} />,
    },
    {
      id: 'settles',
      header: 'What would settle it',
      cell: ({ settledBy }) => <span title={settledBy}>{settledBy}</span>,
    },
    {
      id: 'asked',
      header: 'What its target says',
      width: 320,
      hideBelow: 760,
      cell: (row) => <span title={row.probe?.words ?? undefined}>{askedSentence(row)}</span>,
    },
    {
      id: 'again',
      header: 'Sent again',
      width: 140,
      hideBelow: 760,
      cell: ({ retryAt }) =>
        retryAt ? <time title={exactInstant(retryAt)}>{clockTime(retryAt, undefined, true)}</time> : '–',
    },
    { id: 'integration', header: 'Integration', width: 200, hideBelow: 1100, cell: (row) => row.integration },
    {
      id: 'run',
      header: 'Run',
      width: 150,
      hideBelow: 1250,
      cell: ({ attempt }) => <AppLink href={runsHref({ open: attempt.requestId })}>{attempt.makerName}</AppLink>,
    },
  ];
}
