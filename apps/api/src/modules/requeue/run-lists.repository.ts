import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';
import type { AttemptState } from './domain/attempt.js';
import type { RequestState } from './domain/request-life.js';
import { ATTEMPT_COLUMNS, type AttemptRow, type RequeueRequestRow } from './requeue.repository.js';

export const REQUEST_CURSOR_PARTS = ['instant', 'uuid'] as const;

/** Requests of these states (null = all), the latest first, one more than asked. */
export function listRequests(
  tx: Tx,
  states: readonly RequestState[] | null,
  page: Page,
): Promise<(RequeueRequestRow & { orderText: string })[]> {
  return tx.query(
    `select request_id as id, reason, maker_name as "makerName", created_at as "createdAt", items,
            ${instantCursorSql('created_at')} as "orderText"
     from requeue_request
     where tenant_id = $1 and ($2::text[] is null or state = any($2::text[]))
       and ($3::timestamptz is null or (created_at, request_id) < ($3, $4::uuid))
     order by created_at desc, request_id desc limit $5`,
    [tx.tenantId, states, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export function countRequests(tx: Tx, states: readonly RequestState[] | null): Promise<RowCount> {
  return countRows(
    tx,
    `select 1 from requeue_request where tenant_id = $1 and ($2::text[] is null or state = any($2::text[]))`,
    [tx.tenantId, states],
  );
}

export type StateCount = { state: AttemptState; count: number };

export type Progress = {
  state: RequestState;
  changedAt: Date | null;
  /** Attempts by state. */
  outcomes: StateCount[];
  integrations: string[];
  /** Taken, or perhaps, and neither proved nor ended otherwise. */
  unproved: number;
  /** Transmissions within the ten seconds before now, per second. */
  ratePerSecond: number;
};

const RATE_OVER_SECONDS = 10;

/** How far requests are. */
export async function findProgress(tx: Tx, requestIds: readonly string[], now: Date): Promise<(Progress | null)[]> {
  const rows = await tx.query<Omit<Progress, 'ratePerSecond'> & { id: string; sentLately: number }>(
    `select r.request_id as id, r.state, r.changed_at as "changedAt", coalesce(t.outcomes, '[]') as outcomes,
            coalesce(t.integrations, '{}') as integrations, coalesce(t.lately, 0)::int as "sentLately",
            coalesce(t.unproved, 0)::int as unproved
     from requeue_request r
     left join lateral (
       select jsonb_agg(jsonb_build_object('state', s.state, 'count', s.count) order by s.state) as outcomes,
              sum(s.lately) as lately, sum(s.open) filter (where s.state in ('ACKNOWLEDGED', 'UNKNOWN')) as unproved,
              (select array_agg(distinct n.integration) from requeue_attempt n
               where n.tenant_id = $1 and n.request_id = r.request_id) as integrations
       from (select a.state, count(*)::int as count, count(*) filter (where a.sent_at > $3) as lately,
                    count(*) filter (where a.finished_at is null) as open
             from requeue_attempt a where a.tenant_id = $1 and a.request_id = r.request_id group by a.state) s
     ) t on true
     where r.tenant_id = $1 and r.request_id = any($2::uuid[])`,
    [tx.tenantId, requestIds, new Date(now.getTime() - RATE_OVER_SECONDS * 1_000)],
  );
  const byId = new Map(
    rows.map(({ id, sentLately, ...row }) => [id, { ...row, ratePerSecond: sentLately / RATE_OVER_SECONDS }]),
  );
  return requestIds.map((id) => byId.get(id) ?? null);
}

export const ITEM_CURSOR_PARTS = ['integer', 'uuid'] as const;

export type ItemRow = AttemptRow & { position: number; isHeld: boolean };

/** What a request sends, in the order in which it goes out, one more than asked; null = of any state. */
export function listItems(tx: Tx, requestId: string, state: AttemptState | null, page: Page): Promise<ItemRow[]> {
  const params: unknown[] = [tx.tenantId, requestId, page.first + 1];
  const ofState = state === null ? '' : `and a.state = $${params.push(state)}`;
  const beyond =
    page.after === null
      ? ''
      : `and (a.position, a.attempt_id) > ($${params.push(page.after[0])}::integer, $${params.push(page.after[1])}::uuid)`;
  return tx.query<ItemRow>(
    `select ${ATTEMPT_COLUMNS}, a.position, a.state = 'QUEUED' and a.released_at is null as "isHeld"
     from requeue_attempt a join requeue_request r on r.tenant_id = a.tenant_id and r.request_id = a.request_id
     where a.tenant_id = $1 and a.request_id = $2 ${ofState} ${beyond} order by a.position, a.attempt_id limit $3`,
    params,
  );
}

export function countItems(tx: Tx, requestId: string, state: AttemptState | null): Promise<RowCount> {
  return countRows(
    tx,
    `select 1 from requeue_attempt where tenant_id = $1 and request_id = $2 and ($3::text is null or state = $3)`,
    [tx.tenantId, requestId, state],
  );
}

export const UNKNOWN_CURSOR_PARTS = ['instant', 'uuid'] as const;

export type UnknownRow = AttemptRow & {
  orderText: string;
  integration: string;
  isIdempotent: boolean;
  retryAt: Date | null;
  isCancelled: boolean;
  canAsk: boolean;
};

/** Whether the target took it is not known, or it did and nothing was seen of it in time ($2 = now); nothing has told since. */
const IS_UNKNOWN = `a.tenant_id = $1 and a.state in ('ACKNOWLEDGED', 'UNKNOWN') and a.finished_at is null
  and (a.state = 'UNKNOWN' or a.verify_by <= $2)`;

/** Attempts of which nobody knows what became of them, the oldest first, one more than asked. */
export function listUnknown(tx: Tx, now: Date, page: Page): Promise<UnknownRow[]> {
  return tx.query<UnknownRow>(
    `select ${ATTEMPT_COLUMNS}, ${instantCursorSql('a.sent_at')} as "orderText", a.integration,
            coalesce(i.requeue_is_idempotent, false) as "isIdempotent", a.retry_at as "retryAt",
            r.state = 'CANCELLED' as "isCancelled", coalesce(i.requeue_status_url is not null, false) as "canAsk"
     from requeue_attempt a join requeue_request r on r.tenant_id = $1 and r.request_id = a.request_id
     left join integration i on i.tenant_id = $1 and i.name = a.integration
     where ${IS_UNKNOWN} and ($3::timestamptz is null or (a.sent_at, a.attempt_id) > ($3, $4::uuid))
     order by a.sent_at, a.attempt_id limit $5`,
    [tx.tenantId, now, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

export function countUnknown(tx: Tx, now: Date): Promise<RowCount> {
  return countRows(tx, `select 1 from requeue_attempt a where ${IS_UNKNOWN}`, [tx.tenantId, now]);
}
