import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Activity, type ActivityObject, NIL_UUID, type ObjectType, activityId } from '@throughline/canonical';
import { isSkipped } from '@throughline/lineage';
import { createTestDatabase } from '@throughline/persistence/testing';
import { inBatches, inDisorder, seededNumbers } from '@throughline/scenarios';
import { storeActivities } from './fact-writer.js';
import { observedDatabase } from './testing/observed-database.js';
import { type PipelineBench, newPipelineBench } from './testing/pipeline-bench.js';

jest.setTimeout(120_000);

let db: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());

type Said = { type: string; at: string; by?: string; objects: string[]; links?: [from: number, to: number][] };

/** "type number name=value" is an object with an attribute; `entity` and `currency` are stated by every object. */
function activityOf({ type, at, by = 'erp', objects, links = [] }: Said): Activity {
  const id = activityId(JSON.stringify([type, at, objects]), 0);
  return {
    activityId: id,
    type,
    occurredAt: `2026-10-${at}:00.000Z`,
    outcome: 'success',
    system: by,
    integration: '',
    objects: objects.map((object, position): ActivityObject => {
      const [objectType = '', value = '', ...stated] = object.split(' ');
      return {
        type: objectType as ObjectType,
        qualifier: position === 0 ? 'subject' : 'related',
        aliases: [{ system: 'erp', kind: 'number', scope: '', value }],
        legalEntity: 'DE01',
        amount: { amount: '100.00', currency: 'EUR' },
        attributes: Object.fromEntries(stated.map((pair) => pair.split('=') as [string, string])),
      };
    }),
    links: links.map(([from, to]) => ({ from, to, qualifier: 'follows' })),
    runKey: id,
    signal: { kind: 'cloud-event', receivedOn: '2026-10-01', signalId: id },
    mapping: { name: 'test', version: 1, rule: 'test' },
  };
}

/** Stores the story in disorder and in batches, and says its transactions: "workflow" → milestones with state and due time. */
async function play(bench: PipelineBench, story: readonly Said[]) {
  const activities = story.map(activityOf);
  const random = seededNumbers(7);
  for (const batch of inBatches(inDisorder(activities, random), random, 4)) {
    await bench.inTenant((tx) => storeActivities(tx, batch));
    await bench.settle();
  }
  const stored = await bench.read();
  expect(stored).toEqual(bench.inMemoryOf(activities));
  const keys = new Map(stored.objects.map(({ objectId, key }) => [objectId, ` ${key}`]));
  return stored.transactions.map(({ transactionId, workflow, progress }) => ({
    workflow,
    progress,
    milestones: Object.fromEntries(
      stored.milestones
        .filter((milestone) => milestone.transactionId === transactionId)
        .sort((left, right) => left.position - right.position)
        .map((milestone) => [
          `${milestone.name}${milestone.objectId === NIL_UUID ? '' : (keys.get(milestone.objectId) ?? '')}`,
          [
            isSkipped(milestone) ? 'skipped' : (milestone.reachedAt?.slice(8, 16) ?? 'pending'),
            ...(milestone.dueAt === null ? [] : [`due ${milestone.dueAt.slice(5, 16)}`]),
          ].join(', '),
        ]),
    ),
  }));
}

