import type { Logger } from '@throughline/observability';
import { type Database, type Tx, isTransientDatabaseError } from '@throughline/persistence';
import type { Stage } from '../worker/stage.js';
import {
  type ClaimedDelivery,
  claimDeliveries,
  deferDelivery,
  hasDeliveries,
  lockConsumer,
} from './delivery.repository.js';
import { joinDeliveries } from './join-deliveries.js';
import type { OutboxConsumer } from './topic.js';

/**
 * Hands deliveries to one consumer, oldest first, several in one transaction with the deletion of their rows: what is
 * handled is gone, what fails is still there. A delivery that fails by itself is put off and does not hold up the others.
 */
export function createOutboxStage(database: Database, consumer: OutboxConsumer, log: Logger): Stage {
  return {
    name: `outbox-${consumer.name}`,
    wakesOn: ['throughline_outbox'],
    pollMs: 1_000,
    async run(tenantId) {
      let claimed: ClaimedDelivery[] = [];
      try {
        await database.withTenant(tenantId, async (tx) => {
          if (!(await hasDeliveries(tx, consumer.name))) return;
          claimed = await claimInTurn(tx, consumer.name);
          await handleAll(tx, consumer, claimed);
        });
      } catch (error) {
        if (claimed.length === 0 || isTransientDatabaseError(error)) throw error;
        await handleEachAlone(database, tenantId, consumer, claimed, log);
      }
      return claimed.length > 0;
    },
  };
}

async function claimInTurn(tx: Tx, consumer: string, only?: string): Promise<ClaimedDelivery[]> {
  await lockConsumer(tx, consumer);
  return claimDeliveries(tx, consumer, only);
}

async function handleAll(tx: Tx, consumer: OutboxConsumer, deliveries: readonly ClaimedDelivery[]): Promise<void> {
  for (const event of joinDeliveries(deliveries)) {
    if (consumer.topics.includes(event.topic)) await consumer.handle(tx, event);
  }
}

async function handleEachAlone(
  database: Database,
  tenantId: string,
  consumer: OutboxConsumer,
  deliveries: readonly ClaimedDelivery[],
  log: Logger,
): Promise<void> {
  for (const { deliveryId } of deliveries) {
    try {
      await database.withTenant(tenantId, async (tx) =>
        handleAll(tx, consumer, await claimInTurn(tx, consumer.name, deliveryId)),
      );
    } catch (error) {
      if (isTransientDatabaseError(error)) throw error;
      const failures = await database.withTenant(tenantId, (tx) => deferDelivery(tx, consumer.name, deliveryId));
      log.error(
        { tenantId, consumer: consumer.name, deliveryId, failures, err: error },
        'a delivery failed, it is put off',
      );
    }
  }
}
