import type { Database } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { expireChange } from './decide-change.js';
import { findWaitingApprovals } from './lineage-approval.repository.js';

/** More than ever wait at once: each holds up an act of mapping again or a rebuild. */
const MOST_WAITING = 200;

const POLL_MS = 15_000;

/** Ends approvals whose time is over or whose change was cancelled, each in a transaction of its own. */
export function createLineageApprovalExpiryStage(database: Database, clock: () => Date): Stage {
  return {
    name: 'lineage-approval-expiry',
    wakesOn: [],
    pollMs: POLL_MS,
    async run(tenantId) {
      const now = clock();
      const waiting = await database.withTenant(tenantId, (tx) => findWaitingApprovals(tx, MOST_WAITING), {
        readOnly: true,
      });
      const due = waiting.filter(({ dueAt, isOver }) => isOver || dueAt <= now);
      for (const { id } of due) await database.withTenant(tenantId, (tx) => expireChange(tx, id, now));
      return false;
    },
  };
}
