import type { Logger } from '@throughline/observability';
import { isTransientDatabaseError, type Database, type Tx } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { findExpired } from './approval.repository.js';
import { closeRequest, holdRequest } from './decide-request.js';

/** Requests that one turn looks at. */
const BATCH = 20;

const POLL_MS = 15_000;

const SYSTEM = { kind: 'system' as const, id: 'requeue', name: 'Throughline' };

/** Ends a request that nobody decided in time, or of which nothing is left; nothing where somebody just decided it. */
export async function expireRequest(tx: Tx, requestId: string, now: Date, atOnce?: number): Promise<void> {
  const held = await holdRequest(tx, requestId, now, atOnce);
  const { state, dueAt } = held.row;
  const isEmpty = held.count === 0;
  if (state !== 'PENDING_APPROVAL' || (!isEmpty && (dueAt === null || dueAt > now))) return;
  const reason = isEmpty ? 'All of it was solved otherwise meanwhile.' : 'Nobody decided in time.';
  const answer = 'withdrawn: nobody approved it in time';
  await closeRequest(tx, held, { step: 'expire', answer, reason, actor: SYSTEM, now });
}

/** Ends requests whose time is over, each in a transaction of its own, also while nothing happens; one that fails keeps no other waiting. */
export function createRequeueExpiryStage(database: Database, clock: () => Date, log: Pick<Logger, 'error'>): Stage {
  return {
    name: 'requeue-expiry',
    wakesOn: [],
    pollMs: POLL_MS,
    async run(tenantId) {
      const now = clock();
      const due = await database.withTenant(tenantId, (tx) => findExpired(tx, now, BATCH), { readOnly: true });
      let failed = 0;
      for (const requestId of due) {
        try {
          await database.withTenant(tenantId, (tx) => expireRequest(tx, requestId, now));
        } catch (error) {
          if (isTransientDatabaseError(error)) throw error;
          log.error({ tenantId, requestId, err: error }, 'a request whose time is over could not be ended');
          failed += 1;
        }
      }
      return due.length === BATCH && failed < BATCH;
    },
  };
}
