import { z } from 'zod';
import type { OutboxConsumer } from '../../outbox/index.js';
import { judgeAttempts } from './usecases/judge-attempts.js';

const lineageProjected = z.object({ objectIds: z.array(z.guid()) });

/** Sees in the lineage whether what was sent again brought its business outcome. Idempotent: it looks at present facts. */
export function createRequeueConsumer(deps: { clock: () => Date }): OutboxConsumer {
  return {
    name: 'requeue',
    topics: ['lineage.projected'],
    async handle(tx, event) {
      const { objectIds } = lineageProjected.parse(event.payload);
      await judgeAttempts(tx, objectIds, deps.clock());
    },
  };
}
