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
import { MOST_SAMPLED, rowsLeft, toldCells } from './facet-rows.js';
import { FACET_PARTS, facetConditions, partSql, type FacetPart } from './facet-sql.js';

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
    else counted.push({ facet, value: facet === 'AMOUNT' ? nameOfAmount(value) : value, count });
  }
  return { isLowerBound, counted };
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
  const isTrue = (condition: string) => `case when ${condition} then true else false end`;
  const pastDue = pastDueConditions(narrowing, add);
  return tx.query<TimedCount>(
    `${withSql.length === 0 ? '' : `with ${withSql.join(', ')}`}
     select ${ageSql(narrowing.at, add)} as age, ${cutOffSql(narrowing.at, add)} as "cutOff", ${pastDueSql(narrowing.at, add)} as "pastDue",
            ${pastDue.length === 0 ? 'true' : isTrue(pastDue.join(' and '))} as "isPastDue",
            e.owner_id is not null as "isOwned", ${isTrue(`e.owner_id = ${add(viewerId, 'uuid')}`)} as "isMine",
            ${ownerId === null ? 'true' : isTrue(`e.owner_id = ${add(ownerId, 'uuid')}`)} as "isChosen", count(*)::int as count
     from ${from} group by 1, 2, 3, 4, 5, 6, 7`,
    parameters,
  );
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
    return from === null ? [] : [`when e.due_on >= ${add(from, 'text')} then ${position}`];
  });
  return `case when e.due_on is null then -1 ${cases.join(' ')} else ${PAST_DUE_BUCKETS.length - 1} end`;
}
