import type { Database } from '@throughline/persistence';
import type { Stage } from '../../worker/stage.js';
import { findForgotten } from './sending.repository.js';
import { enqueueSends } from './usecases/enqueue-sends.js';

/** What waits longer than this for its job is looked at; most have one, which is only called earlier. */
const FORGOTTEN_MS = 15 * 60_000;

const BATCH = 500;

/**
 * Gives attempts a job again that have none: the queue gives up what failed too often. A job decides by rows what is to be done, so that
 * one too many does nothing.
 */
export function createRequeueForgottenStage({ database, clock }: { database: Database; clock: () => Date }): Stage {
  return {
    name: 'requeue-forgotten',
    wakesOn: [],
    pollMs: FORGOTTEN_MS,
    async run(tenantId) {
      await database.withTenant(tenantId, async (tx) => {
        const before = new Date(clock().getTime() - FORGOTTEN_MS);
        await enqueueSends(tx, await findForgotten(tx, before, BATCH));
      });
      return false;
    },
  };
}
