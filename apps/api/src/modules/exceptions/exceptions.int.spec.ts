import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NIL_UUID } from '@throughline/canonical';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import type { OutboxEvent } from '../../outbox/index.js';
import { createExceptionsConsumer } from './exceptions.events.js';
import { at, countOf, exceptionsOf, storyObject, tell, type StoryObject } from '../../testing/story-facts.js';

const order = storyObject('sales-order', 'O-100234');
const consumer = createExceptionsConsumer({ clock: () => at(50) });

let db: TestDatabase;

beforeEach(async () => {
  db = await createTestDatabase();
});

afterEach(async () => {
  await db.close();
});

const handle = (event: Omit<OutboxEvent, 'deliveryId'>) =>
  db.database.withTenant(db.tenantId, (tx) => consumer.handle(tx, { deliveryId: '1', ...event }));

const projected = (objects: readonly StoryObject[], transactionIds: string[] = []) =>
  handle({ topic: 'lineage.projected', payload: { objectIds: objects.map((one) => one.objectId), transactionIds } });

const facts = (work: Parameters<typeof tell>[2]) => tell(db.database, db.tenantId, work);
const all = () => exceptionsOf(db.database, db.tenantId);
const count = (table: string, condition?: string) => countOf(db.database, db.tenantId, table, condition);

