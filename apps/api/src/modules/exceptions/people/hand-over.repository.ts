import type { Tx } from '@throughline/persistence';
import type { Shift } from '../domain/hand-over.js';
import { OPEN_STATES } from '../queue.repository.js';

/** Whose work is handed over: a queue's, a person's, or everybody's. */
export type HandOverOf = { queue: string | null; personId: string | null };

/** An exception that the next shift must know of, and when. */
export type HandOverItem = { exceptionId: string; at: Date; step: string | null };

/** The first ones, and how many there are. */
export type HandOverPart = { count: number; items: HandOverItem[] };

/** Exceptions of one part that are listed; a hand-over of more is a list nobody reads. */
const MOST_LISTED = 100;

type Row = HandOverItem & { total: number };

/** What somebody has in hand, the most urgent first. */
export function listClaims(tx: Tx, of: HandOverOf): Promise<HandOverPart> {
  const params: unknown[] = [tx.tenantId, OPEN_STATES];
  return part(
    tx,
    `select e.exception_id as "exceptionId", e.last_occurred_at as at, null as step, count(*) over ()::int as total
     from exception e
     where e.tenant_id = $1 and e.state = any($2::text[]) and e.owner_id is not null ${scopeOf(of, params)}
     order by e.priority_order desc, e.exception_id limit ${MOST_LISTED}`,
    params,
  );
}

/** Waits that end in the next shift, the first one first. */
export function listEndingWaits(tx: Tx, of: HandOverOf, { until }: Shift): Promise<HandOverPart> {
  const params: unknown[] = [tx.tenantId, until];
  const end = 'case when w.until_at is null then w.expires_at else w.until_at end';
  return part(
    tx,
    `select e.exception_id as "exceptionId", ${end} as at, null as step, count(*) over ()::int as total
     from exception_wait w
     join exception e on e.tenant_id = $1 and e.exception_id = w.exception_id and e.state = 'WAITING'
     where w.tenant_id = $1 and ${end} <= $2 ${scopeOf(of, params, 'w.started_by')}
     order by ${end}, e.exception_id limit ${MOST_LISTED}`,
    params,
  );
}

/** What is due in the next hours and can still be met, the first one first. */
export function listCutOffs(tx: Tx, of: HandOverOf, { cutOffUntil }: Shift, now: Date): Promise<HandOverPart> {
  const params: unknown[] = [tx.tenantId, OPEN_STATES, now, cutOffUntil];
  return part(
    tx,
    `select e.exception_id as "exceptionId", e.next_due_at as at, e.next_due_step as step, count(*) over ()::int as total
     from exception e
     where e.tenant_id = $1 and e.state = any($2::text[]) and e.next_due_at > $3 and e.next_due_at <= $4 ${scopeOf(of, params)}
     order by e.next_due_at, e.exception_id limit ${MOST_LISTED}`,
    params,
  );
}

function scopeOf({ queue, personId }: HandOverOf, params: unknown[], alsoBy?: string): string {
  const conditions: string[] = [];
  if (queue !== null) conditions.push(`e.queue = $${params.push(queue)}`);
  if (personId !== null) {
    const person = `$${params.push(personId)}::uuid`;
    conditions.push(alsoBy ? `(e.owner_id = ${person} or ${alsoBy} = ${person})` : `e.owner_id = ${person}`);
  }
  return conditions.map((condition) => `and ${condition}`).join(' ');
}

async function part(tx: Tx, sql: string, params: readonly unknown[]): Promise<HandOverPart> {
  const rows = await tx.query<Row>(sql, params);
  return { count: rows[0]?.total ?? 0, items: rows.map(({ total: _total, ...item }) => item) };
}
