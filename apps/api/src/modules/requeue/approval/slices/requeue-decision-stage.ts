import type { Logger } from '@throughline/observability';
import { isTransientDatabaseError, type Database } from '@throughline/persistence';
import type { Stage } from '../../../../worker/stage.js';
import { isDoneInHalves, isStatementTimeout } from '../../usecases/done-in-halves.js';
import { carryOutSlice, type Fault } from './carry-out-slice.js';
import { findNextDecision, putDecisionWorked, type DecisionRow } from './decision.repository.js';

const POLL_MS = 5_000;
/** Items of one transaction: somebody may wait for one of their exceptions. */
const SLICE = 1_000;
/** An item that so often took longer than a statement may is set aside: it would keep all behind it waiting. */
const MOST_TRIES = 3;

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
 * fails on is set aside, which is told with its reason.
 */
export function createRequeueDecisionStage({ database, clock, log, slice = SLICE }: RequeueDecisionStageParts): Stage {
  /** Tells its exception, if that can be done; else its claim is free all the same, so that what comes behind it is carried out. */
  async function setAside(tenantId: string, seen: DecisionRow, why: Fault['why']): Promise<void> {
    const options = { now: clock(), most: 1 };
    try {
      const fault = { why, isTold: true };
      await database.withTenant(tenantId, (tx) => carryOutSlice(tx, seen, { ...options, fault }));
    } catch (error) {
      if (isTransientDatabaseError(error) && !isStatementTimeout(error)) throw error;
      const { requestId } = seen;
      log.error({ tenantId, requestId, err: error }, 'the exception of an item that was set aside could not be told');
      const fault = { why, isTold: false };
      await database.withTenant(tenantId, (tx) => carryOutSlice(tx, seen, { ...options, fault }));
    }
  }
  return {
    name: 'requeue-decisions',
    wakesOn: ['throughline_requeue'],
    pollMs: POLL_MS,
    async run(tenantId) {
      const seen = await database.withTenant(tenantId, findNextDecision, { readOnly: true });
      if (seen === null) return false;
      const { requestId, tries } = seen;
      for (let most = tries === 0 ? slice : 1; ; most = Math.ceil(most / 2)) {
        try {
          await database.withTenant(tenantId, (tx) => carryOutSlice(tx, seen, { now: clock(), most }));
          return true;
        } catch (error) {
          if (most > 1 && isDoneInHalves(error)) continue;
          const isTooLong = isStatementTimeout(error);
          // others have their turn before it is tried again
          await database.withTenant(tenantId, (tx) => putDecisionWorked(tx, seen, isTooLong, clock()));
          if (isTransientDatabaseError(error) && !(isTooLong && tries + 1 >= MOST_TRIES)) throw error;
          log.error({ tenantId, requestId, err: error }, 'what was decided on an item could not be carried out');
          await setAside(tenantId, seen, isTooLong ? 'too-long' : 'fault');
          return true;
        }
      }
    },
  };
}
