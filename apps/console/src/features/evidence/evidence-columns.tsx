import type { AuditLogQuery } from '../../gql/graphql.js';
import { dateTime, exactInstant } from '../../shared/format/time.js';
import { cutMiddle, plainWords } from '../../shared/format/words.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { actionWords } from './evidence-words.js';

export type AuditRow = AuditLogQuery['auditLog']['edges'][number]['node'];

export function SealMark({ isSealed }: { isSealed: boolean }) {
  return isSealed ? <Status tone="good">Sealed</Status> : <Status tone="waiting">Not sealed yet</Status>;
}

export function evidenceColumns(): DataColumn<AuditRow>[] {
  return [
    {
      id: 'at',
      header: 'When',
      width: 190,
      cell: (row) => (
        <time dateTime={row.at} title={exactInstant(row.at)}>
          {dateTime(row.at, undefined, true)}
        </time>
      ),
    },
    {
      id: 'actor',
      header: 'Who',
      width: 170,
      cell: (row) => (
        <>
          {row.actorName} {row.actorKind === 'system' && <span className="muted">system</span>}
        </>
      ),
    },
    { id: 'action', header: 'What', cell: (row) => <span title={row.action}>{actionWords(row.action)}</span> },
    {
      id: 'subject',
      header: 'On',
      width: 290,
      hideBelow: 820,
      cell: (row) => (
        <span title={row.subjectId}>
          <span className="muted">{plainWords(row.subjectType)}</span>{' '}
          <span className="mono">{cutMiddle(row.subjectId, 22)}</span>
        </span>
      ),
    },
    {
      id: 'sequence',
      header: 'Number',
      width: 90,
      align: 'end',
      hideBelow: 920,
      cell: (row) => row.sequence ?? <span className="muted">–</span>,
    },
    { id: 'seal', header: 'Record', width: 136, cell: (row) => <SealMark isSealed={row.isSealed} /> },
  ];
}