// Thursday 1 October 2026; Berlin is two hours ahead of UTC until the 25th. Business hours of DE01: 07:00 to 18:00.
describe('through the worker', () => {
  it('order to cash with liquidity visibility has all its steps', async () => {
    const story: Said[] = [
      { type: 'contract.approved', at: '01T08:00', objects: ['contract C1'] },
      { type: 'contract.credit-checked', at: '01T08:05', objects: ['contract C1'] },
      { type: 'sales-order.accepted', at: '01T08:12', objects: ['sales-order O1', 'contract C1'], links: [[1, 0]] },
      {
        type: 'cash-forecast.updated',
        at: '01T08:20',
        objects: ['cash-forecast F1', 'sales-order O1'],
        links: [[1, 0]],
      },
      {
        type: 'delivery.posted',
        at: '01T12:00',
        objects: ['delivery D1 deliveryDate=2026-10-02', 'sales-order O1'],
        links: [[1, 0]],
      },
      {
        type: 'invoice.posted',
        at: '01T17:00',
        objects: ['invoice I1 dueDate=2026-10-30', 'delivery D1'],
        links: [[1, 0]],
      },
      { type: 'cash-forecast.updated', at: '01T17:05', objects: ['cash-forecast F1', 'invoice I1'], links: [[1, 0]] },
      {
        type: 'payment.received',
        at: '02T10:00',
        objects: ['payment P1', 'invoice I1', 'bank-entry E1'],
        links: [
          [1, 0],
          [0, 2],
        ],
      },
      {
        type: 'cash-position.updated',
        at: '05T06:30',
        objects: ['cash-position K1', 'bank-entry E1'],
        links: [[1, 0]],
      },
      { type: 'payment.applied', at: '02T13:00', objects: ['payment P1'] },
    ];
    expect(await play(await newPipelineBench(db), story)).toEqual([
      {
        workflow: 'order-to-cash',
        // The status has still to be told to the CRM.
        progress: 'running',
        milestones: {
          'contract-approved': '01T08:00',
          'credit-exposure-checked': '01T08:05, due 10-01T08:10',
          'order-accepted O1': '01T08:12, due 10-01T08:20',
          'forecast-updated-from-order O1': '01T08:20, due 10-01T08:22',
          'order-released O1': 'skipped',
          'goods-issued D1': '01T12:00, due 10-02T22:00',
          'invoice-posted I1': '01T17:00, due 10-01T16:00',
          'forecast-replaced-by-invoice I1': '01T17:05, due 10-01T17:10',
          'payment-received P1': '02T10:00, due 10-30T23:00',
          'cash-position-updated E1': '05T06:30, due 10-05T07:00',
          'payment-applied P1': '02T13:00, due 10-02T14:00',
          'status-in-crm P1': 'pending, due 10-02T13:30',
        },
      },
    ]);
  });

  it('quote to cash leads to a billing schedule, and each of its items is a transaction of its own', async () => {
    const bench = await newPipelineBench(db);
    const story: Said[] = [
      { type: 'opportunity.won', at: '01T08:00', objects: ['opportunity A1'] },
      { type: 'quote.accepted', at: '01T07:55', objects: ['quote Q1', 'opportunity A1'], links: [[1, 0]] },
      { type: 'opportunity.customer-resolved', at: '01T08:10', objects: ['opportunity A1'] },
      { type: 'subscription.activated', at: '01T08:20', objects: ['subscription S1', 'quote Q1'], links: [[1, 0]] },
      {
        type: 'billing-schedule.created',
        at: '01T08:40',
        objects: ['billing-schedule B1 billingDate=2026-10-02', 'subscription S1'],
        links: [[1, 0]],
      },
      { type: 'billing-schedule.billed', at: '02T06:00', objects: ['billing-schedule B1'] },
      {
        type: 'invoice.posted',
        at: '02T06:10',
        by: 'zuora',
        objects: ['invoice I1 dueDate=2026-10-16', 'billing-schedule B1'],
        links: [[1, 0]],
      },
      { type: 'invoice.posted', at: '02T06:30', by: 'netsuite', objects: ['invoice I1'] },
      { type: 'invoice.revenue-deferred', at: '02T06:31', objects: ['invoice I1'] },
      {
        type: 'revenue-schedule.created',
        at: '02T09:00',
        objects: ['revenue-schedule R1 postingPeriod=2026-10', 'invoice I1'],
        links: [[1, 0]],
      },
      { type: 'payment.settled', at: '09T12:00', objects: ['payment P1', 'invoice I1'], links: [[1, 0]] },
      { type: 'invoice.synchronised', at: '09T12:20', objects: ['invoice I1'] },
      {
        type: 'journal-entry.posted',
        at: '31T20:00',
        objects: ['journal-entry J1', 'revenue-schedule R1'],
        links: [[1, 0]],
      },
    ];
    const told = await play(bench, story);
    expect(told).toEqual(
      expect.arrayContaining([
        {
          workflow: 'quote-to-cash',
          progress: 'completed',
          milestones: {
            'deal-won': '01T08:00',
            'customer-resolved': '01T08:10, due 10-01T08:15',
            'subscription-active S1': '01T08:20, due 10-01T08:25',
            'billing-schedule-created S1': '01T08:40, due 10-01T09:20',
          },
        },
        {
          workflow: 'subscription-billing',
          progress: 'completed',
          milestones: {
            'item-scheduled': '01T08:40',
            'item-billed': '02T06:00, due 10-02T22:00',
            'invoice-issued I1': '02T06:10',
            'invoice-posted I1': '02T06:30, due 10-02T07:00',
            'revenue-deferred I1': '02T06:31, due 10-02T07:00',
            'revenue-schedule-created I1': '02T09:00, due 10-02T10:30',
            'payment-settled I1': '09T12:00, due 10-16T22:00',
            'status-in-crm I1': '09T12:20, due 10-09T12:30',
            // Monday 2 November is the first business day of close; Berlin is one hour ahead by then.
            'revenue-recognised R1': '31T20:00, due 11-02T23:00',
          },
        },
      ]),
    );
    expect(told).toHaveLength(2);
  });

  it('global order to cash asks for the evidence of each invoice', async () => {
    const story: Said[] = [
      { type: 'contract.approved', at: '01T08:00', objects: ['contract C1'] },
      { type: 'contract.validated', at: '01T08:10', objects: ['contract C1'] },
      { type: 'sales-order.created', at: '01T08:30', objects: ['sales-order O1', 'contract C1'], links: [[1, 0]] },
      {
        type: 'billing-schedule.planned',
        at: '01T08:40',
        objects: ['billing-schedule B1 billingDate=2026-10-05', 'contract C1'],
        links: [[1, 0]],
      },
      { type: 'invoice.posted', at: '05T15:00', objects: ['invoice I1', 'billing-schedule B1'], links: [[1, 0]] },
    ];
    expect(await play(await newPipelineBench(db), story)).toEqual([
      {
        workflow: 'global-order-to-cash',
        progress: 'running',
        milestones: {
          'contract-approved': '01T08:00',
          'attributes-validated': '01T08:10, due 10-01T08:15',
          'order-created O1': '01T08:30, due 10-01T09:10',
          'billing-schedule-created B1': '01T08:40, due 10-01T09:10',
          'invoice-posted B1': '05T15:00, due 10-05T16:00',
          'evidence-captured I1': 'pending, due 10-06T15:00',
        },
      },
    ]);
  });

  it('a bank statement and a payment batch are transactions of their own', async () => {
    const story: Said[] = [
      { type: 'bank-statement.received', at: '02T04:30', objects: ['bank-statement T1 closingDate=2026-10-01'] },
      { type: 'bank-statement.balance-checked', at: '02T04:31', objects: ['bank-statement T1'] },
      {
        type: 'cash-position.updated',
        at: '02T06:50',
        objects: ['cash-position K1', 'bank-statement T1'],
        links: [[1, 0]],
      },
      {
        type: 'cash-forecast.linked',
        at: '02T06:40',
        objects: ['cash-position K1', 'cash-forecast F1'],
        links: [[0, 1]],
      },
      { type: 'payment-batch.approved', at: '01T09:00', objects: ['payment-batch Z1'] },
      { type: 'payment-batch.sent', at: '01T09:20', objects: ['payment-batch Z1'] },
    ];
    expect(await play(await newPipelineBench(db), story)).toEqual(
      expect.arrayContaining([
        {
          workflow: 'treasury-statement',
          // Its forecast has still to be updated.
          progress: 'running',
          milestones: {
            'statement-received': '02T04:30, due 10-02T05:00',
            'balance-checked': '02T04:31',
            'cash-position-refreshed': '02T06:50, due 10-02T07:00',
            'cash-forecast-updated': 'pending, due 10-02T07:00',
          },
        },
        {
          workflow: 'treasury-payments',
          progress: 'running',
          milestones: {
            'batch-approved': '01T09:00',
            'batch-sent': '01T09:20, due 10-01T10:00',
            'batch-accepted': 'pending, due 10-01T11:20',
            'batch-booked': 'pending, due 10-02T16:00',
          },
        },
      ]),
    );
  });

  it('bookings and the pipeline reach the plan', async () => {
    const story: Said[] = [
      { type: 'pipeline-snapshot.taken', at: '01T03:00', objects: ['pipeline-snapshot N1 snapshotDate=2026-10-01'] },
      { type: 'booking.created', at: '01T08:00', objects: ['booking B1'] },
      { type: 'sales-order.accepted', at: '01T08:10', objects: ['sales-order O1', 'booking B1'], links: [[1, 0]] },
      { type: 'invoice.posted', at: '01T10:00', objects: ['invoice I1', 'sales-order O1'], links: [[1, 0]] },
      {
        type: 'journal-entry.posted',
        at: '01T11:00',
        objects: ['journal-entry J1 postingPeriod=2026-10', 'invoice I1'],
        links: [[1, 0]],
      },
      {
        type: 'actuals-batch.loaded',
        at: '01T12:00',
        objects: ['actuals-batch A1', 'journal-entry J1'],
        links: [[1, 0]],
      },
    ];
    expect(await play(await newPipelineBench(db), story)).toEqual(
      expect.arrayContaining([
        {
          workflow: 'pipeline-to-plan',
          progress: 'running',
          milestones: { 'snapshot-taken': '01T03:00', 'snapshot-loaded': 'pending, due 10-01T04:00' },
        },
        {
          workflow: 'bookings-to-plan',
          progress: 'completed',
          milestones: {
            'deal-booked': '01T08:00',
            'order-accepted O1': '01T08:10, due 10-01T08:15',
            'invoice-posted I1': '01T10:00',
            'revenue-recognised J1': '01T11:00',
            'actuals-published J1': '01T12:00, due 10-01T15:00',
            'actuals-published-for-close J1': 'pending, due 11-03T23:00',
          },
        },
      ]),
    );
  });
});

