import type { Activity } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { type StoredSignals, markOutcomes } from '../../signals/index.js';
import { storeActivities } from './fact-writer.js';
import type { TenantMappings } from './mappings-in-force.js';
import { interpretStored, retellOvertaken } from './statements/interpret-stored.js';
import { SIGNAL_UNMAPPED } from './unmapped-activity.js';

/** What mapping a set of signals did. */
export type MappedSignals = {
  signals: number;
  activities: number;
  unmapped: number;
  ignored: number;
  /** Integrations that the activities name, with how many of them do. */
  integrations: ReadonlyMap<string, number>;
};

/** Maps stored signals and stores what they tell as facts, marking what they name; one transaction with the claim. */
export async function mapSignals(tx: Tx, signals: StoredSignals, mappings: TenantMappings): Promise<MappedSignals> {
  const told = await interpretStored(tx, signals, mappings);
  const { activities, outcomes } = told;
  const stored = await storeActivities(tx, activities);
  await retellOvertaken(tx, told, mappings, { isSilent: false });
  await markOutcomes(tx, outcomes);
  return {
    signals: signals.spans.length + signals.signals.length,
    activities: stored,
    unmapped: activities.filter(({ type }) => type === SIGNAL_UNMAPPED).length,
    ignored: outcomes.filter(({ outcome }) => outcome === 'ignored').length,
    integrations: countIntegrations(activities),
  };
}

function countIntegrations(activities: readonly Activity[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { integration, type } of activities) {
    if (integration !== '' && type !== SIGNAL_UNMAPPED) counts.set(integration, (counts.get(integration) ?? 0) + 1);
  }
  return counts;
}
