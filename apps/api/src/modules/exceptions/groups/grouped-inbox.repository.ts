import { formatAmount, fromMinorUnits } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { instantCursorSql, type CursorPart, type Page, type RowCount } from '../../../graphql/connection.js';
import type { InboxSelection } from '../domain/inbox-selection.js';
import { REPORTING_CURRENCY } from '../domain/priority.js';
import { COUNTED, countedOnceSql } from '../inbox/counted-once.js';
import { rowsLeft } from '../inbox/facet-rows.js';
import { MOST_SAMPLED } from '../inbox/limits.js';
import { IS_OPEN } from '../inbox/open-sql.js';
import type { InboxOrder } from '../inbox.repository.js';
import { GROUP_COLUMNS, memberCountSql, withClosedSql, type GroupRow } from './group.repository.js';

/** A group with what of it a selection finds. */
export type GroupedRow = GroupRow & {
  /** Members that match. */
  matching: number;
  /** There are more: of very many closed ones the newest are looked at. */
  isLowerBound: boolean;
  /** Of those that match, in the reporting currency, each unit of money once. */
  inflow: string;
  outflow: string;
  /** Of those that match: no money, or nobody can put a figure on it. */
  withoutFigure: number;
  oldestOpenedAt: Date;
  /** The first due time of those that match that can still be met. */
  nextDueAt: Date | null;
  /** Of all groups that match. */
  total: number;
  sortText: string;
};

type Ordering = { aggregate: string; type: string; text: string; part: CursorPart; direction: 'asc' | 'desc' };

/** As the exceptions are ordered, by the first of each group; money by the largest of its amounts. */
const ORDERINGS: Readonly<Record<InboxOrder, Ordering>> = {
  PRIORITY_DESC: integer('max(e.priority_order)'),
  MONEY_DESC: integer('coalesce(max(e.reporting_minor), -1)'),
  OPENED_ASC: instant('min(e.opened_at)', 'asc'),
  OPENED_DESC: instant('max(e.opened_at)', 'desc'),
};

function integer(aggregate: string): Ordering {
  return { aggregate, type: 'bigint', text: 'o.place::text', part: 'integer', direction: 'desc' };
}

function instant(aggregate: string, direction: 'asc' | 'desc'): Ordering {
  return { aggregate, type: 'timestamptz', text: instantCursorSql('o.place'), part: 'instant', direction };
}

/** Parts of this list's cursors. */
export function groupedCursorParts(order: InboxOrder): readonly CursorPart[] {
  return [ORDERINGS[order].part, 'uuid'];
}

const inDirection = (minor: string) =>
  ['inflow', 'outflow']
    .map((name) => `coalesce(sum(${minor}) filter (where direction = '${name}'), 0)::text as ${name}`)
    .join(', ');

/**
 * Groups of what matches, a page of them. Within a group an object has one exception, so that amounts add up; only where groups were
 * made part of one may it have several, and only where money is held by another object may it be there twice: these are counted once.
 */
export async function listGrouped(
  tx: Tx,
  selection: InboxSelection,
  order: InboxOrder,
  page: Page,
): Promise<GroupedRow[]> {
  const { parameters, add, withSql, sampled, from } = rowsLeft(tx.tenantId, selection);
  const { aggregate, type, text, direction } = ORDERINGS[order];
  const now = add(selection.narrowing.at, 'timestamptz');
  const [key, id] = page.after ?? [];
  const beyond =
    page.after === null
      ? ''
      : `and (o.place, g.group_id) ${direction === 'asc' ? '>' : '<'} (${add(key, type)}, ${add(id, 'uuid')})`;
  const found = (condition: string) =>
    `select ${COUNTED}, e.direction, e.reporting_minor as amount, false as is_unknown
     from ${from} and e.group_id = page.id and page."isOnce" and ${condition}`;
  const grouped = `grouped as materialized (
    select e.group_id, count(*)::int as matching, ${inDirection('e.reporting_minor')},
           count(*) filter (where e.reporting_minor is null)::int as without, min(e.opened_at) as oldest,
           min(e.cut_off_at) filter (where e.cut_off_at > ${now} and e.cut_off_at < 'infinity') as next,
           count(e.money_whole_id) > 0 as "isHeld", ${aggregate} as place
    from ${from} group by e.group_id)`;
  const isLowerBound =
    sampled.length === 0 ? 'false' : `(select max(count) >= ${MOST_SAMPLED} from (${sampled.join(' union all ')}) s)`;
  const rows = await tx.query<GroupedRow>(
    `with ${[...withSql, grouped].join(', ')}
     select page.*, open.members as "openCount", open.last as "lastOccurredAt", ${memberCountSql('open.members')},
            case when page."isOnce" then once.inflow else page.inflow end as inflow,
            case when page."isOnce" then once.outflow else page.outflow end as outflow,
            (select count(*)::int from grouped) as total, ${isLowerBound} as "isLowerBound"
     from (
       select ${GROUP_COLUMNS}, o.matching, o.inflow, o.outflow, o.without as "withoutFigure", o.oldest as "oldestOpenedAt",
              o.next as "nextDueAt", ${text} as "sortText", o.place,
              o."isHeld" or exists (
                select 1 from exception_group part where part.tenant_id = $1 and part.merged_into = g.group_id) as "isOnce"
       from grouped o join exception_group g on g.tenant_id = $1 and g.group_id = o.group_id
       where true ${beyond} order by o.place ${direction}, g.group_id ${direction} limit ${page.first + 1}
     ) page
     cross join lateral (
       select count(*)::int as members, max(e.last_occurred_at) as last
       from exception e where e.tenant_id = $1 and e.group_id = page.id and ${IS_OPEN}
     ) open
     ${withClosedSql('page.id')}
     cross join lateral (
       select ${inDirection('amount')} from (${countedOnceSql(found, ['direction'])}) counted
     ) once
     order by page.place ${direction}, page.id ${direction}`,
    parameters,
  );
  return rows.map((row) => ({ ...row, inflow: amountOf(row.inflow), outflow: amountOf(row.outflow) }));
}

/** How many groups there are; a page that is behind all of them does not tell it. Of what is only looked at in part, at least so many. */
export async function countGrouped(
  tx: Tx,
  selection: InboxSelection,
  [known]: readonly GroupedRow[],
): Promise<RowCount> {
  const [first] =
    known === undefined ? await listGrouped(tx, selection, 'PRIORITY_DESC', { first: 0, after: null }) : [known];
  return { count: first?.total ?? 0, isEstimate: first?.isLowerBound ?? false };
}

function amountOf(minor: string): string {
  return formatAmount(fromMinorUnits(BigInt(minor), REPORTING_CURRENCY).amount, REPORTING_CURRENCY);
}
