import type { Database } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { reconcileExceptions } from '../usecases/reconcile-exceptions.js';
import { checkStoredObjects } from './check-objects.js';
import { continueSweep, lockValidation, takeMarks } from './mark.repository.js';

/** Objects checked in one transaction. */
const BATCH = 500;
/** Stored objects that a sweep passes at once; few of them are of the types that the rule is about. */
const SWEPT_AT_ONCE = 5_000;

const POLL_MS = 2_000;

/** Checks what hangs on what changed, and all that is stored once a rule has come into force. */
export function createValidationStage(database: Database, clock: () => Date): Stage {
  return {
    name: 'validation',
    wakesOn: [],
    pollMs: POLL_MS,
    async run(tenantId) {
      const looked = await database.withTenant(tenantId, async (tx) => {
        await lockValidation(tx);
        const marks = await takeMarks(tx, BATCH);
        for (const [objectIds, isSilent] of [[marks.loud, false] as const, [marks.silent, true] as const]) {
          const changed = await checkStoredObjects(tx, objectIds, isSilent);
          if (changed.length > 0)
            await reconcileExceptions(tx, { objectIds: changed, overdue: [] }, clock(), { isSilent });
        }
        return marks.loud.length + marks.silent.length;
      });
      if (looked > 0) return true;
      return database.withTenant(tenantId, (tx) => continueSweep(tx, SWEPT_AT_ONCE));
    },
  };
}
