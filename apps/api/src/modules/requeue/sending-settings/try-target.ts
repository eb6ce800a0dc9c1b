import type { Tx } from '@throughline/persistence';
import { recordAct, type CatalogAct } from '../../catalog/index.js';
import { findBreakers, lockBreaker, saveBreaker } from '../breaker.repository.js';
import { tryNow } from '../domain/breaker.js';
import { findToSend } from '../sending.repository.js';
import { enqueueSends } from '../usecases/enqueue-sends.js';
import type { SettingsFailure } from './set-sending-settings.js';

/** One of them finds out, the others look again when that is known. */
const MOST_CALLED = 100;

/** Lets one attempt find out now whether a target that was left alone is there again. Null = done. */
export async function tryTarget(tx: Tx, act: CatalogAct, integration: string): Promise<SettingsFailure | null> {
  const { now } = act;
  const [known] = await findBreakers(tx, [integration]);
  const breaker = known && tryNow(await lockBreaker(tx, integration, now), now);
  if (!breaker) return { code: 'INVALID', message: 'It is not left alone now, or is being tried already.' };
  await saveBreaker(tx, integration, breaker, null, now);
  await recordAct(tx, act, 'requeue.target-tried', { type: 'integration', id: integration }, {});
  await enqueueSends(tx, await findToSend(tx, integration, MOST_CALLED));
  await tx.notify('throughline_requeue', tx.tenantId);
  return null;
}
