import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { money, type Alias } from '@throughline/canonical';
import { createLogger } from '@throughline/observability';
import { createTenant, createTestDatabase, type TestDatabase } from '@throughline/persistence/testing';
import { createOutboxStage, emit, type OutboxConsumer } from '../../outbox/index.js';
import { at, countOf, storyObject, tell, type StoryFacts, type StoryObject } from '../../testing/story-facts.js';
import { createResidualConsumer, stateProblems, subjectNamed, type StatedProblem } from '../reconciliation/index.js';
import { createExceptionsConsumer } from './exceptions.events.js';
import { createValidationConsumer } from './validation/validation.events.js';

const LOG = createLogger({ service: 'test', level: 'silent' });
const clock = () => at(600);
const exceptions = createExceptionsConsumer({ clock });
const residuals = createResidualConsumer({ clock });

let db: TestDatabase;
let tenantId: string;

beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  tenantId = randomUUID();
  await createTenant(db.ownerUrl, tenantId);
});
afterAll(() => db.close());

const facts = (work: (story: StoryFacts) => Promise<void>) => tell(db.database, tenantId, work);
const change = (sql: string, ...params: unknown[]) =>
  db.database.withTenant(tenantId, (tx) => tx.query(sql, [tx.tenantId, ...params]));
const CONSUMERS = [residuals, exceptions, createValidationConsumer({ clock })];
/** All that follows from what happened, each consumer in its turn until nothing is left. */
const settle = async (consumers: readonly OutboxConsumer[] = [residuals, exceptions]) => {
  const stages = consumers.map((consumer) => createOutboxStage(db.database, consumer, LOG));
  for (let isMore = true; isMore;) {
    isMore = false;
    for (const stage of stages) while (await stage.run(tenantId)) isMore = true;
  }
};
const hand = (topic: 'lineage.projected' | 'timeliness.overdue', payload: object) =>
  db.database.withTenant(tenantId, async (tx) => {
    await residuals.handle(tx, { deliveryId: '1', topic, payload });
    await exceptions.handle(tx, { deliveryId: '1', topic, payload });
  });
const projected = async (...objects: StoryObject[]) => {
  await hand('lineage.projected', { objectIds: objects.map(({ objectId }) => objectId), transactionIds: [] });
  await settle();
};

type Shown = {
  id: string;
  title: string;
  state: string;
  resolution: string | null;
  queue: string;
  money: string | null;
  priority: string;
  steps: string[];
};
const shown = () =>
  db.database.withTenant(tenantId, (tx) =>
    tx.query<Shown>(
      `select e.exception_id as id, e.title, e.state, e.resolution, e.queue, e.amount || ' ' || e.currency as money,
              e.priority_band as priority,
              (select array_agg(v.kind order by v.ordinal) from exception_event v
               where v.tenant_id = $1 and v.exception_id = e.exception_id) as steps
       from exception e where e.tenant_id = $1 order by e.title`,
      [tx.tenantId],
    ),
  );

const NAME: Alias = { system: 'salesforce', kind: 'number', scope: '', value: 'DE01-EUR/188' };
const LATE: StatedProblem = {
  subject: subjectNamed('bank-statement', NAME),
  hop: 'freshness/statements-de',
  taxonomy: 'timing-and-sequence.missing-file',
  discriminators: {},
  headline: 'The statement of 30 September has not come',
  message: 'It was due at 07:00.',
  amount: money('48200.00', 'EUR'),
  direction: 'inflow',
  legalEntity: 'DE01',
  counterparty: null,
  occurrences: 1,
  since: at(0),
  lastOccurredAt: at(0),
};

