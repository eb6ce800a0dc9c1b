import { compactMoney, isZero } from '../../shared/format/money.js';
import { age, duration, exactInstant } from '../../shared/format/time.js';
import { count, countNumber, plainWords } from '../../shared/format/words.js';
import { AppLink } from '../../shared/navigation.js';
import { GroupStanding } from '../../shared/status/group-standing.js';
import type { DataColumn } from '../../shared/table/data-table.js';
import type { ExceptionListOrder, ExceptionsSearch } from '../../shared/url.js';
import { exceptionsHref } from '../../shared/url.js';
import { groupsHref } from '../../shared/url-groups.js';
import type { GroupedRow } from './grouped-documents.js';

/** The members of a group that match, one by one. */
export function membersHref(search: ExceptionsSearch, groupId: string): string {
  return exceptionsHref({ ...search, by: undefined, group: groupId, open: undefined });
}

/** The columns of the inbox by groups; once more on what they are ordered by leads back to the most urgent first. */
export function groupedColumns(
  now: Date,
  search: ExceptionsSearch,
  onOrder: (order: ExceptionListOrder) => void,
): DataColumn<GroupedRow>[] {
  const { order } = search;
  return [
    {
      id: 'members',
      header: 'Matching / all',
      width: 106,
      align: 'end',
      cell: (row) => (
        <AppLink href={membersHref(search, row.group.id)} title={membersWords(row)}>
          {countNumber(row.matchingCount)}
          {row.isLowerBound && '+'} / {countNumber(row.group.memberCount)}
          {row.group.memberCountIsLowerBound && '+'}
        </AppLink>
      ),
    },
    {
      id: 'problem',
      header: 'Problem',
      cell: (row) => (
        <AppLink href={groupsHref({ open: row.group.id })} title={`${row.group.title}: the page of the group`}>
          {row.group.title}
        </AppLink>
      ),
    },
    {
      id: 'hop',
      header: 'Step',
      width: 210,
      hideBelow: 1300,
      cell: (row) => <span title={row.group.hop}>{plainWords(row.group.hop.replace('/', ': '))}</span>,
    },
    {
      id: 'money',
      header: 'At risk in EUR',
      width: 158,
      align: 'end',
      sort: {
        direction: order === 'money' ? 'descending' : 'none',
        onSort: () => onOrder(order === 'money' ? 'priority' : 'money'),
      },
      cell: (row) => <span title={moneyTitle(row)}>{moneyOfGroup(row) ?? <span className="muted">–</span>}</span>,
    },
    {
      id: 'oldest',
      header: 'Oldest',
      width: 104,
      align: 'end',
      hideBelow: 620,
      sort: {
        direction: order === 'oldest' ? 'descending' : order === 'newest' ? 'ascending' : 'none',
        onSort: () => onOrder(order === 'oldest' ? 'newest' : order === 'newest' ? 'priority' : 'oldest'),
      },
      cell: (row) => (
        <time title={`First failed ${exactInstant(row.oldestOpenedAt)}`}>{age(row.oldestOpenedAt, now)}</time>
      ),
    },
    {
      id: 'next',
      header: 'Next cut-off',
      width: 112,
      hideBelow: 760,
      cell: (row) =>
        row.nextDueAt === null ? (
          <span className="muted">none</span>
        ) : (
          <time title={exactInstant(row.nextDueAt)}>{untilWords(row.nextDueAt, now)}</time>
        ),
    },
    {
      id: 'standing',
      header: 'Standing',
      width: 150,
      hideBelow: 1000,
      cell: (row) => <GroupStanding group={row.group} now={now} />,
    },
    {
      id: 'owner',
      header: 'Owner',
      width: 104,
      hideBelow: 900,
      cell: (row) => row.group.owner?.displayName ?? <span className="muted">nobody</span>,
    },
  ];
}

/** "48 min left"; what passed since the list was read is not told as time that is left. */
function untilWords(nextDueAt: string, now: Date): string {
  const left = Date.parse(nextDueAt) - now.getTime();
  return left > 0 ? `${duration(left)} left` : `${duration(left)} ago`;
}

/** "↓ 1.2 m ↑ 40 k": what comes in and what goes out, apart; undefined where nothing does. */
export function moneyOfGroup({ inflow, outflow }: Pick<GroupedRow, 'inflow' | 'outflow'>): string | undefined {
  const sides = [
    { amount: inflow, sign: '↓' },
    { amount: outflow, sign: '↑' },
  ].filter(({ amount }) => !isZero(amount));
  if (sides.length === 0) return undefined;
  return sides.map(({ amount, sign }) => `${sign} ${compactMoney({ amount, currency: 'EUR' })}`).join(' ');
}

function moneyTitle({ inflow, outflow, withoutFigure }: GroupedRow): string {
  const unknown = withoutFigure === 0 ? '' : `; ${count(withoutFigure, 'exception')} without a figure`;
  return `EUR ${inflow} of inflow, EUR ${outflow} of outflow${unknown}`;
}

function membersWords({ matchingCount, group }: GroupedRow): string {
  const matching = `${countNumber(matchingCount)} of ${count(group.memberCount, 'member')} match`;
  return `${matching}, ${countNumber(group.openCount)} open: show them one by one`;
}
