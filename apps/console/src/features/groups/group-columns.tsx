import { AppLink } from '../../shared/navigation.js';
import { age, exactInstant } from '../../shared/format/time.js';
import { countNumber, plainWords } from '../../shared/format/words.js';
import { GroupStanding } from '../../shared/status/group-standing.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { exceptionsHref } from '../../shared/url.js';
import type { GroupRow } from './groups-documents.js';

export function groupColumns(now: Date): DataColumn<GroupRow>[] {
  return [
    {
      id: 'open',
      header: 'Open',
      width: 70,
      align: 'end',
      cell: (row) => (
        <AppLink href={exceptionsHref({ group: row.id, snoozed: 'with' })}>{countNumber(row.openCount)}</AppLink>
      ),
    },
    { id: 'title', header: 'Problem', cell: (row) => <span title={row.title}>{row.title}</span> },
    {
      id: 'hop',
      header: 'Step',
      width: 230,
      hideBelow: 900,
      cell: (row) => <span title={row.hop}>{plainWords(row.hop.replace('/', ': '))}</span>,
    },
    {
      id: 'standing',
      header: 'Standing',
      width: 190,
      hideBelow: 640,
      cell: (row) => <GroupStanding group={row} now={now} />,
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 130,
      hideBelow: 760,
      cell: (row) => row.owner?.displayName ?? <span className="muted">nobody</span>,
    },
    {
      id: 'note',
      header: 'Note',
      width: 200,
      hideBelow: 1100,
      cell: (row) => (row.note === '' ? <span className="muted">–</span> : <span title={row.note}>{row.note}</span>),
    },
    {
      id: 'last',
      header: 'Last occurred',
      width: 136,
      align: 'end',
      hideBelow: 700,
      cell: (row) =>
        row.lastOccurredAt === null ? (
          <span className="muted">–</span>
        ) : (
          <time title={exactInstant(row.lastOccurredAt)}>{age(row.lastOccurredAt, now)} ago</time>
        ),
    },
  ];
}
