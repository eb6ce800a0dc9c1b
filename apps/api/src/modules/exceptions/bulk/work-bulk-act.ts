import type { Tx } from '@throughline/persistence';
import { recordAudit } from '../../audit/index.js';
import { listActivePeople, permissionsOf, type Viewer } from '../../identity/index.js';
import { lockExceptions } from '../exceptions.repository.js';
import {
  lockBulkAct,
  lockNextBulkAct,
  nextBulkItems,
  putItemOutcomes,
  updateBulkAct,
  type BulkActRow,
  type BulkItem,
  type ItemOutcome,
} from './bulk-act.repository.js';
import { actAsDecided } from './assign-preview.js';
import { rightsFor, toBulkAct, whySkipped, whyTooLate } from './domain/bulk-act.js';
import { afterBulkStep, type BulkActState, type BulkStepName } from './domain/bulk-life-cycle.js';
import { performBulkAct, type Performed } from './perform-bulk-act.js';

/** Exceptions that one transaction takes: short enough for whoever waits for one of them. */
export const BULK_BATCH = 500;

/** The name that the system acts under in the audit log. */
const SYSTEM = { kind: 'system' as const, id: 'bulk-acts', name: 'Bulk acts' };

/** A bulk act, and the position up to which it was done when a batch of it began. */
export type BulkTurn = { bulkActId: string; donePosition: number };

export type BatchOptions = {
  now: Date;
  /** Exceptions at most. */
  most: number;
  /** Left out = the one whose turn it is. */
  bulkActId?: string;
  /** Hears whose turn it is and from where on, also where the batch fails then. */
  onTurn?: (turn: BulkTurn) => void;
};

/**
 * Does one batch of the bulk act that is named, or of the one whose turn it is: its outcomes and how far it is are written with it, so
 * that whatever happens in between, nothing is done twice and nothing is left out. Answers whether there was one to work on.
 */
export async function workBulkAct(tx: Tx, { now, most, bulkActId, onTurn }: BatchOptions): Promise<boolean> {
  const row = bulkActId === undefined ? await lockNextBulkAct(tx) : await lockBulkAct(tx, bulkActId);
  if (row !== null) onTurn?.({ bulkActId: row.id, donePosition: row.donePosition });
  const state = row && (row.state === 'FROZEN' ? afterBulkStep(row.state, 'start') : row.state);
  if (row === null || state !== 'RUNNING') return false;
  const viewer = await findActor(tx, row);
  if (viewer === null) {
    await stop(tx, row, now);
    return true;
  }
  const items = await nextBulkItems(tx, row.id, row.donePosition, most);
  await write(tx, row, await outcomesOf(tx, row, items, viewer, now), now);
  return true;
}

/** Writes that the next item could not be done, by a fault of ours; nothing where another worker went on meanwhile. */
export async function skipFailingItem(tx: Tx, { bulkActId, donePosition }: BulkTurn, now: Date): Promise<void> {
  const row = await lockBulkAct(tx, bulkActId);
  if (row === null || row.donePosition !== donePosition || (row.state !== 'FROZEN' && row.state !== 'RUNNING')) return;
  const [item] = await nextBulkItems(tx, row.id, row.donePosition, 1);
  const failed = { outcome: 'FAILED' as const, detail: 'It failed by a fault of the program, which is in its log.' };
  await write(tx, row, item === undefined ? [] : [{ position: item.position, ...failed }], now);
}

/** Whoever asked for it, if that person is still here and may still do it. */
async function findActor(tx: Tx, { submittedById, kind }: BulkActRow): Promise<Viewer | null> {
  const person = (await listActivePeople(tx)).find(({ id }) => id === submittedById);
  if (person === undefined) return null;
  const { id: personId, ...rest } = person;
  const permissions = permissionsOf(person.roles);
  if (!rightsFor(kind).some((right) => permissions.has(right))) return null;
  return { ...rest, personId, tenantId: tx.tenantId, permissions };
}

async function outcomesOf(
  tx: Tx,
  row: BulkActRow,
  items: readonly BulkItem[],
  viewer: Viewer,
  now: Date,
): Promise<ItemOutcome[]> {
  const act = toBulkAct(row.act);
  const tooLate = whyTooLate(act, now);
  if (tooLate !== null) return items.map(({ position }) => ({ position, outcome: 'REFUSED', detail: tooLate }));
  const locked = await lockExceptions(
    tx,
    items.map(({ exceptionId }) => exceptionId),
  );
  const decided = await actAsDecided(tx, act, now);
  const present = new Map(locked.map((exception) => [exception.exceptionId, exception]));
  const skipped = new Map<string, Performed>();
  for (const { exceptionId, seenVersion } of items) {
    const exception = present.get(exceptionId);
    const why = exception === undefined ? 'GONE' : whySkipped(decided, exception, exception.version !== seenVersion);
    if (why !== null) skipped.set(exceptionId, { outcome: why, detail: null });
  }
  const fit = locked.filter(({ exceptionId }) => !skipped.has(exceptionId));
  const { id: bulkActId, reason, submittedAt } = row;
  const context = { bulkActId, reason, viewer, now, submittedAt, traceId: row.traceId ?? undefined };
  const performed = await performBulkAct(tx, act, fit, context);
  const done = new Map(fit.map(({ exceptionId }, index) => [exceptionId, performed[index]!]));
  return items.map(({ position, exceptionId }) => ({
    position,
    ...(skipped.get(exceptionId) ?? done.get(exceptionId)!),
  }));
}

async function write(tx: Tx, row: BulkActRow, outcomes: readonly ItemOutcome[], now: Date): Promise<void> {
  await putItemOutcomes(tx, row.id, outcomes);
  const counts = { ...row.outcomes };
  for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  const donePosition = outcomes.at(-1)?.position ?? row.donePosition;
  const isOver = donePosition >= row.count || outcomes.length === 0;
  const step: BulkStepName = (counts.FAILED ?? 0) > 0 ? 'finish-with-failures' : 'finish';
  const state = isOver ? stateAfter('RUNNING', step) : 'RUNNING';
  const startedAt = row.startedAt ?? now;
  const finishedAt = isOver ? now : null;
  await updateBulkAct(
    tx,
    row.id,
    { state, donePosition, outcomes: counts, startedAt, finishedAt, stateNote: null },
    now,
  );
  if (isOver) await record(tx, row, 'bulk-act.finished', { outcomes: counts }, now);
}

async function stop(tx: Tx, row: BulkActRow, now: Date): Promise<void> {
  const stateNote = `${row.submittedByName} may not do this any more.`;
  const state = stateAfter(row.state, 'stop');
  await updateBulkAct(tx, row.id, { ...row, state, finishedAt: now, stateNote }, now);
  await record(tx, row, 'bulk-act.stopped', { why: stateNote, outcomes: row.outcomes }, now);
}

function stateAfter(state: BulkActState, step: BulkStepName): BulkActState {
  const after = afterBulkStep(state, step);
  if (after === null) throw new Error(`${step} is not possible for a bulk act that is ${state}`);
  return after;
}

async function record(tx: Tx, row: BulkActRow, action: string, details: object, now: Date): Promise<void> {
  const { id, kind, hash, count, traceId } = row;
  await recordAudit(tx, {
    at: now,
    actor: SYSTEM,
    action,
    subject: { type: 'bulk-act', id },
    details: { kind, hash, count, ...details },
    traceId: traceId ?? undefined,
  });
}
