import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';
import type { FrozenRequest } from './domain/acceptance.js';
import type { AcceptanceState } from './domain/acceptance-decision.js';
import type { BackTo } from './domain/wait.js';

/** A request to close without correction, as frozen, and what became of it. */
export type AcceptanceRow = FrozenRequest & {
  acceptanceId: string;
  exceptionId: string;
  state: AcceptanceState;
  reasonCode: string;
  comment: string;
  limitAmount: string;
  limitCurrency: string;
  convertedAmount: string | null;
  backTo: BackTo;
  /** SHA-256 of what was frozen, lower-case hex. */
  requestHash: string;
  requestedAt: Date;
  /** Null = it waits until somebody decides. */
  expiresAt: Date | null;
  makerId: string;
  makerName: string;
  /** '' = nobody knows with whom; null = it was asked for before that was kept. */
  counterparty: string | null;
  decidedAt: Date | null;
  deciderName: string | null;
  decisionReason: string | null;
};

// A pending one whose exception went another way meanwhile (solved, sent again) is overtaken, whoever did that.
const STATE = `case when a.state = 'pending' and e.state <> 'PENDING_APPROVAL' then 'overtaken' else a.state end`;

const COLUMNS = `a.acceptance_id as "acceptanceId", a.exception_id as "exceptionId", ${STATE} as state,
  a.reason_code as "reasonCode", a.comment, a.title, a.amount, a.currency, a.occurrences, a.duplicates, a.limit_amount as "limitAmount",
  a.limit_currency as "limitCurrency", a.converted_amount as "convertedAmount", a.back_to as "backTo",
  encode(a.request_hash, 'hex') as "requestHash", a.requested_at as "requestedAt", a.expires_at as "expiresAt",
  a.maker_id as "makerId", a.maker_name as "makerName", a.counterparty, a.decided_at as "decidedAt", a.decider_name as "deciderName", a.decision_reason as "decisionReason"`;

const FROM = `exception_acceptance a join exception e on e.tenant_id = $1 and e.exception_id = a.exception_id`;

/** One request; null = none. The caller holds its exception locked where it goes on to decide. */
export async function findAcceptance(tx: Tx, acceptanceId: string): Promise<AcceptanceRow | null> {
  const [row] = await tx.query<AcceptanceRow>(
    `select ${COLUMNS} from ${FROM} where a.tenant_id = $1 and a.acceptance_id = $2`,
    [tx.tenantId, acceptanceId],
  );
  return row ?? null;
}

/** What an act asked for of exceptions, by exception. */
export async function findAcceptancesOfAct(
  tx: Tx,
  bulkActId: string,
  exceptionIds: readonly string[],
): Promise<Map<string, AcceptanceRow>> {
  const rows = await tx.query<AcceptanceRow>(
    `select ${COLUMNS} from ${FROM}
     where a.tenant_id = $1 and a.exception_id = any($2::uuid[]) and a.bulk_act_id = $3`,
    [tx.tenantId, exceptionIds, bulkActId],
  );
  return new Map(rows.map((row) => [row.exceptionId, row]));
}

