import { z } from 'zod';
import type { OutboxConsumer } from '../../outbox/index.js';
import { judgeAttempts } from './usecases/judge-attempts.js';
import { findDoublePosts } from './usecases/prove-outcomes.js';

const lineageProjected = z.object({ objectIds: z.array(z.guid()), isSilent: z.boolean().default(false) });

/** Sees in the lineage whether what was sent again brought its business outcome. Idempotent: it looks at present facts. */
export function createRequeueConsumer(deps: { clock: () => Date }): OutboxConsumer {
  return {
    name: 'requeue',
    topics: ['lineage.projected'],
    async handle(tx, event) {
      const { objectIds, isSilent } = lineageProjected.parse(event.payload);
      await judgeAttempts(tx, objectIds, deps.clock());
      await findDoublePosts(tx, objectIds, isSilent);
    },
  };
}
