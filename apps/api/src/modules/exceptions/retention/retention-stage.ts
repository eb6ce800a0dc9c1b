import { NIL_UUID } from '@throughline/canonical';
import type { Database } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { deleteIdleLooks, deleteNotifications } from './retention.repository.js';

/** Days for which a notification is kept: since it was read, or where nobody read it since it came. */
export const KEPT_DAYS = { read: 90, unread: 365 };

const DAY_MS = 86_400_000;

/** Rows that are deleted, and looks that are passed, in one transaction. */
const BATCH = 1_000;

const POLL_MS = 600_000;

/** Lets go of what nobody needs any more; nothing that is about an open exception. */
export function createExceptionRetentionStage(database: Database, clock: () => Date): Stage {
  const places = new Map<string, string>();
  return {
    name: 'exception-retention',
    wakesOn: [],
    pollMs: POLL_MS,
    async run(tenantId) {
      const now = clock().getTime();
      const expiry = {
        readBefore: new Date(now - KEPT_DAYS.read * DAY_MS),
        unreadBefore: new Date(now - KEPT_DAYS.unread * DAY_MS),
      };
      const deleted = await database.withTenant(tenantId, (tx) => deleteNotifications(tx, expiry, BATCH));
      const after = places.get(tenantId) ?? NIL_UUID;
      const next = await database.withTenant(tenantId, (tx) => deleteIdleLooks(tx, after, BATCH));
      if (next === null) places.delete(tenantId);
      else places.set(tenantId, next);
      return deleted === BATCH || next !== null;
    },
  };
}
