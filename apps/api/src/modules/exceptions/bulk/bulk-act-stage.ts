import type { Logger } from '@throughline/observability';
import { isTransientDatabaseError, type Database } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { proveBulkLifeCycle } from './domain/bulk-life-cycle.js';
import { BULK_BATCH, skipFailingItem, workBulkAct, type BulkTurn } from './work-bulk-act.js';

const POLL_MS = 5_000;

export type BulkActStageParts = { database: Database; clock: () => Date; log: Pick<Logger, 'error'> };

/**
 * Works on bulk acts batch by batch, several in turns. Where a batch fails by a fault of ours it is done in halves, until the one
 * exception that it fails on is found and left out: the others are not held up by it.
 */
export function createBulkActStage({ database, clock, log }: BulkActStageParts): Stage {
  proveBulkLifeCycle();
  return {
    name: 'bulk-acts',
    wakesOn: ['throughline_bulk_act'],
    pollMs: POLL_MS,
    async run(tenantId) {
      const begun: { turn?: BulkTurn } = {};
      const onTurn = (turn: BulkTurn) => void (begun.turn = turn);
      for (let most = BULK_BATCH; most > 0; most = Math.floor(most / 2)) {
        try {
          return await database.withTenant(tenantId, (tx) => workBulkAct(tx, { now: clock(), most, onTurn }));
        } catch (error) {
          const { turn } = begun;
          if (isTransientDatabaseError(error) || turn === undefined) throw error;
          if (most > 1) continue;
          log.error(
            { tenantId, bulkActId: turn.bulkActId, err: error },
            'an exception of a bulk act could not be done',
          );
          await database.withTenant(tenantId, (tx) => skipFailingItem(tx, turn, clock()));
        }
      }
      return true;
    },
  };
}
