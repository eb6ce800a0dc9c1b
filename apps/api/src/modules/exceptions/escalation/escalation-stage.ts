import type { Database } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { planForgottenLooks, type WalkPlace } from './clock-look.repository.js';
import { escalateOverdue } from './escalate-overdue.js';

/** Clocks looked at in one transaction. */
const BATCH = 500;

const POLL_MS = 30_000;

/** Between two walks through all that is open, for what nobody planned to look at. */
const WALK_EVERY_MS = 3_600_000;

type Walk = { place: WalkPlace } | { overAt: number };

/** Escalates clocks that are overdue, also while nothing happens: each poll reads the clocks that are due to be looked at. */
export function createEscalationStage(database: Database, clock: () => Date): Stage {
  const walks = new Map<string, Walk>();
  return {
    name: 'escalation',
    wakesOn: [],
    pollMs: POLL_MS,
    async run(tenantId) {
      const now = clock();
      const walk = walks.get(tenantId);
      if (walk === undefined || 'place' in walk || now.getTime() - walk.overAt >= WALK_EVERY_MS) {
        const after = walk !== undefined && 'place' in walk ? walk.place : null;
        const place = await database.withTenant(tenantId, (tx) => planForgottenLooks(tx, now, after));
        walks.set(tenantId, place === null ? { overAt: now.getTime() } : { place });
        if (place !== null) return true;
      }
      return database.withTenant(tenantId, (tx) => escalateOverdue(tx, now, BATCH));
    },
  };
}
