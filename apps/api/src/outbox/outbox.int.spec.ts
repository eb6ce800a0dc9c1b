import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@throughline/observability';
import { createTenant, createTestDatabase } from '@throughline/persistence/testing';
import { randomUUID } from 'node:crypto';
import { type OutboxConsumer, type OutboxEvent, createOutboxStage, emit } from './index.js';

let db: Awaited<ReturnType<typeof createTestDatabase>>;
let tenantId: string;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  tenantId = randomUUID();
  await createTenant(db.ownerUrl, tenantId);
});
afterAll(() => db.close());

const log = createLogger({ service: 'test', level: 'silent' });

/** An exceptions consumer that remembers what it was given and does as it is told. */
function recorder(handle: OutboxConsumer['handle'] = () => Promise.resolve()) {
  const given: OutboxEvent[] = [];
  const consumer: OutboxConsumer = {
    name: 'exceptions',
    topics: ['lineage.projected', 'timeliness.overdue'],
    async handle(tx, event) {
      await handle(tx, event);
      given.push(event);
    },
  };
  return { given, stage: createOutboxStage(db.database, consumer, log) };
}

const emitProjected = (...objectIds: string[]) =>
  db.database.withTenant(tenantId, (tx) => emit(tx, 'lineage.projected', { objectIds, transactionIds: [] }));
const waiting = () =>
  db.database.withTenant(tenantId, (tx) =>
    tx.query<{ consumer: string; failures: number }>(
      'select consumer, failures from outbox_delivery where tenant_id = $1 order by consumer',
      [tx.tenantId],
    ),
  );
/** Events that follow one another may be given as one. */
const objectsOf = (event: OutboxEvent) => (event.payload as { objectIds: string[] }).objectIds;

describe('the outbox', () => {
  it('delivers an event to each consumer of its topic once, in the order of events', async () => {
    await emitProjected('a');
    await emitProjected('b');
    const { given, stage } = recorder();
    while (await stage.run(tenantId));
    expect(given.flatMap(objectsOf)).toEqual(['a', 'b']);
    expect(await waiting()).toEqual([
      { consumer: 'requeue', failures: 0 },
      { consumer: 'requeue', failures: 0 },
      { consumer: 'residuals', failures: 0 },
      { consumer: 'residuals', failures: 0 },
      { consumer: 'validation', failures: 0 },
      { consumer: 'validation', failures: 0 },
    ]);
  });

  it('delivers nothing of a transaction that rolled back', async () => {
    await expect(
      db.database.withTenant(tenantId, async (tx) => {
        await emit(tx, 'lineage.projected', { objectIds: ['a'], transactionIds: [] });
        throw new Error('changed my mind');
      }),
    ).rejects.toThrow();
    expect(await waiting()).toEqual([]);
  });

  it('puts off a delivery that cannot be handled, loses nothing and holds up nobody', async () => {
    for (const name of ['a', 'poison', 'c']) await emitProjected(name);
    const { given, stage } = recorder(async (tx, event) => {
      // A failed statement spoils the whole transaction, which is the worst a handler can do to its neighbours.
      if (objectsOf(event).includes('poison')) await tx.query('select 1 / 0');
    });
    while (await stage.run(tenantId));
    expect(given.flatMap(objectsOf)).toEqual(['a', 'c']);
    expect((await waiting()).filter((row) => row.consumer === 'exceptions')).toEqual([
      { consumer: 'exceptions', failures: 1 },
    ]);
  });

  it('handles each delivery once however many workers there are', async () => {
    for (let index = 0; index < 60; index += 1) await emitProjected(String(index));
    const { given, stage } = recorder();
    const work = async () => {
      while (await stage.run(tenantId));
    };
    await Promise.all([work(), work(), work()]);
    expect(given.flatMap(objectsOf).sort()).toEqual(Array.from({ length: 60 }, (_, index) => String(index)).sort());
  });
});