describe('what an engine states', () => {
  const state = async (...problems: StatedProblem[]) => {
    const changed = await db.database.withTenant(tenantId, (tx) =>
      stateProblems(tx, 'freshness', [{ scope: 'statements-de', problems }]),
    );
    await settle();
    return changed;
  };

  it('opens an exception, ends it when it is withdrawn, and opens the same one when it is stated again', async () => {
    expect(await state(LATE)).toBe(1);
    const [opened] = await shown();
    expect(opened).toMatchObject({
      title: 'The statement of 30 September has not come — bank statement DE01-EUR/188',
      state: 'OPEN',
      queue: 'reconciliation',
      money: '48200.00 EUR',
      priority: 'P3',
    });
    expect(await state(LATE)).toBe(0);
    expect(await state({ ...LATE, message: 'It was due at 07:00; the bank was asked.' })).toBe(1);
    expect(await shown()).toMatchObject([{ id: opened?.id, state: 'OPEN', steps: ['opened'] }]);
    expect(await state()).toBe(1);
    expect(await shown()).toMatchObject([{ id: opened?.id, state: 'RESOLVED', resolution: 'VANISHED' }]);
    await state(LATE);
    expect(await shown()).toMatchObject([{ id: opened?.id, state: 'OPEN', steps: ['opened', 'resolved', 'reopened'] }]);
  });

  it('leaves what it states elsewhere, and what others state, alone', async () => {
    await state(LATE);
    await db.database.withTenant(tenantId, async (tx) => {
      const problems = [{ ...LATE, hop: 'completeness/entries', taxonomy: 'reconciliation.count-break' }];
      await stateProblems(tx, 'completeness', [{ scope: 'statements-de', problems }]);
      await stateProblems(tx, 'freshness', [{ scope: 'statements-us', problems: [] }]);
    });
    await settle();
    expect((await shown()).map(({ state: its, queue }) => [its, queue])).toEqual([
      ['OPEN', 'reconciliation'],
      ['OPEN', 'reconciliation'],
    ]);
  });

  it('is about the object that its name turns out to be of', async () => {
    await state(LATE);
    const known = [storyObject('bank-statement', 'A'), storyObject('bank-statement', 'B')].find(
      ({ objectId }) => objectId < LATE.subject.subjectId,
    );
    const other = known ?? storyObject('bank-statement', 'C');
    await facts((story) =>
      story.object(other, null, [other, { type: 'bank-statement', key: NAME.value, objectId: LATE.subject.subjectId }]),
    );
    await projected(other);
    expect(await shown()).toMatchObject([{ state: 'OPEN', title: expect.stringContaining(`statement ${other.key}`) }]);
    await state();
    expect(await shown()).toMatchObject([{ state: 'RESOLVED' }]);
  });

  it('is refused whole when a part of it cannot be taken', async () => {
    await expect(state(LATE, { ...LATE, taxonomy: 'late' })).rejects.toThrow(/late is no kind of problem/);
    expect(await countOf(db.database, tenantId, 'stated_problem')).toBe(0);
  });
});