/** Requests by id; null where there is none. Fits Operation.loader. */
export async function findAcceptances(tx: Tx, ids: readonly string[]): Promise<(AcceptanceRow | null)[]> {
  const rows = await tx.query<AcceptanceRow>(
    `select ${COLUMNS} from ${FROM} where a.tenant_id = $1 and a.acceptance_id = any($2::uuid[])`,
    [tx.tenantId, ids],
  );
  const byId = new Map(rows.map((row) => [row.acceptanceId, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** What an act asked for and waits, in the order of its exceptions, one more than asked. */
export function listWaitingOfAct(tx: Tx, bulkActId: string, page: Page): Promise<AcceptanceRow[]> {
  return tx.query<AcceptanceRow>(
    `select ${COLUMNS} from ${FROM}
     where a.tenant_id = $1 and a.state = 'pending' and a.bulk_act_id = $2 and e.state = 'PENDING_APPROVAL'
       and ($3::uuid is null or a.exception_id > $3) order by a.exception_id limit $4`,
    [tx.tenantId, bulkActId, page.after?.[0] ?? null, page.first + 1],
  );
}

/** The latest request of each exception; null where there is none. Fits Operation.loader. */
export async function findLatestAcceptances(
  tx: Tx,
  exceptionIds: readonly string[],
): Promise<(AcceptanceRow | null)[]> {
  const rows = await tx.query<AcceptanceRow>(
    `select distinct on (a.exception_id) ${COLUMNS} from ${FROM}
     where a.tenant_id = $1 and a.exception_id = any($2::uuid[])
     order by a.exception_id, a.requested_at desc, a.acceptance_id`,
    [tx.tenantId, exceptionIds],
  );
  const byId = new Map(rows.map((row) => [row.exceptionId, row]));
  return exceptionIds.map((id) => byId.get(id) ?? null);
}

export const ACCEPTANCE_CURSOR_PARTS = ['instant', 'uuid'] as const;

/** Requests, those that wait or those that are decided, in the order asked. */
export async function listAcceptances(
  tx: Tx,
  isPending: boolean,
  page: Page,
): Promise<(AcceptanceRow & { orderText: string })[]> {
  // what waits longest comes first, what was decided last does
  const order = isPending ? 'asc' : 'desc';
  return tx.query<AcceptanceRow & { orderText: string }>(
    `select ${COLUMNS}, ${instantCursorSql('a.requested_at')} as "orderText" from ${FROM}
     where ${conditionOf(isPending)}
       and ($2::timestamptz is null or (a.requested_at, a.acceptance_id) ${isPending ? '>' : '<'} ($2, $3::uuid))
     order by a.requested_at ${order}, a.acceptance_id ${order} limit $4`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

/** How many there are. */
export async function countAcceptances(tx: Tx, isPending: boolean): Promise<RowCount> {
  return countRows(tx, `select 1 from ${FROM} where ${conditionOf(isPending)}`, [tx.tenantId]);
}

function conditionOf(isPending: boolean): string {
  const waits = `a.state = 'pending' and e.state = 'PENDING_APPROVAL'`;
  return `a.tenant_id = $1 and ${isPending ? waits : `not (${waits})`}`;
}

/** Ends requests that were overtaken by what happened since, before something else is asked about their exceptions. */
export async function overtakeAcceptances(tx: Tx, exceptionIds: readonly string[]): Promise<void> {
  await tx.query(
    `update exception_acceptance set state = 'overtaken'
     where tenant_id = $1 and exception_id = any($2::uuid[]) and state = 'pending'`,
    [tx.tenantId, exceptionIds],
  );
}

/** Writes requests, at most one of each exception. An earlier one that still stands was overtaken by what happened since. */
export async function insertAcceptances(
  tx: Tx,
  rows: readonly (Omit<AcceptanceRow, 'decidedAt' | 'deciderName' | 'decisionReason'> & { bulkActId: string | null })[],
): Promise<void> {
  await overtakeAcceptances(
    tx,
    rows.map(({ exceptionId }) => exceptionId),
  );
  await tx.query(
    `insert into exception_acceptance (tenant_id, acceptance_id, exception_id, state, reason_code, comment, title, amount, currency,
       occurrences, duplicates, limit_amount, limit_currency, converted_amount, back_to, request_hash, requested_at, expires_at, maker_id, maker_name,
       counterparty, bulk_act_id)
     select $1, r."acceptanceId", r."exceptionId", r.state, r."reasonCode", r.comment, r.title, r.amount, r.currency, r.occurrences,
       r.duplicates, r."limitAmount", r."limitCurrency", r."convertedAmount", r."backTo", decode(r."requestHash", 'hex'), r."requestedAt", r."expiresAt",
       r."makerId", r."makerName", r.counterparty, r."bulkActId"
     from jsonb_to_recordset($2::jsonb) as r("acceptanceId" uuid, "exceptionId" uuid, state text, "reasonCode" text, comment text,
       title text, amount numeric, currency text, occurrences integer, duplicates integer, "limitAmount" numeric, "limitCurrency" text,
       "convertedAmount" numeric, "backTo" text, "requestHash" text, "requestedAt" timestamptz, "expiresAt" timestamptz, "makerId" uuid,
       "makerName" text, counterparty text, "bulkActId" uuid)`,
    [tx.tenantId, JSON.stringify(rows)],
  );
}

export type Decision = { state: 'approved' | 'rejected' | 'withdrawn'; reason: string };

/** Who decided, when, and by which act on many; null = by itself. */
export type Decider = { personId: string; personName: string; at: Date; decisionActId: string | null };

/** Writes what was decided on requests, by whom and why. */
export async function decideAcceptances(
  tx: Tx,
  acceptanceIds: readonly string[],
  { state, reason }: Decision,
  by: Decider,
): Promise<void> {
  await tx.query(
    `update exception_acceptance
     set state = $3, decided_at = $4, decider_id = $5, decider_name = $6, decision_reason = $7, decision_act_id = $8
     where tenant_id = $1 and acceptance_id = any($2::uuid[])`,
    [tx.tenantId, acceptanceIds, state, by.at, by.personId, by.personName, reason, by.decisionActId],
  );
}

/**
 * Exceptions of requests whose time is over: of one act, or of those that were asked for one by one. What an act on many decides is left to
 * that act.
 */
export async function findExpiredAcceptances(
  tx: Tx,
  now: Date,
  most: number,
): Promise<{ bulkActId: string | null; exceptionIds: string[] }> {
  const isDue = `a.tenant_id = $1 and a.state = 'pending' and a.expires_at <= $2 and not exists (
    select 1 from bulk_act d where d.tenant_id = $1 and d.decides_act_id = a.bulk_act_id and d.state in ('FROZEN', 'RUNNING', 'PAUSED'))`;
  const rows = await tx.query<{ bulkActId: string | null; exceptionId: string }>(
    `with first as materialized (
       select a.bulk_act_id from exception_acceptance a where ${isDue} order by a.expires_at, a.acceptance_id limit 1
     )
     select a.bulk_act_id as "bulkActId", a.exception_id as "exceptionId" from first f
     join exception_acceptance a on a.bulk_act_id is not distinct from f.bulk_act_id
     where ${isDue} order by a.expires_at, a.acceptance_id limit $3`,
    [tx.tenantId, now, most],
  );
  return { bulkActId: rows[0]?.bulkActId ?? null, exceptionIds: rows.map(({ exceptionId }) => exceptionId) };
}

/** Writes that nobody decided in time, or that there was nothing to decide any more. */
export async function endAcceptances(
  tx: Tx,
  acceptanceIds: readonly string[],
  state: 'expired' | 'overtaken',
  now: Date,
): Promise<void> {
  await tx.query(
    `update exception_acceptance set state = $3, decided_at = $4
     where tenant_id = $1 and acceptance_id = any($2::uuid[])`,
    [tx.tenantId, acceptanceIds, state, now],
  );
}
