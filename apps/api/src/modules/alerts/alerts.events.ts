import { z } from 'zod';
import type { OutboxConsumer } from '../../outbox/index.js';
import { tellOfEscalations } from './usecases/tell-of-escalations.js';
import { tellOfExceptions } from './usecases/tell-of-exceptions.js';

const named = z.object({ exceptionIds: z.array(z.guid()) });

/** Makes notifications of newly opened exceptions and of overdue clocks. Idempotent: each group and each clock is told of once. */
export function createAlertsConsumer(deps: { clock: () => Date; publicUrl: string }): OutboxConsumer {
  return {
    name: 'alerts',
    topics: ['exceptions.opened', 'exceptions.escalated'],
    async handle(tx, event) {
      const { exceptionIds } = named.parse(event.payload);
      const tell = event.topic === 'exceptions.escalated' ? tellOfEscalations : tellOfExceptions;
      await tell(tx, exceptionIds, deps.publicUrl, deps.clock());
    },
  };
}
