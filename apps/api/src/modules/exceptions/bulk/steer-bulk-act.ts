import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../../catalog/index.js';
import { lockBulkAct, updateBulkAct } from './bulk-act.repository.js';
import { whySteeringBarred } from './domain/bulk-act.js';
import { afterBulkStep, ENDED_BULK_STATES, type Steering } from './domain/bulk-life-cycle.js';
import type { BulkFailure } from './submit-bulk-act.js';

const RECORDED: Readonly<Record<Steering, string>> = {
  pause: 'bulk-act.paused',
  resume: 'bulk-act.resumed',
  cancel: 'bulk-act.cancelled',
};

/** Pauses, resumes or cancels a bulk act, from its next batch on. What it has done by then stays done. */
export async function steerBulkAct(
  tx: Tx,
  act: CatalogAct,
  { bulkActId, steering }: { bulkActId: string; steering: Steering },
): Promise<{ kind: 'submitted'; bulkActId: string } | BulkFailure> {
  const row = await lockBulkAct(tx, bulkActId);
  if (row === null) return { kind: 'failure', code: 'NOT_FOUND', message: 'There is no such bulk act.' };
  const barred = whySteeringBarred(row, act.viewer);
  if (barred !== null) return { kind: 'failure', code: 'NOT_ALLOWED', message: barred };
  const state = afterBulkStep(row.state, steering);
  if (state === null) {
    const message = `It is ${row.state.toLowerCase().replaceAll('_', ' ')}, so it cannot be told to ${steering}.`;
    return { kind: 'failure', code: 'NOT_POSSIBLE_NOW', message };
  }
  const finishedAt = ENDED_BULK_STATES.includes(state) ? act.now : null;
  await updateBulkAct(tx, bulkActId, { ...row, state, finishedAt }, act.now);
  const details = { kind: row.kind, done: row.donePosition, of: row.count, outcomes: row.outcomes };
  await recordAct(tx, act, RECORDED[steering], { type: 'bulk-act', id: bulkActId }, details);
  if (steering === 'resume') await tx.notify('throughline_bulk_act', tx.tenantId);
  return { kind: 'submitted', bulkActId };
}
