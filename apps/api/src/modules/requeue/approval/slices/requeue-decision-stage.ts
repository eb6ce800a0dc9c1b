import type { Logger } from '@throughline/observability';
import { isTransientDatabaseError, type Database } from '@throughline/persistence';
import type { Stage } from '../../../../worker/stage.js';
import { carryOutSlice } from './carry-out-slice.js';
import { findNextDecision, putDecisionWorked } from './decision.repository.js';

const POLL_MS = 5_000;
/** Items of one transaction: somebody may wait for one of their exceptions. */
const SLICE = 1_000;

export type RequeueDecisionStageParts = {
  database: Database;
  clock: () => Date;
  log: Pick<Logger, 'error'>;
  /** Items of one transaction. */
  slice?: number;
};

/**
 * Carries out what was decided on large requests, slice by slice: rows tell how far each is, so that any worker goes on wherever another
 * was killed. A slice that fails by a fault of ours is done in halves, until the one item it fails on does not go.
 */
export function createRequeueDecisionStage({ database, clock, log, slice = SLICE }: RequeueDecisionStageParts): Stage {
  return {
    name: 'requeue-decisions',
    wakesOn: ['throughline_requeue'],
    pollMs: POLL_MS,
    async run(tenantId) {
      const seen = await database.withTenant(tenantId, findNextDecision, { readOnly: true });
      if (seen === null) return false;
      const { requestId } = seen;
      for (let most = slice; ; most = Math.ceil(most / 2)) {
        const options = { now: clock(), most };
        try {
          await database.withTenant(tenantId, (tx) => carryOutSlice(tx, seen, options));
          return true;
        } catch (error) {
          if (!isTransientDatabaseError(error) && most > 1) continue;
          // others have their turn before it is tried again
          await database.withTenant(tenantId, (tx) => putDecisionWorked(tx, requestId, clock()));
          if (isTransientDatabaseError(error)) throw error;
          log.error({ tenantId, requestId, err: error }, 'what was decided on an item could not be carried out');
          await database.withTenant(tenantId, (tx) => carryOutSlice(tx, seen, { ...options, isFaulty: true }));
          return true;
        }
      }
    },
  };
}
