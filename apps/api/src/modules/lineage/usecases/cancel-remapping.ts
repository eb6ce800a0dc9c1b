import type { Tx } from '@throughline/persistence';
import { recordAct, refuse, type CatalogAct, type CatalogFailure } from '../../catalog/index.js';
import { steerRemapping } from '../pipeline/remapping/remapping.repository.js';
import { findRemapping } from '../remapping-list.repository.js';

const CANCELLABLE = ['reporting', 'pending', 'waiting', 'running', 'paused'];

/** Ends an act of mapping again: what was mapped again so far stays, the rest is left as it was. */
export async function cancelRemapping(
  tx: Tx,
  act: CatalogAct,
  remappingId: string,
): Promise<{ remappingId: string } | CatalogFailure> {
  const row = await findRemapping(tx, remappingId);
  if (row === null) return refuse('NOT_FOUND', 'There is no such act of mapping again');
  const wish = { from: row.state, to: 'cancelled', finishedAt: act.now };
  const isCancelled = CANCELLABLE.includes(row.state) && (await steerRemapping(tx, remappingId, wish));
  if (!isCancelled) return refuse('CONFLICT', `What is ${row.state} cannot be cancelled`);
  await recordAct(tx, act, 'remapping.cancelled', { type: 'remapping', id: remappingId }, { state: row.state });
  return { remappingId };
}