describe('exceptions from problems', () => {
  it('opens one, once, however often the event comes', async () => {
    await facts(async (story) => {
      await story.object(order);
      await story.problem(order);
    });
    for (let time = 0; time < 3; time += 1) {
      await projected([order]);
    }
    expect(await all()).toMatchObject([
      {
        state: 'OPEN',
        title: 'No company code for DE01-BREMEN — order O-100234',
        amount: '1234.50',
        occurrences: 1,
        openedAt: at(1),
      },
    ]);
    expect(await count('exception_event')).toBe(1);
    expect(await count('audit_record', `action = 'exception.opened'`)).toBe(1);
    expect(await count('outbox_delivery', `topic = 'exceptions.opened'`)).toBe(1);
    expect(await count('exception_group')).toBe(1);
  });

  it('opens one when many workers hear of it at once', async () => {
    await facts(async (story) => {
      await story.object(order);
      await story.problem(order);
    });
    await Promise.all(Array.from({ length: 20 }, () => projected([order])));
    expect(await all()).toHaveLength(1);
    expect(await count('exception_event')).toBe(1);
    expect(await count('outbox_delivery', `topic = 'exceptions.opened'`)).toBe(1);
  });

  it('makes the loser of a race follow newer facts than the winner saw', async () => {
    await facts(async (story) => {
      await story.object(order);
      await story.problem(order);
    });
    let letCommit = () => {};
    const held = new Promise<void>((resolve) => (letCommit = resolve));
    const winner = db.database.withTenant(db.tenantId, async (tx) => {
      await consumer.handle(tx, {
        deliveryId: '1',
        topic: 'lineage.projected',
        payload: { objectIds: [order.objectId], transactionIds: [] },
      });
      await held;
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await facts((story) => story.problem(order, { occurrences: 2, last: 3 }));
    const loser = projected([order]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    letCommit();
    await Promise.all([winner, loser]);
    expect(await all()).toMatchObject([{ state: 'OPEN', occurrences: 2 }]);
  });

  it('leaves nothing behind when the transaction rolls back', async () => {
    await facts(async (story) => {
      await story.object(order);
      await story.problem(order);
    });
    const failing = db.database.withTenant(db.tenantId, async (tx) => {
      await consumer.handle(tx, {
        deliveryId: '1',
        topic: 'lineage.projected',
        payload: { objectIds: [order.objectId], transactionIds: [] },
      });
      throw new Error('killed');
    });
    await expect(failing).rejects.toThrow('killed');
    expect(await all()).toEqual([]);
    for (const table of ['exception_group', 'exception_event', 'audit_record', 'outbox_delivery']) {
      expect([table, await count(table)]).toEqual([table, 0]);
    }
  });

  it('counts further occurrences, ends with the proof, and begins again with a later failure', async () => {
    await facts(async (story) => {
      await story.object(order);
      await story.problem(order);
    });
    await projected([order]);
    await facts((story) => story.problem(order, { occurrences: 2, last: 5 }));
    await projected([order]);
    expect(await all()).toMatchObject([{ state: 'OPEN', occurrences: 2 }]);
    await facts((story) => story.problem(order, { occurrences: 2, last: 5, clearedAt: 9 }));
    await projected([order]);
    expect(await all()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(9) }]);
    await facts((story) => story.problem(order, { occurrences: 3, last: 11 }));
    await projected([order]);
    expect(await all()).toMatchObject([{ state: 'OPEN', resolution: null, occurrences: 3, resolvedAt: null }]);
    expect(await count('outbox_delivery', `topic = 'exceptions.opened'`)).toBe(2);
    expect(
      await count('audit_record', `action in ('exception.opened', 'exception.resolved', 'exception.reopened')`),
    ).toBe(3);
  });

  it('opens what was overcome before anybody heard of it as vanished, and tells nobody', async () => {
    await facts(async (story) => {
      await story.object(order);
      await story.problem(order, { clearedAt: 4 });
    });
    await projected([order]);
    expect(await all()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED' }]);
    expect(await count('outbox_delivery', `topic = 'exceptions.opened'`)).toBe(0);
  });

  it('takes the open amount, and keeps it once the step was overcome', async () => {
    const [partly, rest] = [storyObject('invoice', 'I-1'), storyObject('invoice', 'I-2')];
    await facts(async (story) => {
      await story.object(order, '1000.00');
      await story.object(partly, '300.00');
      await story.link(order, partly, 'bills', null, 2);
      await story.problem(order);
    });
    await projected([order]);
    expect(await all()).toMatchObject([{ amount: '700.00' }]);
    await facts(async (story) => {
      await story.problem(order, { clearedAt: 4 });
      await story.object(rest, '700.00');
      await story.link(order, rest, 'bills', '700.00', 6);
    });
    await projected([order, rest]);
    expect(await all()).toMatchObject([{ state: 'RESOLVED', amount: '700.00' }]);
  });
});

describe('exceptions of merged objects', () => {
  const known = storyObject('sales-order', 'O-1');
  const erp = storyObject('sales-order', '4500001');
  const [low, high] = known.objectId < erp.objectId ? [known, erp] : [erp, known];

  it('become one, the older; and part again with the objects', async () => {
    await facts(async (story) => {
      await story.object(high);
      await story.problem(high, { first: 1 });
      await story.object(low);
      await story.problem(low, { first: 3 });
    });
    await projected([high, low]);
    const [older, younger] = await all();
    expect([older?.objectId, younger?.objectId]).toEqual([high.objectId, low.objectId]);

    await facts(async (story) => {
      await story.object(low, '1234.50', [low, high]);
      await story.withoutProblem(high);
      await story.problem(low, { first: 1, last: 3, occurrences: 2 });
    });
    await projected([low]);
    expect(await all()).toMatchObject([
      { id: older?.id, state: 'OPEN', objectId: low.objectId, occurrences: 2, duplicateOf: null },
      { id: younger?.id, state: 'DUPLICATE', duplicateOf: older?.id },
    ]);

    await facts(async (story) => {
      await story.object(high, '1234.50', [high]);
      await story.problem(high, { first: 1 });
      await story.problem(low, { first: 3 });
    });
    await projected([low, high]);
    expect(await all()).toMatchObject([
      { id: older?.id, state: 'OPEN', objectId: high.objectId },
      { id: younger?.id, state: 'OPEN', objectId: low.objectId, duplicateOf: null },
    ]);
  });

  it('are two when two workers open them while the objects are apart, and never two after', async () => {
    await facts(async (story) => {
      await story.object(high);
      await story.problem(high, { first: 1 });
    });
    await projected([high]);
    await facts(async (story) => {
      await story.object(low, '1234.50', [low, high]);
      await story.withoutProblem(high);
      await story.problem(low, { first: 1 });
    });
    await Promise.all([projected([low]), projected([high]), projected([low, high])]);
    expect(await all()).toMatchObject([{ state: 'OPEN', objectId: low.objectId }]);
  });
});

describe('overdue milestones', () => {
  const contract = storyObject('contract', 'C-1');
  const payment = storyObject('payment', 'P-1');
  const overdue = (transactionId: string, objectId: string) =>
    handle({
      topic: 'timeliness.overdue',
      payload: { items: [{ transactionId, name: 'payment-applied', objectId, dueAt: at(10).toISOString() }] },
    });

  async function waitingPayment(subject: StoryObject | null): Promise<string> {
    let transactionId = '';
    await facts(async (story) => {
      await story.object(contract, '5000.00');
      await story.object(payment, '5000.00');
      transactionId = await story.transaction([contract, payment]);
      await story.milestone(transactionId, subject, 10);
    });
    return transactionId;
  }

  it('open an exception at their object, once, and end it when reached', async () => {
    const transactionId = await waitingPayment(payment);
    await overdue(transactionId, payment.objectId);
    await overdue(transactionId, payment.objectId);
    expect(await all()).toMatchObject([
      {
        state: 'OPEN',
        title: 'Payment applied is overdue — payment P-1',
        objectId: payment.objectId,
        openedAt: at(10),
        amount: '5000.00',
      },
    ]);
    await projected([payment], [transactionId]);
    expect(await all()).toMatchObject([{ state: 'OPEN' }]);
    await facts((story) => story.milestone(transactionId, payment, 10, 20));
    await projected([payment], [transactionId]);
    expect(await all()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(20) }]);
  });

  it('of a whole transaction stand at its anchor', async () => {
    const transactionId = await waitingPayment(null);
    await overdue(transactionId, NIL_UUID);
    expect(await all()).toMatchObject([
      { objectId: contract.objectId, title: 'Payment applied is overdue — contract C-1' },
    ]);
    await facts((story) => story.milestone(transactionId, null, 10, 20));
    await projected([], [transactionId]);
    expect(await all()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED' }]);
  });

  it('end when reached by what does not name their object, or when their transaction is cancelled', async () => {
    const transactionId = await waitingPayment(payment);
    await overdue(transactionId, payment.objectId);
    await facts((story) => story.milestone(transactionId, payment, 10, 20));
    await projected([], [transactionId]);
    expect(await all()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(20) }]);

    await facts((story) => story.milestone(transactionId, payment, 10));
    await projected([], [transactionId]);
    expect(await all()).toMatchObject([{ state: 'OPEN' }]);
    await db.database.withTenant(db.tenantId, (tx) =>
      tx.query(`update business_transaction set progress = 'cancelled' where tenant_id = $1`, [tx.tenantId]),
    );
    await projected([], [transactionId]);
    expect(await all()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED' }]);
  });

  it('of a cancelled transaction open nothing', async () => {
    const transactionId = await waitingPayment(payment);
    await db.database.withTenant(db.tenantId, (tx) =>
      tx.query(`update business_transaction set progress = 'cancelled' where tenant_id = $1`, [tx.tenantId]),
    );
    await overdue(transactionId, payment.objectId);
    expect(await all()).toEqual([]);
  });

  it('reached before the word of the sweep is handled open nothing', async () => {
    const transactionId = await waitingPayment(payment);
    await facts((story) => story.milestone(transactionId, payment, 10, 9));
    await overdue(transactionId, payment.objectId);
    expect(await all()).toEqual([]);
  });
});
