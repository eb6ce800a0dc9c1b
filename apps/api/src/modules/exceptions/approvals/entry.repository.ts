import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../../graphql/connection.js';

/** What is decided as one: a request by itself, all that one act asked for, or a decision that was made on that. */
export type EntryKind = 'alone' | 'act' | 'decision';

export type Entry = { kind: EntryKind; id: string; at: Date };

/** One in a list. */
export type EntryRow = Entry & { orderText: string };

export const ENTRY_CURSOR_PARTS = ['instant', 'uuid'] as const;

const WAITS = `a.state = 'pending' and e.state = 'PENDING_APPROVAL'`;

const JOINED = `exception_acceptance a join exception e on e.tenant_id = $1 and e.exception_id = a.exception_id`;

/** From act to act of those that asked for what is not decided, whatever they asked for: few, beside very many requests. */
const ACTS = `
  with recursive asking as (
    (select bulk_act_id from exception_acceptance where tenant_id = $1 and state = 'pending' and bulk_act_id is not null
     order by bulk_act_id limit 1)
    union all
    select (select n.bulk_act_id from exception_acceptance n
            where n.tenant_id = $1 and n.state = 'pending' and n.bulk_act_id > s.bulk_act_id order by n.bulk_act_id limit 1)
    from asking s where s.bulk_act_id is not null
  ), acts as materialized (
    select b.bulk_act_id, b.submitted_at from asking s join bulk_act b on b.tenant_id = $1 and b.bulk_act_id = s.bulk_act_id
    where exists (select 1 from ${JOINED} where a.tenant_id = $1 and a.bulk_act_id = s.bulk_act_id and ${WAITS})
  )`;

const WAITING_ALONE = `${JOINED} where a.tenant_id = $1 and a.bulk_act_id is null and ${WAITS}`;

// what an act asked for and somebody decided by itself is told by itself
const DECIDED_ALONE = `${JOINED} where a.tenant_id = $1 and a.decision_act_id is null
  and (a.bulk_act_id is null or a.decider_id is not null) and not (${WAITS})`;

const DECISIONS = `bulk_act b where b.tenant_id = $1 and b.decides_act_id is not null and b.state in ('CANCELLED', 'DONE', 'DONE_WITH_FAILURES')`;

/** What is decided as one, what waits the longest first or what was decided the latest first, one more than asked. */
export function listEntries(tx: Tx, isPending: boolean, page: Page): Promise<EntryRow[]> {
  const order = isPending ? 'asc' : 'desc';
  const beyond = (at: string, id: string) =>
    `($2::timestamptz is null or (${at}, ${id}) ${isPending ? '>' : '<'} ($2, $3::uuid)) order by ${at} ${order}, ${id} ${order} limit $4`;
  const alone = `select 'alone' as kind, a.acceptance_id as id, a.requested_at as at
    from ${isPending ? WAITING_ALONE : DECIDED_ALONE} and ${beyond('a.requested_at', 'a.acceptance_id')}`;
  const many = isPending
    ? `select 'act', b.bulk_act_id, b.submitted_at from acts b where ${beyond('b.submitted_at', 'b.bulk_act_id')}`
    : `select 'decision', b.bulk_act_id, b.submitted_at from ${DECISIONS} and ${beyond('b.submitted_at', 'b.bulk_act_id')}`;
  return tx.query<EntryRow>(
    `${isPending ? ACTS : ''}
     select kind, id, at, ${instantCursorSql('at')} as "orderText" from ((${alone}) union all (${many})) entries
     order by at ${order}, id ${order} limit $4`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

/** One by its id, whether or not it waits; null = there is none. */
export async function findEntry(tx: Tx, id: string): Promise<Entry | null> {
  const [row] = await tx.query<Entry>(
    `select 'alone' as kind, acceptance_id as id, requested_at as at from exception_acceptance where tenant_id = $1 and acceptance_id = $2
     union all
     select case when decides_act_id is null then 'act' else 'decision' end, bulk_act_id, submitted_at from bulk_act
     where tenant_id = $1 and bulk_act_id = $2 and (kind = 'ACCEPT' or decides_act_id is not null)`,
    [tx.tenantId, id],
  );
  return row ?? null;
}

/** How many there are. */
export function countEntries(tx: Tx, isPending: boolean): Promise<RowCount> {
  const sql = isPending
    ? `select 1 from ${WAITING_ALONE} union all select 1 from (${ACTS} select 1 from acts) many`
    : `select 1 from ${DECIDED_ALONE} union all select 1 from ${DECISIONS}`;
  return countRows(tx, sql, [tx.tenantId]);
}