describe('a batch of five hundred payments', () => {
  it('is one transaction with the batch alone, computed in a bounded number of statements', async () => {
    const bench = await newPipelineBench(db);
    const statements: string[] = [];
    const observed = bench.seenBy(observedDatabase(db.database, (sql) => Promise.resolve(void statements.push(sql))));
    const payments = Array.from({ length: 500 }, (_, index): Said => ({
      type: 'payment.sent',
      at: '01T09:10',
      objects: [`payment P${index + 1}`, 'payment-batch Z1'],
      links: [[0, 1]],
    }));
    const sent: Said = { type: 'payment-batch.sent', at: '01T09:20', objects: ['payment-batch Z1'] };
    const activities = [...payments, sent].map(activityOf);
    await bench.inTenant((tx) => storeActivities(tx, activities));
    await observed.project.run(bench.tenantId);
    const first = statements.length;
    const stored = await bench.read();
    expect(stored).toEqual(bench.inMemoryOf(activities));
    expect(stored.transactions.map(({ workflow }) => workflow)).toEqual(['treasury-payments']);
    expect(stored.transactionObjects).toHaveLength(1);

    const accepted = activityOf({ type: 'payment-batch.accepted', at: '01T10:00', objects: ['payment-batch Z1'] });
    await bench.inTenant((tx) => storeActivities(tx, [accepted]));
    await observed.project.run(bench.tenantId);
    expect(await bench.read()).toEqual(bench.inMemoryOf([...activities, accepted]));
    // Of the size of the batch neither depends; a slice of a thousand anchors is the only step there is.
    expect([first, statements.length - first].every((count) => count < 40)).toBe(true);
  });
});
