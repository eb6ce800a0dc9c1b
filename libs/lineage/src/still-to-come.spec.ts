import { describe, expect, it } from '@jest/globals';
import { type Activity, NIL_UUID, type ObjectType } from '@throughline/canonical';
import { describeCardinality } from './describe-rule.js';
import { parseWorkflow } from './load-workflow.js';
import { projectAll } from './projection.js';
import { activity, at, named, reference } from './testing/activity-builder.js';
import { TEST_CALENDARS } from './testing/short-workflow.js';

const WORKFLOW = parseWorkflow(
  `
name: counted
title: Counted
anchor: contract
follows:
  - { from: contract, to: sales-order, as: fulfils }
  - { from: sales-order, to: delivery, as: delivers }
  - { from: sales-order, to: invoice, as: bills }
  - { from: delivery, to: invoice, as: bills }
  - { from: invoice, to: payment, as: settles }
  - { from: payment, to: bank-entry, as: books }
milestones:
  - { name: approved, title: Approved, on: contract, reachedBy: [contract.approved] }
  - { name: accepted, title: Accepted, on: sales-order, per: sales-order, after: [approved], reachedBy: [sales-order.accepted], undoneBy: [sales-order.cancelled] }
  - { name: issued, title: Issued, on: delivery, per: delivery, required: false, after: [accepted], reachedBy: [delivery.posted], undoneBy: [delivery.cancelled] }
  - name: posted
    title: Posted
    on: invoice
    per: invoice
    after: [issued]
    expects:
      - { atLeast: 1, atMost: 1, per: delivery }
      - { atLeast: 1, per: sales-order }
    reachedBy: [invoice.posted]
    undoneBy: [invoice.reversed]
    due: { kind: business-duration, commitment: service, after: issued, duration: PT1H, calendar: around-the-clock }
  - name: paid
    title: Paid
    on: payment
    per: payment
    after: [posted]
    expects: { atLeast: 1, per: invoice, moreAfter: [invoice.partially-paid], enoughAfter: [invoice.cleared] }
    reachedBy: [payment.received]
    undoneBy: [payment.returned]
    due: { kind: stated-date, commitment: expectation, of: invoice, date: dueDate, after: posted }
  - { name: applied, title: Applied, on: payment, per: payment, after: [paid], reachedBy: [payment.applied], undoneBy: [payment.returned] }
  - { name: booked, title: Booked, on: bank-entry, per: bank-entry, required: false, after: [paid], reachedBy: [bank-entry.booked], due: { kind: business-duration, commitment: service, after: paid, duration: PT4H, calendar: around-the-clock } }
`,
  'counted.yaml',
);

const said = (type: string, time: string, key: string, from: [ObjectType, string][] = [], dueDate?: string) =>
  activity({
    type,
    at: at(time),
    objects: [
      {
        ...named(type.split('.')[0] as ObjectType, key),
        ...(dueDate !== undefined && { attributes: { dueDate } }),
      },
      ...from.map(([upstream, name]) => reference(upstream, name)),
    ],
    links: from.map((_, index) => [index + 1, 0]),
  });

const order = (key: string) => said('sales-order.accepted', '08:00', key, [['contract', 'C']]);
const invoice = (key: string, of: [ObjectType, string][], time = '10:00', dueDate?: string) =>
  said('invoice.posted', time, key, of, dueDate);
const payment = (key: string, of: string[], time = '11:00') => [
  said(
    'payment.received',
    time,
    key,
    of.map((one): [ObjectType, string] => ['invoice', one]),
  ),
  said('payment.applied', time, key),
];
const approved = said('contract.approved', '07:00', 'C');
const oneOrder = [approved, order('O1')];

/** Milestones that are not reached: "name key", "name" for one that is still to come; with the due time if there is one. */
function unreached(activities: readonly Activity[]) {
  const projection = projectAll(activities, [WORKFLOW], TEST_CALENDARS);
  expect(projectAll([...activities].reverse(), [WORKFLOW], TEST_CALENDARS)).toEqual(projection);
  const keys = new Map(projection.objects.map((object) => [object.objectId, ` ${object.key}`]));
  const rows = projection.milestones
    .filter(({ reachedAt }) => reachedAt === null)
    .map(({ name, objectId, dueAt }) => [
      `${name}${objectId === NIL_UUID ? '' : (keys.get(objectId) ?? '')}`,
      dueAt === null ? null : dueAt.slice(0, 16),
    ]);
  return { progress: projection.transactions[0]?.progress, unreached: Object.fromEntries(rows) };
}

