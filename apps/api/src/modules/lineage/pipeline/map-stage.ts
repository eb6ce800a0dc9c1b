import type { Logger } from '@throughline/observability';
import { type Database, type Tx, isTransientDatabaseError } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { type ClaimedBatch, claimBatches, deferBatch, readSignals } from '../../signals/index.js';
import { shareMapping } from './dirty-marks.js';
import { type MappedSignals, mapSignals } from './map-signals.js';

/** Maps stored batches into facts: claim, map, store and mark in one transaction, so nothing is half done or done twice. */
export function createMapStage(database: Database, log: Logger, onMapped: (mapped: MappedSignals) => void): Stage {
  return {
    name: 'map',
    wakesOn: ['throughline_intake'],
    pollMs: 1_000,
    async run(tenantId) {
      let claimed: ClaimedBatch[] = [];
      try {
        const mapped = await database.withTenant(tenantId, async (tx) => {
          claimed = await claim(tx);
          return claimed.length === 0 ? null : mapClaimed(tx, claimed);
        });
        if (mapped !== null) onMapped(mapped);
        return mapped !== null;
      } catch (error) {
        if (claimed.length === 0 || isTransientDatabaseError(error)) throw error;
        log.warn(
          { tenantId, batches: claimed.length, err: error },
          'batches could not be mapped together, trying each alone',
        );
        await mapEachAlone(database, tenantId, claimed, log, onMapped);
        return true;
      }
    },
  };
}

async function claim(tx: Tx, only?: string): Promise<ClaimedBatch[]> {
  await shareMapping(tx);
  return claimBatches(tx, only);
}

async function mapClaimed(tx: Tx, claimed: readonly ClaimedBatch[]): Promise<MappedSignals> {
  return mapSignals(tx, await readSignals(tx, claimed));
}

/** One bad batch must not hold up those claimed with it; it is put off, and stays stored. */
async function mapEachAlone(
  database: Database,
  tenantId: string,
  batches: readonly ClaimedBatch[],
  log: Logger,
  onMapped: (mapped: MappedSignals) => void,
): Promise<void> {
  for (const { batchId } of batches) {
    try {
      const mapped = await database.withTenant(tenantId, async (tx) => mapClaimed(tx, await claim(tx, batchId)));
      onMapped(mapped);
    } catch (error) {
      if (isTransientDatabaseError(error)) throw error;
      log.error({ tenantId, batchId, err: error }, 'a batch cannot be mapped, it is put off');
      await database.withTenant(tenantId, (tx) => deferBatch(tx, batchId));
    }
  }
}
