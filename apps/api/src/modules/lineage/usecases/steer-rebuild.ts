import type { Tx } from '@throughline/persistence';
import { recordAct, refuse, type CatalogAct, type CatalogFailure } from '../../catalog/index.js';
import { afterRebuildAct, type RebuildAct } from '../domain/rebuild-life-cycle.js';
import { updateRebuild } from '../pipeline/rebuild/rebuild.repository.js';
import { steerRemapping } from '../pipeline/remapping/remapping.repository.js';
import { findRebuild, type RebuildRow } from '../rebuild-list.repository.js';

const RECORDED: Readonly<Record<RebuildAct, string>> = {
  pause: 'rebuild.paused',
  resume: 'rebuild.resumed',
  cancel: 'rebuild.cancelled',
  switch: 'rebuild.switch-asked',
};

/** Pauses, resumes or cancels a rebuild, or has what is shown switched to it; the worker follows. */
export async function steerRebuild(
  tx: Tx,
  act: CatalogAct,
  wish: { rebuildId: string; act: RebuildAct },
): Promise<{ rebuildId: string } | CatalogFailure> {
  const { rebuildId } = wish;
  const row = await findRebuild(tx, rebuildId);
  if (row === null) return refuse('NOT_FOUND', 'There is no such rebuild');
  const after = afterRebuildAct(wish.act, {
    state: row.state,
    isWhole: row.remappingId === null,
    hasStarted: row.startedAt !== null,
  });
  const hasMoved = after !== null && (await move(tx, row, after, act));
  if (!hasMoved) return refuse('CONFLICT', `A rebuild that is ${row.state} cannot be told to ${wish.act}`);
  await tx.notify('throughline_rebuild', tx.tenantId);
  const differences = (row.report ?? []).map(({ samples: _samples, ...counts }) => counts);
  const details = wish.act === 'switch' ? { comparedAt: row.comparedAt, differences } : { state: row.state };
  await recordAct(tx, act, RECORDED[wish.act], { type: 'rebuild', id: rebuildId }, details);
  return { rebuildId };
}

/** False when the worker has been faster. */
async function move(
  tx: Tx,
  row: RebuildRow,
  after: RebuildRow['state'],
  { now, viewer }: CatalogAct,
): Promise<boolean> {
  const ended = after === 'cancelled' ? { finishedAt: now } : {};
  if (row.remappingId === null) {
    const from = row.state === 'pending' ? 'ready' : row.state;
    const asked = after === 'switching' ? { switchAskedBy: viewer.personId } : {};
    return updateRebuild(tx, row.id, { from, state: after, isPending: false, ...asked, ...ended });
  }
  return steerRemapping(tx, row.remappingId, { from: row.state, to: after, ...ended });
}
