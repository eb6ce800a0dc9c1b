import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../../graphql/connection.js';
import type { MoneyTotal } from '../inbox.repository.js';
import type { BulkActKind, BulkOutcome } from './domain/bulk-act.js';
import type { BulkActState } from './domain/bulk-life-cycle.js';
import { toMoneyTotal } from './selection.repository.js';

export type BulkOutcomes = Partial<Record<BulkOutcome, number>>;

/** A bulk act as stored. */
export type BulkActRow = {
  id: string;
  state: BulkActState;
  kind: BulkActKind;
  /** As JSON, see toBulkAct. */
  act: Record<string, unknown>;
  words: string;
  reason: string;
  filter: Record<string, unknown> | null;
  selectionWords: string;
  hash: string;
  count: number;
  amounts: MoneyTotal[];
  submittedAt: Date;
  submittedById: string;
  submittedByName: string;
  traceId: string | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  donePosition: number;
  /** Without those that are pending. */
  outcomes: BulkOutcomes;
  stateNote: string | null;
};

const COLUMNS = `b.bulk_act_id as id, b.state, b.kind, b.act, b.act_words as words, b.reason, b.filter, b.selection_words as "selectionWords",
  encode(b.selection_hash, 'hex') as hash, b.item_count as count, b.amounts, b.submitted_at as "submittedAt",
  b.submitted_by as "submittedById", b.submitted_by_name as "submittedByName", b.trace_id as "traceId", b.started_at as "startedAt",
  b.finished_at as "finishedAt", b.done_position as "donePosition", b.outcomes, b.state_note as "stateNote"`;

function toRow<T extends BulkActRow>(row: T): T {
  return { ...row, amounts: row.amounts.map(toMoneyTotal) };
}

/** One bulk act; null = there is none. */
export async function findBulkAct(tx: Tx, id: string): Promise<BulkActRow | null> {
  const [row] = await tx.query<BulkActRow>(
    `select ${COLUMNS} from bulk_act b where b.tenant_id = $1 and b.bulk_act_id = $2`,
    [tx.tenantId, id],
  );
  return row === undefined ? null : toRow(row);
}

