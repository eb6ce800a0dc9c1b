import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../../catalog/index.js';
import { askAtOnce, findAskable } from '../probe.repository.js';

export type AskFailure = { code: 'NOT_FOUND' | 'NOT_POSSIBLE_NOW'; message: string };

/** Has the target of an attempt asked at once what became of it; null = it is. The worker asks. */
export async function askOutcome(tx: Tx, act: CatalogAct, attemptId: string): Promise<AskFailure | null> {
  const askable = await findAskable(tx, attemptId);
  if (askable === null) return { code: 'NOT_FOUND', message: 'There is no such attempt.' };
  if (!askable.isUnknown)
    return { code: 'NOT_POSSIBLE_NOW', message: 'Its target answered it: there is nothing to ask about.' };
  if (!askable.hasStatusCall) {
    return { code: 'NOT_POSSIBLE_NOW', message: 'Its target has no status address that could be asked.' };
  }
  await askAtOnce(tx, attemptId, act.viewer.displayName, act.now);
  await recordAct(tx, act, 'requeue.outcome-asked', { type: 'requeue-attempt', id: attemptId }, {});
  await tx.notify('throughline_requeue', tx.tenantId);
  return null;
}
