import type { Database } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { escalateOverdue } from './escalate-overdue.js';
import type { WalkPlace } from './escalation.repository.js';

/** Clocks looked at in one transaction. */
const BATCH = 500;

const POLL_MS = 30_000;

/** Escalates clocks that are overdue, also while nothing happens: each poll walks once through what is open, step by step. */
export function createEscalationStage(database: Database, clock: () => Date): Stage {
  const places = new Map<string, WalkPlace>();
  return {
    name: 'escalation',
    wakesOn: [],
    pollMs: POLL_MS,
    async run(tenantId) {
      const after = places.get(tenantId) ?? null;
      const { next, isMore } = await database.withTenant(tenantId, (tx) =>
        escalateOverdue(tx, clock(), { after, limit: BATCH }),
      );
      if (next === null) places.delete(tenantId);
      else places.set(tenantId, next);
      return isMore;
    },
  };
}