/** Bulk acts by id; null where there is none. Fits Operation.loader. */
export async function findBulkActs(tx: Tx, ids: readonly string[]): Promise<(BulkActRow | null)[]> {
  const rows = await tx.query<BulkActRow>(
    `select ${COLUMNS} from bulk_act b where b.tenant_id = $1 and b.bulk_act_id = any($2::uuid[])`,
    [tx.tenantId, ids],
  );
  const byId = new Map(rows.map((row) => [row.id, toRow(row)]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** The same, held until the transaction ends: no batch of it is worked meanwhile. */
export async function lockBulkAct(tx: Tx, id: string): Promise<BulkActRow | null> {
  const [row] = await tx.query<BulkActRow>(
    `select ${COLUMNS} from bulk_act b where b.tenant_id = $1 and b.bulk_act_id = $2 for update`,
    [tx.tenantId, id],
  );
  return row === undefined ? null : toRow(row);
}

/** The bulk act whose turn it is: the one that waited longest for a batch and that no other worker has in hand. */
export async function lockNextBulkAct(tx: Tx): Promise<BulkActRow | null> {
  const [row] = await tx.query<BulkActRow>(
    `select ${COLUMNS} from bulk_act b where b.tenant_id = $1 and b.state in ('FROZEN', 'RUNNING')
     order by b.worked_at limit 1 for update skip locked`,
    [tx.tenantId],
  );
  return row === undefined ? null : toRow(row);
}

export const BULK_ACT_CURSOR_PARTS = ['instant', 'uuid'] as const;

/** Bulk acts, the latest first, one more than asked. */
export async function listBulkActs(tx: Tx, page: Page): Promise<(BulkActRow & { orderText: string })[]> {
  const rows = await tx.query<BulkActRow & { orderText: string }>(
    `select ${COLUMNS}, ${instantCursorSql('b.submitted_at')} as "orderText" from bulk_act b
     where b.tenant_id = $1 and ($2::timestamptz is null or (b.submitted_at, b.bulk_act_id) < ($2, $3::uuid))
     order by b.submitted_at desc, b.bulk_act_id desc limit $4`,
    [tx.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
  return rows.map(toRow);
}

export function countBulkActs(tx: Tx): Promise<RowCount> {
  return countRows(tx, 'select 1 from bulk_act where tenant_id = $1', [tx.tenantId]);
}

/** Where a bulk act is. */
export type BulkProgress = {
  state: BulkActState;
  donePosition: number;
  outcomes: BulkOutcomes;
  startedAt: Date | null;
  finishedAt: Date | null;
  stateNote: string | null;
};

/** Writes how far a bulk act is, which the caller holds locked, and tells open pages and workers at commit. */
export async function updateBulkAct(tx: Tx, id: string, progress: BulkProgress, now: Date): Promise<void> {
  await tx.query(
    `update bulk_act set state = $3, done_position = $4, outcomes = $5::jsonb, started_at = $6, finished_at = $7, state_note = $8,
            worked_at = $9
     where tenant_id = $1 and bulk_act_id = $2`,
    [
      tx.tenantId,
      id,
      progress.state,
      progress.donePosition,
      JSON.stringify(progress.outcomes),
      progress.startedAt,
      progress.finishedAt,
      progress.stateNote,
      now,
    ],
  );
  await tx.query(
    `select pg_notify('throughline_changed', json_build_object('tenantId', $1::uuid, 'kind', 'bulk-act', 'id', $2::uuid)::text)`,
    [tx.tenantId, id],
  );
}

/** One exception of a frozen selection. */
export type BulkItem = { position: number; exceptionId: string; seenVersion: number | null };

/** The next items without an outcome, in their order. */
export function nextBulkItems(tx: Tx, id: string, after: number, most: number): Promise<BulkItem[]> {
  return tx.query<BulkItem>(
    `select position, exception_id as "exceptionId", seen_version as "seenVersion" from bulk_act_item
     where tenant_id = $1 and bulk_act_id = $2 and position > $3 order by position limit $4`,
    [tx.tenantId, id, after, most],
  );
}

export type ItemOutcome = { position: number; outcome: BulkOutcome; detail: string | null };

/** Writes what became of items. */
export async function putItemOutcomes(tx: Tx, id: string, outcomes: readonly ItemOutcome[]): Promise<void> {
  await tx.query(
    `update bulk_act_item i set outcome = r.outcome, detail = r.detail
     from jsonb_to_recordset($3::jsonb) as r(position integer, outcome text, detail text)
     where i.tenant_id = $1 and i.bulk_act_id = $2 and i.position = r.position`,
    [tx.tenantId, id, JSON.stringify(outcomes)],
  );
}

export type BulkItemRow = BulkItem & { outcome: BulkOutcome; detail: string | null };

export const BULK_ITEM_CURSOR_PARTS = ['integer'] as const;

/** Items of a bulk act in their order, one more than asked; `outcome` null = all. */
export function listBulkItems(tx: Tx, id: string, outcome: BulkOutcome | null, page: Page): Promise<BulkItemRow[]> {
  const params: unknown[] = [tx.tenantId, id, page.first + 1];
  const ofOutcome = outcome === null ? '' : `and outcome = $${params.push(outcome)}`;
  const beyond = page.after === null ? '' : `and position > $${params.push(page.after[0])}::integer`;
  return tx.query<BulkItemRow>(
    `select position, exception_id as "exceptionId", seen_version as "seenVersion", outcome, detail from bulk_act_item
     where tenant_id = $1 and bulk_act_id = $2 ${ofOutcome} ${beyond} order by position limit $3`,
    params,
  );
}
