import type { Tx } from '@throughline/persistence';
import { describeIntegrations, recordAct, type CatalogAct } from '../../catalog/index.js';
import type { RunLimits } from '../domain/run.js';
import { faultsOfHours, type SendingHours } from '../domain/sending-hours.js';
import {
  findSettings,
  lockSettings,
  saveSettings,
  SHIPPED_SETTINGS,
  type StoredSettings,
} from './sending-settings.repository.js';

/** A quarter of a year. */
const LONGEST_VERIFY_MINUTES = 129_600;

export type SettingsWish = {
  integration: string;
  limits: Partial<RunLimits>;
  /** Null = as it was. */
  verifyWithinMinutes: number | null;
  /** Undefined = as they were; null = none from now on. */
  hours?: SendingHours | null | undefined;
  /** The version that the person saw; null = whichever there is. */
  basedOn?: number | null;
};

export type SettingsFailure = { code: 'NOT_FOUND' | 'INVALID' | 'CONFLICT'; message: string };

/** Says how an integration is sent to from the next request on; its hours hold at once. Null = done. */
export async function setSendingSettings(
  tx: Tx,
  act: CatalogAct,
  { integration, limits, verifyWithinMinutes, hours, basedOn = null }: SettingsWish,
): Promise<SettingsFailure | null> {
  const { now, viewer } = act;
  if ((await describeIntegrations(tx, [integration])).length === 0)
    return { code: 'NOT_FOUND', message: 'There is no such integration.' };
  await lockSettings(tx, integration);
  const [stored = SHIPPED_SETTINGS] = await findSettings(tx, [integration]);
  if (basedOn !== null && basedOn !== stored.version) {
    const message = `${stored.changedByName ?? 'Somebody'} has changed it meanwhile: nothing was saved.`;
    return { code: 'CONFLICT', message };
  }
  const minutes = verifyWithinMinutes ?? stored.verifyWithinMinutes;
  if (minutes < 1 || minutes > LONGEST_VERIFY_MINUTES) {
    const message = `An outcome may take from 1 to ${LONGEST_VERIFY_MINUTES} minutes to be seen.`;
    return { code: 'INVALID', message };
  }
  const [fault] = hours ? faultsOfHours(hours, now) : [];
  if (fault !== undefined) return { code: 'INVALID', message: `Of the hours ${fault}.` };
  const after: StoredSettings = {
    ...stored,
    ...limits,
    verifyWithinMinutes: minutes,
    hours: hours === undefined ? stored.hours : hours,
    version: stored.version + 1,
    changedAt: now,
    changedByName: viewer.displayName,
  };
  await saveSettings(tx, integration, after);
  const details = { before: toldOf(stored), after: toldOf(after) };
  await recordAct(tx, act, 'requeue.settings-changed', { type: 'integration', id: integration }, details);
  // what waited for other hours goes now
  await tx.notify('throughline_requeue', tx.tenantId);
  return null;
}

function toldOf({ changedAt: _at, changedByName: _by, ...settings }: StoredSettings): object {
  return settings;
}
