import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Tx } from '@throughline/persistence';
import { createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { at, exceptionsOf, storyObject, tell, type StoryFacts, type StoryObject } from '../../testing/story-facts.js';
import { createExceptionsConsumer } from './exceptions.events.js';

const consumer = createExceptionsConsumer({ clock: () => at(50) });

let db: TestDatabase;

beforeEach(async () => {
  db = await createTestDatabase();
});

afterEach(async () => {
  await db.close();
});

const facts = (work: (story: StoryFacts) => Promise<void>) => tell(db.database, db.tenantId, work);
const all = () => exceptionsOf(db.database, db.tenantId);
const change = (sql: string, ...params: unknown[]) =>
  db.database.withTenant(db.tenantId, (tx) => tx.query(sql, [tx.tenantId, ...params]));

type Change = { objects?: readonly StoryObject[]; transactionIds?: string[]; subjects?: readonly StoryObject[] };

const idsOf = (objects: readonly StoryObject[]) => objects.map((one) => one.objectId);

const handleWith = (tx: Tx, { objects = [], transactionIds = [], subjects }: Change) =>
  consumer.handle(tx, {
    deliveryId: '1',
    topic: 'lineage.projected',
    payload: { objectIds: idsOf(objects), transactionIds, ...(subjects && { subjectIds: idsOf(subjects) }) },
  });

const projected = (changed: Change) => db.database.withTenant(db.tenantId, (tx) => handleWith(tx, changed));

/** Orders by id: the first one is what a merge of some of them is called by. */
const inOrder = (objects: readonly StoryObject[]) =>
  [...objects].sort((left, right) => (left.objectId < right.objectId ? -1 : 1)) as [
    StoryObject,
    StoryObject,
    StoryObject,
  ];

describe('an exception whose object merges and parts, and with which nothing is wrong any more', () => {
  const [low, middle, high] = inOrder(['O-1', '4500001', 'S-77'].map((key) => storyObject('sales-order', key)));

  async function overcomeAt(object: StoryObject): Promise<void> {
    await facts(async (story) => {
      await story.object(object);
      await story.problem(object, { clearedAt: 4 });
    });
    await projected({ objects: [object] });
    await facts((story) => story.withoutProblem(object));
    expect(await all()).toMatchObject([{ state: 'RESOLVED', objectId: object.objectId }]);
  }

  it('follows it to the object of the lower id, of which alone it hears', async () => {
    await overcomeAt(high);
    await facts((story) => story.object(low, '1234.50', [low, high]));
    await projected({ objects: [low] });
    expect(await all()).toMatchObject([{ state: 'RESOLVED', objectId: low.objectId }]);
  });

  it('comes back with it', async () => {
    await overcomeAt(high);
    await facts((story) => story.object(low, '1234.50', [low, high]));
    await projected({ objects: [low] });
    await facts((story) => story.object(high, '1234.50', [high]));
    await projected({ objects: [high] });
    expect(await all()).toMatchObject([{ state: 'RESOLVED', objectId: high.objectId }]);
  });

  it('follows it from one merge into another', async () => {
    await overcomeAt(high);
    await facts((story) => story.object(middle, '1234.50', [middle, high]));
    await projected({ objects: [middle] });
    expect(await all()).toMatchObject([{ objectId: middle.objectId }]);
    await facts((story) => story.object(low, '1234.50', [low, high]));
    await projected({ objects: [low] });
    expect(await all()).toMatchObject([{ state: 'RESOLVED', objectId: low.objectId }]);
  });

  it('follows it after a merge made without a word, as soon as an event names the object', async () => {
    await overcomeAt(high);
    await facts((story) => story.object(low, '1234.50', [low, high]));
    await projected({ objects: [middle] });
    expect(await all()).toMatchObject([{ objectId: high.objectId }]);
    await projected({ objects: [middle, low] });
    expect(await all()).toMatchObject([{ objectId: low.objectId }]);
  });
});

describe('an overdue milestone of which only the transaction is named', () => {
  const contract = storyObject('contract', 'C-1');
  const [low, , high] = inOrder(['P-1', 'P-2', 'P-3'].map((key) => storyObject('payment', key)));

  async function overdueAt(payment: StoryObject): Promise<string> {
    let transactionId = '';
    await facts(async (story) => {
      await story.object(contract, '5000.00');
      await story.object(payment, '5000.00');
      transactionId = await story.transaction([contract, payment]);
      await story.milestone(transactionId, payment, 10);
    });
    await db.database.withTenant(db.tenantId, (tx) =>
      consumer.handle(tx, {
        deliveryId: '1',
        topic: 'timeliness.overdue',
        payload: { items: [{ transactionId, name: 'payment-applied', objectId: payment.objectId }] },
      }),
    );
    expect(await all()).toMatchObject([{ state: 'OPEN', objectId: payment.objectId }]);
    return transactionId;
  }

  async function merge(from: StoryObject, into: StoryObject): Promise<void> {
    for (const table of ['transaction_object', 'milestone']) {
      await change(
        `update ${table} set object_id = $2 where tenant_id = $1 and object_id = $3`,
        into.objectId,
        from.objectId,
      );
    }
  }

  it('ends when reached after its payment merged', async () => {
    const transactionId = await overdueAt(high);
    await facts((story) => story.object(low, '5000.00', [low, high]));
    await merge(high, low);
    await projected({ objects: [low] });
    expect(await all()).toMatchObject([{ state: 'OPEN', objectId: low.objectId }]);
    await facts((story) => story.milestone(transactionId, low, 10, 20));
    await projected({ transactionIds: [transactionId] });
    expect(await all()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(20) }]);
  });

  it('ends when reached after its payment merged without a word', async () => {
    const transactionId = await overdueAt(high);
    await facts((story) => story.object(low, '5000.00', [low, high]));
    await merge(high, low);
    await facts((story) => story.milestone(transactionId, low, 10, 20));
    await projected({ transactionIds: [transactionId] });
    expect(await all()).toMatchObject([{ state: 'RESOLVED', resolvedAt: at(20), objectId: low.objectId }]);
  });

  it('ends likewise when its subject is named in place of the transaction', async () => {
    const transactionId = await overdueAt(high);
    await facts((story) => story.milestone(transactionId, high, 10, 20));
    await projected({ subjects: [low] });
    expect(await all()).toMatchObject([{ state: 'OPEN' }]);
    await projected({ subjects: [low, high] });
    expect(await all()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED', resolvedAt: at(20) }]);
  });

  it('ends when its transaction is cancelled and named, not when another one is', async () => {
    const transactionId = await overdueAt(high);
    let other = '';
    await facts(async (story) => {
      await story.object(low, '5000.00');
      other = await story.transaction([low]);
      await story.milestone(other, low, 10);
    });
    await change(`update business_transaction set progress = 'cancelled' where tenant_id = $1`);
    await projected({ transactionIds: [other] });
    expect(await all()).toMatchObject([{ state: 'OPEN' }]);
    await projected({ transactionIds: [transactionId] });
    expect(await all()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED' }]);
  });
});

describe('a changed transaction', () => {
  const order = storyObject('sales-order', 'O-100234');
  const invoice = storyObject('invoice', 'I-1');

  async function orderWithInvoice(): Promise<string> {
    let transactionId = '';
    await facts(async (story) => {
      await story.object(order, '1000.00');
      await story.object(invoice, '300.00');
      await story.link(order, invoice, 'bills', null, 2);
      transactionId = await story.transaction([order, invoice]);
      await story.problem(order);
    });
    return transactionId;
  }

  it('brings the open amount at its anchor up to date', async () => {
    const transactionId = await orderWithInvoice();
    await projected({ objects: [order] });
    expect(await all()).toMatchObject([{ amount: '700.00' }]);
    await facts((story) => story.object(invoice, '400.00'));
    await projected({ objects: [invoice], transactionIds: [transactionId] });
    expect(await all()).toMatchObject([{ state: 'OPEN', amount: '600.00' }]);
  });

  it('opens what is wrong with its anchor, if nobody has told yet', async () => {
    const transactionId = await orderWithInvoice();
    await projected({ transactionIds: [transactionId] });
    expect(await all()).toMatchObject([{ state: 'OPEN', objectId: order.objectId }]);
  });

  it('with which nothing is wrong takes one question', async () => {
    const transactionId = await orderWithInvoice();
    await facts((story) => story.withoutProblem(order));
    let questions = 0;
    await db.database.withTenant(db.tenantId, (tx) => {
      const counting: Pick<Tx, 'tenantId' | 'query'> = {
        tenantId: tx.tenantId,
        query: <R>(sql: string, params?: readonly unknown[]) => {
          questions += 1;
          return tx.query<R>(sql, params);
        },
      };
      return handleWith(counting as Tx, { objects: [order, invoice], transactionIds: [transactionId] });
    });
    expect(questions).toBe(1);
  });
});