describe('what is still to come', () => {
  it.each<{ name: string; activities: Activity[]; expected: Record<string, string | null> }>([
    {
      name: 'the invoice of the second of two orders, when the first is billed and paid',
      activities: [...oneOrder, order('O2'), invoice('I1', [['sales-order', 'O1']]), ...payment('P1', ['I1'])],
      expected: { posted: null },
    },
    {
      name: 'nothing, when both are billed and paid',
      activities: [
        ...oneOrder,
        order('O2'),
        invoice('I1', [['sales-order', 'O1']]),
        invoice('I2', [['sales-order', 'O2']]),
        ...payment('P1', ['I1', 'I2']),
      ],
      expected: {},
    },
    {
      name: 'nothing of an order that was cancelled beside another',
      activities: [
        ...oneOrder,
        order('O2'),
        said('sales-order.cancelled', '09:00', 'O2'),
        invoice('I1', [['sales-order', 'O1']]),
        ...payment('P1', ['I1']),
      ],
      expected: {},
    },
    {
      name: 'the invoice of a delivery that left, an hour after it did',
      activities: [
        ...oneOrder,
        said('delivery.posted', '09:00', 'D1', [['sales-order', 'O1']]),
        said('delivery.posted', '12:00', 'D2', [['sales-order', 'O1']]),
        invoice('I1', [
          ['delivery', 'D1'],
          ['sales-order', 'O1'],
        ]),
        ...payment('P1', ['I1']),
      ],
      expected: { posted: '2026-10-01T13:00' },
    },
    {
      name: 'nothing of a delivery that was cancelled before it left',
      activities: [
        ...oneOrder,
        said('delivery.posted', '09:00', 'D1', [['sales-order', 'O1']]),
        said('delivery.created', '09:00', 'D2', [['sales-order', 'O1']]),
        said('delivery.cancelled', '09:30', 'D2'),
        invoice('I1', [['delivery', 'D1']]),
        ...payment('P1', ['I1']),
      ],
      expected: {},
    },
    {
      name: 'the payment of the second of two invoices, by its own date',
      activities: [
        ...oneOrder,
        invoice('I1', [['sales-order', 'O1']], '10:00', '2026-10-05'),
        invoice('I2', [['sales-order', 'O1']], '10:00', '2026-10-20'),
        ...payment('P1', ['I1']),
      ],
      expected: { paid: '2026-10-21T00:00' },
    },
    {
      name: 'nothing of an invoice that was cleared without a payment',
      activities: [
        ...oneOrder,
        invoice('I1', [['sales-order', 'O1']]),
        invoice('I2', [['sales-order', 'O1']]),
        said('invoice.cleared', '10:30', 'I2'),
        ...payment('P1', ['I1']),
      ],
      expected: {},
    },
    {
      name: 'the rest of an invoice that was paid in part',
      activities: [
        ...oneOrder,
        invoice('I1', [['sales-order', 'O1']], '10:00', '2026-10-05'),
        ...payment('P1', ['I1']),
        said('invoice.partially-paid', '11:30', 'I1'),
      ],
      expected: { paid: '2026-10-06T00:00' },
    },
    {
      name: 'nothing of it once the rest is there',
      activities: [
        ...oneOrder,
        invoice('I1', [['sales-order', 'O1']]),
        ...payment('P1', ['I1']),
        said('invoice.partially-paid', '11:30', 'I1'),
        ...payment('P2', ['I1'], '12:00'),
      ],
      expected: {},
    },
    {
      name: 'the rest beside a part that is not booked yet, whose clock runs',
      activities: [
        ...oneOrder,
        invoice('I1', [['sales-order', 'O1']]),
        ...payment('P1', ['I1']),
        said('bank-entry.seen', '11:00', 'E1', [['payment', 'P1']]),
        said('invoice.partially-paid', '11:30', 'I1'),
      ],
      expected: { paid: null, 'booked E1': '2026-10-01T15:00' },
    },
    {
      name: 'the invoice itself, when it was reversed and nothing took its place',
      activities: [...oneOrder, invoice('I1', [['sales-order', 'O1']]), said('invoice.reversed', '12:00', 'I1')],
      expected: { 'posted I1': null, paid: null, applied: null },
    },
    {
      name: 'nothing of a reversed invoice that was billed anew',
      activities: [
        ...oneOrder,
        invoice('I1', [['sales-order', 'O1']]),
        said('invoice.reversed', '12:00', 'I1'),
        invoice('I2', [['sales-order', 'O1']], '13:00'),
        ...payment('P1', ['I2'], '14:00'),
      ],
      expected: {},
    },
    {
      name: 'a returned payment, though another part had been paid before',
      activities: [
        ...oneOrder,
        invoice('I1', [['sales-order', 'O1']]),
        ...payment('P1', ['I1'], '11:00'),
        ...payment('P2', ['I1'], '12:00'),
        said('payment.returned', '13:00', 'P2'),
      ],
      expected: { 'paid P2': null, 'applied P2': null },
    },
    {
      name: 'nothing of a returned payment that was made again',
      activities: [
        ...oneOrder,
        invoice('I1', [['sales-order', 'O1']]),
        ...payment('P1', ['I1'], '11:00'),
        said('payment.returned', '13:00', 'P1'),
        ...payment('P2', ['I1'], '14:00'),
      ],
      expected: {},
    },
  ])('$name', ({ activities, expected }) => {
    const progress = Object.keys(expected).length === 0 ? 'completed' : 'running';
    expect(unreached(activities)).toEqual({ progress, unreached: expected });
  });

  it('is said in words', () => {
    expect(WORKFLOW.milestones.map(describeCardinality)).toEqual([
      null,
      null,
      null,
      'exactly one invoice for each delivery, at least one invoice for each sales order',
      'at least one payment for each invoice',
      null,
      null,
    ]);
  });
});
