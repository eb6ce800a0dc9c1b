import type { Database } from '@throughline/persistence';
import { emit } from '../../outbox/index.js';
import type { Stage } from '../../worker/stage.js';
import { loadMaintenance } from '../catalog/index.js';
import { markOverdue } from './overdue.repository.js';

/** Milestones told of in one transaction. */
const BATCH = 1_000;

const POLL_MS = 5_000;

/**
 * Finds service milestones that passed their due time unreached, marks them so that each due time is told once, and emits
 * `timeliness.overdue` in the same transaction. Also runs while nothing happens: lateness needs no signal.
 */
export function createOverdueStage(database: Database, clock: () => Date): Stage {
  return {
    name: 'overdue-sweep',
    wakesOn: [],
    pollMs: POLL_MS,
    run: (tenantId) =>
      database.withTenant(tenantId, async (tx) => {
        const now = clock();
        const held = (await loadMaintenance(tx, now))?.heldMilestones(now);
        const overdue = await markOverdue(tx, now, BATCH, [...(held?.keys() ?? [])]);
        if (overdue.length === 0) {
          return false;
        }
        await emit(tx, 'timeliness.overdue', {
          items: overdue.map(({ transactionId, name, objectId, dueAt }) => ({
            transactionId,
            name,
            objectId,
            dueAt: dueAt.toISOString(),
          })),
        });
        return overdue.length === BATCH;
      }),
  };
}
