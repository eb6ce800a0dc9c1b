import type { Database } from '@throughline/persistence';
import type { Stage } from '../../worker/stage.js';
import { proveInTime } from './usecases/prove-outcomes.js';

const POLL_MS = 5_000;

/** Looks at the due times of outcomes, also while nothing happens. */
export function createRequeueProofStage({ database, clock }: { database: Database; clock: () => Date }): Stage {
  return {
    name: 'requeue-proof',
    wakesOn: [],
    pollMs: POLL_MS,
    run: (tenantId) => database.withTenant(tenantId, (tx) => proveInTime(tx, clock())),
  };
}
