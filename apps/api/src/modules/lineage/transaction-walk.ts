import type { Tx } from '@throughline/persistence';
import { instantCursorSql } from '../../graphql/connection.js';
import type { TransactionSelection } from './domain/transaction-selection.js';
import type { WorkflowClock } from './domain/workflow-clock.js';
import type { TransactionOrder } from './graphql/transaction.types.js';
import { isWithin, rowConditions } from './transaction-conditions.js';
import { ANCHOR, ORDER_COLUMN, columns, type TransactionRow } from './transaction.repository.js';
import { CLOCK_TYPES, clockParams } from './transaction-state.js';

/** What is walked, and what is wanted of it. */
type Walked = { selection: TransactionSelection; facets: readonly string[] | null };

/** The newest of this many facets are merged; of more the newest of all are of many of them anyway. */
export const MOST_MERGED = 256;

/** Columns of a transaction `t` that conditions and answers need; the digests would be most of a row. */
export const NEEDED = [
  ...[
    'transaction_id',
    'workflow',
    'progress',
    'anchor_object_id',
    'legal_entity',
    'counterparty',
    'counterparty_folded',
  ],
  ...['amount', 'currency', 'started_at', 'completed_at', 'last_occurred_at'],
]
  .map((column) => `t.${column}`)
  .join(', ');

/**
 * The newest rows of each source, `budget` of them in all and as many as are wanted of each, as `walked`. How far they are complete is `horizon`: a source that had
 * more ends somewhere, and what lies behind the latest of these ends is not known. No row there = all were walked.
 */
function walkedSql(
  plan: Walked,
  order: TransactionOrder,
  { after, budget, wanted }: { after: readonly string[] | null; budget: number; wanted: number },
  add: (value: unknown) => string,
): string {
  const column = ORDER_COLUMN[order];
  const isMerged = order === 'LAST_ACTIVITY_DESC' && plan.facets !== null && plan.facets.length <= MOST_MERGED;
  const sources = isMerged ? (plan.facets ?? []) : [''];
  const each = Math.max(wanted, Math.ceil(budget / sources.length));
  const { startedAt, lastActivityAt } = plan.selection;
  const within = isWithin(`t.${column}`, order === 'STARTED_DESC' ? startedAt : lastActivityAt, 'timestamptz', add);
  const bounds = [
    ...(isMerged ? ['t.facet = source.name'] : []),
    ...within,
    ...(after === null
      ? []
      : [`(t.${column}, t.transaction_id) < (${add(after[0])}::timestamptz, ${add(after[1])}::uuid)`]),
  ];
  return `walked as materialized (
      select source.name, t.* from unnest(${add(sources)}::text[]) as source(name)
      cross join lateral (
        select ${NEEDED} from business_transaction t
        where ${['t.tenant_id = $1', ...bounds].join(' and ')}
        order by t.${column} desc, t.transaction_id desc limit ${each}
      ) t
    ), horizon as materialized (
      select ends.${column} as at, ends.transaction_id as id
      from (select distinct on (name) ${column}, transaction_id, count(*) over (partition by name) as rows
            from walked order by name, ${column}, transaction_id) ends
      where ends.rows = ${each} order by at desc, id desc limit 1
    )`;
}

/** The matching ones among the newest rows behind a cursor, and where the walk stopped before the end. */
export async function walkNewest(
  tx: Tx,
  clock: WorkflowClock,
  plan: Walked,
  order: TransactionOrder,
  step: { after: readonly string[] | null; budget: number; wanted: number },
): Promise<{ rows: TransactionRow[]; stoppedAt: [at: string, id: string] | null }> {
  const params = clockParams(tx, clock);
  const add = (value: unknown): string => `$${params.push(value)}`;
  const column = ORDER_COLUMN[order];
  const conditions = [...rowConditions(plan.selection, add), CLOCK_TYPES].join(' and ');
  const rows = await tx.query<TransactionRow & { stoppedText: string | null; stoppedId: string | null }>(
    `with ${walkedSql(plan, order, step, add)}, matching as (
       -- in order first: conditions are then checked of as few as the page takes
       select t.* from (
         select t.* from walked t left join horizon h on true
         where h.id is null or (t.${column}, t.transaction_id) >= (h.at, h.id)
         order by t.${column} desc, t.transaction_id desc offset 0
       ) t
       where ${conditions}
       order by t.${column} desc, t.transaction_id desc limit ${step.wanted}
     )
     select ${instantCursorSql('h.at')} as "stoppedText", h.id as "stoppedId", page.*
     from (select) one left join horizon h on true
     left join lateral (select ${columns(order)} from matching t ${ANCHOR}) page on true
     order by page."orderText" desc, page.id desc`,
    params,
  );
  const { stoppedText = null, stoppedId = null } = rows[0] ?? {};
  return {
    rows: rows.filter(({ id }) => id !== null),
    stoppedAt: stoppedText === null || stoppedId === null ? null : [stoppedText, stoppedId],
  };
}

/** How many of the newest rows match. */
export async function countNewest(
  tx: Tx,
  clock: WorkflowClock,
  plan: Walked,
  budget: number,
): Promise<{ rows: number; matches: number; isAll: boolean }> {
  const params = clockParams(tx, clock);
  const add = (value: unknown): string => `$${params.push(value)}`;
  const conditions = [...rowConditions(plan.selection, add), CLOCK_TYPES].join(' and ');
  const [row] = await tx.query<{ rows: number; matches: number; isAll: boolean }>(
    `with ${walkedSql(plan, 'LAST_ACTIVITY_DESC', { after: null, budget, wanted: 1 }, add)}
     select count(*)::int as rows, (count(*) filter (where ${conditions}))::int as matches, not exists (select from horizon) as "isAll"
     from walked t`,
    params,
  );
  return row ?? { rows: 0, matches: 0, isAll: true };
}
