import type { Tx } from '@throughline/persistence';
import {
  AGE_BUCKETS,
  AMOUNT_BUCKETS,
  CUT_OFF_BUCKETS,
  dueOnOf,
  dueWithin,
  openedWithin,
  PAST_DUE_BUCKETS,
} from '../domain/inbox-buckets.js';
import {
  countTimed,
  nameOfBounds,
  type CountedValue,
  type InboxFacet,
  type TimedCount,
} from '../domain/inbox-facets.js';
import type { InboxSelection } from '../domain/inbox-selection.js';
import { dayOf, pastDueConditions, type AddParameter } from '../narrowing-conditions.js';
import { rowsLeft, toldCells } from './facet-rows.js';
import { FACET_PARTS, facetConditions, partSql, type FacetPart } from './facet-sql.js';
import { MOST_SAMPLED } from './limits.js';

/** What the inbox holds, facet by facet; `isLowerBound` = there are more than could be counted. */
export type CountedInbox = { total: number; isLowerBound: boolean; counted: CountedValue[] };

/** Counts each value of each facet by all filters but its own facet's: two statements, whatever is chosen. */
export async function countFacets(tx: Tx, selection: InboxSelection, viewerId: string): Promise<CountedInbox> {
  const told = await countTold(tx, selection);
  const { total, counted } = countTimed(await countRows(tx, selection, viewerId), {
    ages: selection.narrowing.ages,
    cutOffs: selection.narrowing.cutOffs,
    isOfOwner: (row) => (!selection.unassigned || !row.isOwned) && (selection.ownerId === null || row.isChosen),
  });
  return { total, isLowerBound: told.isLowerBound, counted: [...told.counted, ...counted] };
}

/** Parts of the facet that are facets themselves. */
const TOLD = FACET_PARTS.filter((part) => part !== 'IS_OWNED');

type ToldRow = { facet: InboxFacet | 'SAMPLED'; value: string; count: number };

async function countTold(tx: Tx, selection: InboxSelection): Promise<Omit<CountedInbox, 'total'>> {
  const { parameters, add, withSql, sampled, cells } = toldCells(tx.tenantId, selection);
  const { AMOUNT = 'is_within', ...others } = facetConditions(selection, add);
  const conditions: [string, string][] = Object.entries({ ...others, AMOUNT });
  const valueOf = (part: FacetPart) => `value_${part.toLowerCase()}`;
  const failsOf = (part: string) => `fails_${part.toLowerCase()}`;
  const judged = `judged as materialized (
    select n, ${TOLD.map((part) => `${partSql(part)} as ${valueOf(part)}`).join(', ')},
           ${conditions.map(([part, sql]) => `case when ${sql} then 0 else 1 end as ${failsOf(part)}`).join(', ')}
    from (${cells}) c)`;
  const fails = conditions.map(([part]) => failsOf(part)).join(' + ');
  const counts = TOLD.map((part) => {
    const own = conditions.some(([name]) => name === part) ? ` - ${failsOf(part)}` : '';
    return `select '${part}' as facet, ${valueOf(part)} as value, sum(n)::int as count
            from judged where ${fails}${own} = 0 group by ${valueOf(part)}`;
  });
  const rows = await tx.query<ToldRow>(
    `with ${[...withSql, judged].join(', ')} ${[...counts, ...sampled].join(' union all ')}`,
    parameters,
  );
  const counted: CountedValue[] = [];
  let isLowerBound = false;
  for (const { facet, value, count } of rows) {
    if (facet === 'SAMPLED') isLowerBound = count >= MOST_SAMPLED;
    else counted.push({ facet, value: valueTold(facet, value), count });
  }
  return { isLowerBound, counted };
}

function valueTold(facet: InboxFacet, value: string): string {
  if (facet === 'ESCALATED' || facet === 'STATUTORY' || facet === 'RECURRING') return String(value === '1');
  return facet === 'AMOUNT' ? nameOfAmount(value) : value;
}

function nameOfAmount(position: string): string {
  const bounds = position === '' ? undefined : AMOUNT_BUCKETS[Number(position)];
  return bounds === undefined ? '' : nameOfBounds(bounds);
}

