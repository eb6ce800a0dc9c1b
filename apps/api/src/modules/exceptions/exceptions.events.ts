import { NIL_UUID } from '@throughline/canonical';
import { z } from 'zod';
import type { OutboxConsumer } from '../../outbox/index.js';
import { findConcernedObjects } from './concerned-objects.repository.js';
import { proveLifeCycle } from './domain/life-cycle.js';
import { proveRouting } from './domain/routing.js';
import { findMilestoneSubjects } from './problem-facts.repository.js';
import { findObjectsWithDueTimes } from './urgency.repository.js';
import { reconcileExceptions } from './usecases/reconcile-exceptions.js';

const lineageProjected = z.object({
  objectIds: z.array(z.guid()),
  transactionIds: z.array(z.guid()),
  subjectIds: z.array(z.guid()).default([]),
  isSilent: z.boolean().default(false),
});

const timelinessOverdue = z.object({
  items: z.array(z.object({ transactionId: z.guid(), name: z.string(), objectId: z.guid() })),
});

/** Opens, follows and ends exceptions as the lineage and the clock tell. Idempotent: it looks at present facts, not at the event's. */
export function createExceptionsConsumer(deps: { clock: () => Date }): OutboxConsumer {
  proveLifeCycle();
  proveRouting();
  return {
    name: 'exceptions',
    topics: ['lineage.projected', 'timeliness.overdue'],
    async handle(tx, event) {
      if (event.topic === 'timeliness.overdue') {
        const { items } = timelinessOverdue.parse(event.payload);
        const transactionIds = items.map((item) => item.transactionId);
        const subjects = await findMilestoneSubjects(tx, transactionIds);
        // what waits further up was as urgent as its next due time, which may be this one
        const waiting = await findObjectsWithDueTimes(tx, transactionIds);
        const named = items.map((item) => item.objectId).filter((id) => id !== NIL_UUID);
        await reconcileExceptions(
          tx,
          { objectIds: [...new Set([...named, ...subjects, ...waiting])], overdue: items },
          deps.clock(),
        );
        return;
      }
      const { isSilent, ...changed } = lineageProjected.parse(event.payload);
      const concerned = await findConcernedObjects(tx, changed);
      if (concerned.length > 0) {
        await reconcileExceptions(tx, { objectIds: concerned, overdue: [] }, deps.clock(), { isSilent });
      }
    },
  };
}
