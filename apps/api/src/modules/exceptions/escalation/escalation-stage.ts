import type { Database } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { escalateOverdue } from './escalate-overdue.js';

/** Clocks looked at in one transaction. */
const BATCH = 500;

const POLL_MS = 30_000;

/** Escalates clocks that are overdue, also while nothing happens. */
export function createEscalationStage(database: Database, clock: () => Date): Stage {
  return {
    name: 'escalation',
    wakesOn: [],
    pollMs: POLL_MS,
    run: (tenantId) =>
      database.withTenant(tenantId, async (tx) => (await escalateOverdue(tx, clock(), BATCH)) === BATCH),
  };
}
