import { dateTime, exactInstant } from '../../shared/format/time.js';
import { countNumber, cutMiddle, plainWords } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { MoneyText } from '../../shared/page/money-text.js';
import { actionNoun } from '../../shared/status/action-words.js';
import { attemptState, requestState } from '../../shared/status/state-words.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { exceptionHref } from '../../shared/url.js';
import { certificateHref } from '../../shared/url-requeue.js';
import { goneOut, isUnapproved, runState } from './run-words.js';
import type { RunItem, RunRow } from './runs-documents.js';

export function runColumns(): DataColumn<RunRow>[] {
  return [
    {
      id: 'created',
      header: 'Asked for',
      width: 150,
      cell: (row) => <time title={exactInstant(row.createdAt)}>{dateTime(row.createdAt)}</time>,
    },
    { id: 'action', header: 'What', width: 120, hideBelow: 1000, cell: (row) => actionNoun(row.action) },
    { id: 'reason', header: 'Why', cell: (row) => <span title={row.reason}>{row.reason}</span> },
    { id: 'items', header: 'How many', width: 90, align: 'end', cell: (row) => countNumber(row.items) },
    {
      id: 'verified',
      header: 'Verified',
      width: 90,
      align: 'end',
      hideBelow: 900,
      cell: ({ run }) => countNumber(run.outcomes.find(({ state }) => state === 'VERIFIED')?.count ?? 0),
    },
    {
      id: 'state',
      header: 'State',
      width: 190,
      cell: ({ run, items }) => {
        const { tone, word } = runState(run);
        const percent = Math.floor((100 * goneOut(run.outcomes)) / Math.max(items, 1));
        return (
          <span title={run.note ?? undefined}>
            <Status tone={tone}>
              {run.state === 'SENDING' || run.state === 'PAUSED' ? `${word}, ${percent} %` : word}
            </Status>
          </span>
        );
      },
    },
    { id: 'who', header: 'By', width: 140, hideBelow: 720, cell: (row) => row.makerName },
  ];
}

export function runItemColumns(run: RunRow['run']['state']): DataColumn<RunItem>[] {
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
      width: 230,
      cell: ({ attempt, isHeld }) => {
        // what was not approved never went out, whatever its attempt was ended with
        const { tone, word } = isUnapproved(run) ? requestState(run) : attemptState(attempt.state);
        return (
          <span title={attempt.answer ?? undefined}>
            <Status tone={tone}>{isHeld && !isUnapproved(run) ? 'Held by the run' : word}</Status>
          </span>
        );
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
    {
      id: 'certificate',
      header: 'Proof',
      width: 100,
      hideBelow: 400,
      cell: ({ attempt }) => <AppLink href={certificateHref(attempt.id)}>Certificate</AppLink>,
    },
  ];
}
