import type { Logger } from '@throughline/observability';
import {
  type ClaimedBatch,
  type Database,
  type SignalLog,
  type Tx,
  isTransientDatabaseError,
} from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { readSignals } from '../../signals/index.js';
import { shareMapping } from './dirty-marks.js';
import { type MappedSignals, mapSignals } from './map-signals.js';
import type { MappingsInForce } from './mappings-in-force.js';

/** What the map stage works with. */
export type MapStageParts = {
  database: Database;
  signalLog: SignalLog;
  mappings: MappingsInForce;
  log: Logger;
  onMapped(tenantId: string, mapped: MappedSignals): void;
};

/** Most batches and items of one claim: a bound on memory and on what one failure undoes. */
const MOST_BATCHES = 200;
const MOST_ITEMS = 2_000;

/** Maps stored batches into facts: claim, map, store and mark in one transaction, so nothing is half done or done twice. */
export function createMapStage(parts: MapStageParts): Stage {
  const { database, log } = parts;
  return {
    name: 'map',
    wakesOn: ['throughline_intake'],
    pollMs: 1_000,
    async run(tenantId) {
      let claimed: ClaimedBatch[] = [];
      try {
        const mapped = await database.withTenant(tenantId, async (tx) => {
          claimed = await claim(tx, parts);
          return claimed.length === 0 ? null : mapClaimed(tx, parts, claimed);
        });
        if (mapped !== null) parts.onMapped(tenantId, mapped);
        return mapped !== null;
      } catch (error) {
        if (claimed.length === 0 || isTransientDatabaseError(error)) throw error;
        log.warn(
          { tenantId, batches: claimed.length, err: error },
          'batches could not be mapped together, trying each alone',
        );
        await mapEachAlone(parts, tenantId, claimed);
        return true;
      }
    },
  };
}

async function claim(tx: Tx, { signalLog }: MapStageParts, only?: string): Promise<ClaimedBatch[]> {
  await shareMapping(tx);
  return signalLog.claim(tx, { mostBatches: MOST_BATCHES, mostItems: MOST_ITEMS, ...(only !== undefined && { only }) });
}

async function mapClaimed(tx: Tx, parts: MapStageParts, claimed: readonly ClaimedBatch[]): Promise<MappedSignals> {
  const mapped = await mapSignals(tx, await readSignals(tx, claimed), await parts.mappings.of(tx));
  await parts.signalLog.acknowledge(tx, claimed);
  return mapped;
}

/** One bad batch must not hold up those claimed with it; it is put off, and stays stored. */
async function mapEachAlone(parts: MapStageParts, tenantId: string, batches: readonly ClaimedBatch[]): Promise<void> {
  const { database, log, signalLog } = parts;
  for (const { batchId } of batches) {
    try {
      const mapped = await database.withTenant(tenantId, async (tx) =>
        mapClaimed(tx, parts, await claim(tx, parts, batchId)),
      );
      parts.onMapped(tenantId, mapped);
    } catch (error) {
      if (isTransientDatabaseError(error)) throw error;
      log.error({ tenantId, batchId, err: error }, 'a batch cannot be mapped, it is put off');
      await database.withTenant(tenantId, (tx) => signalLog.defer(tx, batchId));
    }
  }
}
