import type { Tx } from '@throughline/persistence';
import { describeIntegrations, recordAct, type CatalogAct } from '../../catalog/index.js';
import type { RunLimits } from '../domain/run.js';
import { findSettings, saveSettings, SHIPPED_SETTINGS } from '../run.repository.js';

/** A quarter of a year. */
const LONGEST_VERIFY_MINUTES = 129_600;

export type SettingsWish = { integration: string; limits: Partial<RunLimits>; verifyWithinMinutes: number | null };

/** Says how an integration is sent to from the next request on. Null = done. */
export async function setSendingSettings(
  tx: Tx,
  act: CatalogAct,
  { integration, limits, verifyWithinMinutes }: SettingsWish,
): Promise<{ code: string; message: string } | null> {
  if ((await describeIntegrations(tx, [integration])).length === 0)
    return { code: 'NOT_FOUND', message: 'There is no such integration.' };
  const [before = SHIPPED_SETTINGS] = await findSettings(tx, [integration]);
  const after = { ...before, ...limits, verifyWithinMinutes: verifyWithinMinutes ?? before.verifyWithinMinutes };
  const minutes = after.verifyWithinMinutes;
  if (minutes < 1 || minutes > LONGEST_VERIFY_MINUTES) {
    const message = `An outcome may take from 1 to ${LONGEST_VERIFY_MINUTES} minutes to be seen.`;
    return { code: 'INVALID', message };
  }
  await saveSettings(tx, integration, after);
  await recordAct(tx, act, 'requeue.settings-changed', { type: 'integration', id: integration }, { before, after });
  return null;
}
