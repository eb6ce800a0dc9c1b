import { z } from 'zod';
import type { OutboxConsumer } from '../../outbox/index.js';
import { tellOfExceptions } from './usecases/tell-of-exceptions.js';

const exceptionsOpened = z.object({ exceptionIds: z.array(z.guid()) });

/** Makes notifications of newly opened exceptions. Idempotent: a policy tells of a group once. */
export function createAlertsConsumer(deps: { clock: () => Date; publicUrl: string }): OutboxConsumer {
  return {
    name: 'alerts',
    topics: ['exceptions.opened'],
    async handle(tx, event) {
      const { exceptionIds } = exceptionsOpened.parse(event.payload);
      await tellOfExceptions(tx, exceptionIds, deps.publicUrl, deps.clock());
    },
  };
}