/** What rows alone tell. Chosen ages, times, days and owners are judged by whoever counts: each facet leaves its own out. */
async function countRows(tx: Tx, selection: InboxSelection, viewerId: string): Promise<TimedCount[]> {
  const { narrowing, ownerId } = selection;
  const { parameters, add, withSql, from } = rowsLeft(tx.tenantId, {
    ...selection,
    ownerId: null,
    unassigned: false,
    narrowing: { ...narrowing, ages: null, cutOffs: null, daysPastDue: null },
  });
  const pastDue = pastDueConditions(narrowing, add);
  // one number to group by: seven columns would take twice the time
  const code = [
    [AGES, ageSql(narrowing.at, add)],
    [CUT_OFFS, cutOffSql(narrowing.at, add)],
    [PAST_DUES, pastDueSql(narrowing.at, add)],
    [OWNERS, ownerSql(viewerId, ownerId, add)],
    [2, pastDue.length === 0 ? '1' : `case when ${pastDue.join(' and ')} then 1 else 0 end`],
  ].reduce((sql, [values, next]) => (sql === '' ? `(${next})` : `(${sql} * ${values} + (${next}))`), '');
  const rows = await tx.query<{ code: number; count: number }>(
    `${withSql.length === 0 ? '' : `with ${withSql.join(', ')}`} select ${code} as code, count(*)::int as count from ${from} group by 1`,
    parameters,
  );
  return rows.map(({ code: told, count }) => ({ ...readCode(told, ownerId === null, ownerId === viewerId), count }));
}

const AGES = AGE_BUCKETS.length;
const CUT_OFFS = CUT_OFF_BUCKETS.length;
/** And no due date at all, the first. */
const PAST_DUES = PAST_DUE_BUCKETS.length + 1;
/** Nobody, the viewer, the one who is asked for, somebody else. */
const OWNERS = 4;

function readCode(code: number, isAnyOwner: boolean, isViewerAsked: boolean): Omit<TimedCount, 'count'> {
  const parts: number[] = [];
  let rest = code;
  for (const values of [2, OWNERS, PAST_DUES, CUT_OFFS, AGES]) {
    parts.push(rest % values);
    rest = Math.floor(rest / values);
  }
  const [isPastDue, owner, pastDue, cutOff, age] = parts as [number, number, number, number, number];
  return {
    age,
    cutOff,
    pastDue: pastDue - 1,
    isOwned: owner !== 0,
    isMine: owner === 1,
    isChosen: isAnyOwner || owner === (isViewerAsked ? 1 : 2),
    isPastDue: isPastDue === 1,
  };
}

function ownerSql(viewerId: string, ownerId: string | null, add: AddParameter): string {
  const asked = ownerId === null ? '' : `when e.owner_id = ${add(ownerId, 'uuid')} then 2`;
  return `case when e.owner_id is null then 0 when e.owner_id = ${add(viewerId, 'uuid')} then 1 ${asked} else 3 end`;
}

/** Position of the bucket; the oldest first, as most are old. */
function ageSql(at: Date, add: AddParameter): string {
  const older = AGE_BUCKETS.map((bucket, position) => ({ position, until: openedWithin(bucket, at).until })).reverse();
  const cases = older.flatMap(({ position, until }) =>
    until === null ? [] : [`when e.opened_at <= ${add(until, 'timestamptz')} then ${position}`],
  );
  return `case ${cases.join(' ')} else 0 end`;
}

function cutOffSql(at: Date, add: AddParameter): string {
  const later = CUT_OFF_BUCKETS.flatMap((bucket, position) => {
    const span = dueWithin(bucket, at);
    return span === null ? [] : [{ position, after: span.after }];
  }).reverse();
  const cases = later.map(({ position, after }) => `when e.cut_off_at > ${add(after, 'timestamptz')} then ${position}`);
  return `case when e.cut_off_at = 'infinity' then ${CUT_OFF_BUCKETS.indexOf('NONE')} ${cases.join(' ')}
               else ${CUT_OFF_BUCKETS.indexOf('OVERDUE')} end`;
}

function pastDueSql(at: Date, add: AddParameter): string {
  const cases = PAST_DUE_BUCKETS.flatMap((bounds, position) => {
    const { from } = dueOnOf(bounds, dayOf(at));
    return from === null ? [] : [`when e.due_on >= ${add(from, 'text')} then ${position + 1}`];
  });
  return `case when e.due_on is null then 0 ${cases.join(' ')} else ${PAST_DUE_BUCKETS.length} end`;
}
