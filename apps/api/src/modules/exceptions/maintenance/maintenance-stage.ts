import { maintenanceAt } from '@throughline/sla';
import type { Database, Tx } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { loadMaintenance } from '../../catalog/index.js';
import { reconcileExceptions } from '../usecases/reconcile-exceptions.js';
import { findReleased, holdOverdue, settleHolds } from './hold.repository.js';

/** What is looked at in one transaction. */
const BATCH = 500;

const POLL_MS = 5_000;

/** Notes what is late in maintenance, and looks again at what was held once it is over. */
export function createMaintenanceStage(database: Database, clock: () => Date): Stage {
  return {
    name: 'maintenance',
    wakesOn: [],
    pollMs: POLL_MS,
    run: (tenantId) => database.withTenant(tenantId, (tx) => look(tx, clock())),
  };
}

/** True = there may be more to do at once. */
async function look(tx: Tx, now: Date): Promise<boolean> {
  const cover = await loadMaintenance(tx, now);
  if (cover === null) return false;
  const held = new Map([...cover.heldMilestones(now)].map(([milestone, { id }]) => [milestone, id]));
  const noted = await holdOverdue(tx, held, now, BATCH);
  const active = cover.windows.filter(({ plan }) => maintenanceAt(plan, now) !== null).map(({ id }) => id);
  const released = await findReleased(tx, active, BATCH);
  if (released.length > 0) {
    const objectIds = [...new Set(released.map(({ objectId }) => objectId))];
    await reconcileExceptions(tx, { objectIds, overdue: [] }, now);
    const settled = await settleHolds(tx, released, now);
    return noted === BATCH || settled === BATCH;
  }
  return noted === BATCH;
}
