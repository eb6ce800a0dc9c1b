import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { at, storyObject, tell, type StoryObject } from '../../../testing/story-facts.js';
import { lookAtSelection } from '../bulk/selection.repository.js';
import { createExceptionsConsumer } from '../exceptions.events.js';
import { measureSelection } from '../exports/export-rows.repository.js';
import { listGrouped } from '../groups/grouped-inbox.repository.js';
import { totalExceptions } from '../inbox.repository.js';
import { totalQueues } from '../queue.repository.js';
import { readSelection } from '../read-selection.js';
import { countSelections } from '../views/view-counts.repository.js';

const small = storyObject('payment', 'P-100');
const large = storyObject('payment', 'P-150');
const alone = storyObject('payment', 'P-7');
const batch = storyObject('payment-batch', 'B-250');
const entry = storyObject('bank-entry', 'E-250');
const AMOUNTS: readonly (readonly [StoryObject, string])[] = [
  [small, '100.00'],
  [large, '150.00'],
  [alone, '7.00'],
  [batch, '250.00'],
  [entry, '250.00'],
];

let db: TestDatabase;

beforeEach(async () => {
  db = await createTestDatabase();
  await tell(db.database, db.tenantId, async (facts) => {
    for (const [object, amount] of AMOUNTS) await facts.object(object, amount);
    await facts.link(small, batch, 'batches', '100.00', 1);
    await facts.link(large, batch, 'batches', '150.00', 1);
  });
});

afterEach(async () => {
  await db.close();
});

const booked = () => tell(db.database, db.tenantId, (facts) => facts.link(batch, entry, 'books', '250.00', 2));

const heard = (objects: readonly StoryObject[]) =>
  db.database.withTenant(db.tenantId, (tx) =>
    createExceptionsConsumer({ clock: () => at(10) }).handle(tx, {
      deliveryId: '1',
      topic: 'lineage.projected',
      payload: { objectIds: objects.map(({ objectId }) => objectId), transactionIds: [] },
    }),
  );

async function fail(objects: readonly StoryObject[]): Promise<void> {
  await tell(db.database, db.tenantId, async (facts) => {
    for (const object of objects) await facts.problem(object);
  });
  for (const object of objects) await heard([object]);
}

const open = readSelection({ states: ['OPEN'] }, new Date(0));

async function total(selection = open): Promise<string | undefined> {
  const totals = await db.database.withTenant(db.tenantId, (tx) => totalExceptions(tx, selection));
  return totals[0]?.inflow;
}

describe('money that is held by another object', () => {
  it.each<[name: string, failing: StoryObject[], inflow: string]>([
    ['one payment of a batch', [small], '100.00'],
    ['both payments of it', [small, large], '250.00'],
    ['one of them and the batch', [small, batch], '250.00'],
    ['the batch and its entry', [batch, entry], '250.00'],
    ['all of them, the payments first', [small, large, batch, entry], '250.00'],
    ['all of them, the entry first', [entry, batch, large, small], '250.00'],
    ['all of them and a payment of its own', [large, alone, entry, small, batch], '257.00'],
  ])('counts once: %s', async (_name, failing, inflow) => {
    await booked();
    await fail(failing);
    expect(await total()).toBe(inflow);
  });

  it('counts once where it is seen later that the batch is booked, and twice where that is taken back', async () => {
    await fail([small, large, batch, entry]);
    expect(await total()).toBe('500.00');
    await booked();
    await heard([batch, entry]);
    expect(await total()).toBe('250.00');
    await db.database.withTenant(db.tenantId, (tx) =>
      tx.query(`delete from object_link where tenant_id = $1 and qualifier = 'books'`, [tx.tenantId]),
    );
    await heard([batch, entry]);
    expect(await total()).toBe('500.00');
  });

  it('is the same in every total', async () => {
    await booked();
    await fail([small, batch, entry, alone]);
    const told = await db.database.withTenant(db.tenantId, async (tx) => {
      const [queue] = await tx.query<{ queue: string }>(`select queue from exception where tenant_id = $1 limit 1`, [
        tx.tenantId,
      ]);
      const [view] = await countSelections(tx, [open]);
      const groups = await listGrouped(tx, open, 'PRIORITY_DESC', { first: 5, after: null });
      const chosen = await lookAtSelection(tx, { matching: open });
      return {
        list: (await totalExceptions(tx, open)).map(({ inflow, count }) => [inflow, count]),
        queue: (await totalQueues(tx, [queue!.queue])).map(({ inflow, count }) => [inflow, count]),
        view: [view!.inflow, view!.open],
        groups: groups.map(({ inflow, matching }) => [inflow, matching]),
        chosen: chosen.amounts.map(({ inflow, count }) => [inflow, count]),
        exported: (await measureSelection(tx, open, 100)).reporting.inflow,
      };
    });
    expect(told).toEqual({
      list: [['257.00', 4]],
      queue: [['257.00', 4]],
      view: ['257.00', 4],
      groups: [['257.00', 4]],
      chosen: [['257.00', 4]],
      exported: '257.00',
    });
  });
});
