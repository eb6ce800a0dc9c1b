import { z } from 'zod';
import type { OutboxConsumer } from '../../../outbox/index.js';
import { reconcileExceptions } from '../usecases/reconcile-exceptions.js';
import { checkChangedObjects } from './check-objects.js';

const changedObjects = z.object({
  objectIds: z.array(z.guid()),
  subjectIds: z.array(z.guid()).default([]),
  isSilent: z.boolean().default(false),
});

/**
 * Checks what changed against the rules in force, beside the exceptions consumer and not within it: problems that integrations tell
 * wait for no rule. Idempotent: it looks at present facts.
 */
export function createValidationConsumer(deps: { clock: () => Date }): OutboxConsumer {
  return {
    name: 'validation',
    topics: ['lineage.projected', 'lineage.master'],
    async handle(tx, event) {
      const { objectIds, subjectIds, isSilent } = changedObjects.parse(event.payload);
      const changed = await checkChangedObjects(tx, [...objectIds, ...subjectIds], isSilent);
      if (changed.length > 0) {
        await reconcileExceptions(tx, { objectIds: changed, overdue: [] }, deps.clock(), { isSilent });
      }
    },
  };
}