describe('money that nothing explains', () => {
  const [invoice, first, second] = ['9001', 'P-1', 'P-2'].map((key, index) =>
    storyObject(index === 0 ? 'invoice' : 'payment', key),
  ) as [StoryObject, StoryObject, StoryObject];
  const complete = () => change(`update business_transaction set progress = 'completed' where tenant_id = $1`);

  it('opens an exception once the transaction is complete, and ends it when the rest comes', async () => {
    await facts(async (story) => {
      await story.object(invoice, '1000.00');
      await story.object(first, '950.00');
      await story.link(invoice, first, 'settles', '950.00', 5);
      await story.transaction([invoice, first]);
    });
    await projected(invoice, first);
    expect(await shown()).toEqual([]);
    await complete();
    await projected(first);
    expect(await shown()).toMatchObject([
      {
        title: 'Short payment — invoice 9001',
        state: 'OPEN',
        queue: 'cash-application',
        money: '50.00 EUR',
        priority: 'P4',
      },
    ]);
    await facts(async (story) => {
      await story.object(second, '50.00');
      await story.link(invoice, second, 'settles', '50.00', 6);
    });
    await projected(invoice, second);
    expect(await shown()).toMatchObject([{ state: 'RESOLVED', resolution: 'VANISHED', money: '50.00 EUR' }]);
  });

  it('counts too much at once where a due time of ours was missed, and once where something else tells of it', async () => {
    const order = storyObject('sales-order', 'O-1');
    let transactionId = '';
    await facts(async (story) => {
      await story.object(order, '1000.00');
      await story.object(invoice, '1200.00');
      await story.link(order, invoice, 'bills', '1200.00', 5);
      transactionId = await story.transaction([order, invoice]);
      await story.milestone(transactionId, null, 10);
    });
    await hand('timeliness.overdue', { items: [{ transactionId, name: 'payment-applied', objectId: order.objectId }] });
    await settle();
    expect(await shown()).toMatchObject([
      {
        title: 'Amount differs from what follows from it — order O-1',
        queue: 'billing-and-revenue',
        money: '200.00 EUR',
      },
    ]);
    await change(
      `insert into problem (tenant_id, object_id, hop, signature, taxonomy, discriminators, message, integration, occurrences,
                            first_occurred_at, last_occurred_at, last_activity_id)
       select $1, $2, 'billing', 'data-quality.price-mismatch', 'data-quality.price-mismatch', '{}', 'price', 'billing', 1, $3, $3, $2`,
      invoice.objectId,
      at(20),
    );
    await projected(invoice);
    expect((await shown()).map(({ title, state }) => [title, state])).toEqual([
      ['Amount differs from what follows from it — order O-1', 'RESOLVED'],
      ['Price mismatch — invoice 9001', 'OPEN'],
    ]);
  });

  it.each([
    ['the rest is seen first', ['residuals', 'exceptions', 'validation']],
    ['the rule is seen first', ['validation', 'exceptions', 'residuals']],
    ['both before anything is opened', ['residuals', 'validation', 'exceptions']],
  ])('tells a duplicate payment once, at the payment that came second, when %s', async (_name, order) => {
    const openNow = async () =>
      (await shown()).filter(({ state }) => state === 'OPEN').map(({ title, money: left }) => `${title}, ${left}`);
    const happened = () => settle(order.map((name) => CONSUMERS.find((one) => one.name === name)!));
    await facts(async (story) => {
      await story.object(invoice, '1000.00');
      for (const payment of [first, second]) {
        await story.object(payment, '1000.00');
        await story.link(invoice, payment, 'settles', '1000.00', 5);
      }
      await story.transaction([invoice, first, second]);
    });
    await change(
      `update business_object set attributes = '{"valueDate":"2026-09-30","remittance":"RE 9001"}',
         first_occurred_at = case when object_id = $2 then first_occurred_at else first_occurred_at - interval '1 hour' end
       where tenant_id = $1 and type = 'payment'`,
      second.objectId,
    );
    await complete();
    const told = { objectIds: [invoice, first, second].map(({ objectId }) => objectId), transactionIds: [] };
    await db.database.withTenant(tenantId, (tx) => emit(tx, 'lineage.projected', told));
    await happened();
    expect(await openNow()).toEqual(['Payment is there twice — payment P-2, 1000.00 EUR']);
    await db.database.withTenant(tenantId, (tx) => emit(tx, 'lineage.projected', told));
    await happened();
    expect(await openNow()).toEqual(['Payment is there twice — payment P-2, 1000.00 EUR']);
    await change(
      `update business_object set attributes = '{"valueDate":"2026-09-30","remittance":"RE 9002"}'
       where tenant_id = $1 and object_id = $2`,
      second.objectId,
    );
    await db.database.withTenant(tenantId, (tx) =>
      emit(tx, 'lineage.projected', { objectIds: [second.objectId], transactionIds: [] }),
    );
    await happened();
    expect(await openNow()).toEqual(['Duplicate payment — invoice 9001, 1000.00 EUR']);
  });
});
