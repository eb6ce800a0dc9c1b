import type { Logger } from '@throughline/observability';
import { isTransientDatabaseError, type Database } from '@throughline/persistence';
import type { Stage } from '../../../../worker/stage.js';
import { isDoneInHalves } from '../../usecases/done-in-halves.js';
import { carryOutSlice } from './carry-out-slice.js';
import { findNextDecision, putDecisionWorked, type DecisionRow } from './decision.repository.js';

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
 * was killed. A slice that fails by a fault of ours, or takes longer than a statement may, is done in halves, until the one item it
 * fails on does not go.
 */
export function createRequeueDecisionStage({ database, clock, log, slice = SLICE }: RequeueDecisionStageParts): Stage {
  /** Tells its exception, if that can be done; else its claim is free all the same, so that what comes behind it is carried out. */
  async function leaveOut(tenantId: string, seen: DecisionRow, options: { now: Date; most: number }): Promise<void> {
    try {
      await database.withTenant(tenantId, (tx) => carryOutSlice(tx, seen, { ...options, fault: 'leave-out' }));
    } catch (error) {
      if (isTransientDatabaseError(error)) throw error;
      const { requestId } = seen;
      log.error({ tenantId, requestId, err: error }, 'the exception of an item that was left out could not be told');
      await database.withTenant(tenantId, (tx) => carryOutSlice(tx, seen, { ...options, fault: 'free' }));
    }
  }
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
          if (most > 1 && isDoneInHalves(error)) continue;
          // others have their turn before it is tried again
          await database.withTenant(tenantId, (tx) => putDecisionWorked(tx, requestId, clock()));
          if (isTransientDatabaseError(error)) throw error;
          log.error({ tenantId, requestId, err: error }, 'what was decided on an item could not be carried out');
          await leaveOut(tenantId, seen, options);
          return true;
        }
      }
    },
  };
}
