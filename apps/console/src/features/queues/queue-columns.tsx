import { compactMoney, isZero } from '../../shared/format/money.js';
import { age, dateTime, exactInstant } from '../../shared/format/time.js';
import { countNumber } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { Status } from '../../shared/status/status.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import { exceptionsHref } from '../../shared/url.js';
import type { QueueRow } from './queues-documents.js';

/** The columns of the queues; every number leads to the rows that it counts. */
export function queueColumns(now: Date): DataColumn<QueueRow>[] {
  return [
    {
      id: 'queue',
      header: 'Queue',
      width: 170,
      cell: (row) => (
        <AppLink href={exceptionsHref({ queue: [row.name], snoozed: 'with' })} title={row.purpose}>
          {row.title}
        </AppLink>
      ),
    },
    { id: 'open', header: 'Open', width: 70, align: 'end', cell: (row) => countNumber(row.openCount) },
    {
      id: 'urgent',
      header: 'P1',
      width: 64,
      align: 'end',
      cell: (row) =>
        row.urgentCount === 0 ? <None /> : <Status tone="critical">{countNumber(row.urgentCount)}</Status>,
    },
    {
      id: 'nobody',
      header: 'Nobody’s',
      width: 84,
      align: 'end',
      cell: (row) =>
        row.unassignedCount === 0 ? (
          <None />
        ) : (
          <AppLink href={exceptionsHref({ queue: [row.name], snoozed: 'with', owner: 'none' })}>
            {countNumber(row.unassignedCount)}
          </AppLink>
        ),
    },
    {
      id: 'inflow',
      header: 'Inflow',
      width: 110,
      align: 'end',
      cell: (row) => <Sum currency={row.moneyAtRisk.currency} amount={row.moneyAtRisk.inflow} />,
    },
    {
      id: 'outflow',
      header: 'Outflow',
      width: 110,
      align: 'end',
      hideBelow: 720,
      cell: (row) => <Sum currency={row.moneyAtRisk.currency} amount={row.moneyAtRisk.outflow} />,
    },
    {
      id: 'oldest',
      header: 'Oldest',
      width: 98,
      align: 'end',
      cell: (row) =>
        row.oldestOpenedAt ? (
          <time title={`First failed ${exactInstant(row.oldestOpenedAt)}`}>{age(row.oldestOpenedAt, now)}</time>
        ) : (
          <None />
        ),
    },
    {
      id: 'due',
      header: 'Next due',
      width: 150,
      hideBelow: 900,
      cell: (row) => (row.nextDueAt ? <time>{dateTime(row.nextDueAt)}</time> : <None />),
    },
    {
      id: 'hours',
      header: 'Worked',
      width: 210,
      hideBelow: 1250,
      cell: ({ workingHours: { title, timeZone, isOpen, opensAt } }) => (
        <span title={title}>
          {isOpen || opensAt === null ? 'open now' : `opens ${dateTime(opensAt, timeZone, false, now)}`}
        </span>
      ),
    },
    {
      id: 'members',
      header: 'Members',
      cell: (row) => {
        const names = row.members.map(({ displayName }) => displayName).join(', ');
        return names === '' ? <span className="muted">nobody yet</span> : <span title={names}>{names}</span>;
      },
    },
  ];
}

function None() {
  return <span className="muted">–</span>;
}

function Sum({ currency, amount }: { currency: string; amount: string }) {
  return isZero(amount) ? <None /> : <span title={`${currency} ${amount}`}>{compactMoney({ currency, amount })}</span>;
}
