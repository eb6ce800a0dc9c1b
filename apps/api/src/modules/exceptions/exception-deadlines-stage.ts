import type { Database } from '@throughline/persistence';
import type { Stage } from '../../worker/stage.js';
import { endSnoozes } from './usecases/end-snoozes.js';
import { endWaits } from './usecases/end-waits.js';
import { reopenStillShown } from './usecases/reopen-still-shown.js';
import { expireDueAcceptances } from './usecases/expire-acceptances.js';
import { verifyHandPostings } from './usecases/verify-hand-postings.js';

/** Exceptions looked at in one transaction. */
const BATCH = 500;

const POLL_MS = 5_000;

/**
 * Ends what ends by itself, also while nothing happens: waits whose predicate holds or whose time came, snoozes, requests that nobody decided in time, and the doubt about
 * corrections by hand. Opens again what was said to be put right and is still there.
 */
export function createExceptionDeadlinesStage(database: Database, clock: () => Date): Stage {
  return {
    name: 'exception-deadlines',
    wakesOn: [],
    pollMs: POLL_MS,
    async run(tenantId) {
      let isMore = false;
      for (const end of [endWaits, endSnoozes, expireDueAcceptances, verifyHandPostings, reopenStillShown]) {
        const looked = await database.withTenant(tenantId, (tx) => end(tx, clock(), BATCH));
        isMore ||= looked === BATCH;
      }
      return isMore;
    },
  };
}
