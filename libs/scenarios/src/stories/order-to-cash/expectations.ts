import type { LineageSummary, TransactionSummary } from '../../lineage-summary.js';
import { type StoryOrder, keyOf } from '../../order-signals.js';
import { longKeyOf } from './documents.js';

/** What becomes of an untroubled order: the objects, and the links between them. */
export const membersOf = (order: StoryOrder): string[] => [
  `bank-entry ${keyOf.bankEntry(order)}`,
  `contract ${keyOf.contract(order)}`,
  `delivery ${longKeyOf.delivery(order)}`,
  `invoice ${keyOf.invoice(order)}`,
  `payment ${keyOf.payment(order)}`,
  `sales-order ${keyOf.salesOrder(order)}`,
];

export const hubsOf = (order: StoryOrder, month: string): string[] => [
  `bank-statement ${longKeyOf.statement(order)}`,
  `cash-forecast ${longKeyOf.forecast(order, month)}`,
  `cash-position ${longKeyOf.position(order)}`,
];

/** Links until the order is in the forecast. */
export const linksUntilOrder = (order: StoryOrder, month: string): string[] => [
  `customer ACC-${order.customer} ─placed-by→ contract ${keyOf.contract(order)}`,
  `credit-exposure ${longKeyOf.creditAccount(order)} ─weighs-on→ contract ${keyOf.contract(order)}`,
  `contract ${keyOf.contract(order)} ─fulfils→ sales-order ${keyOf.salesOrder(order)}`,
  `sales-order ${keyOf.salesOrder(order)} ─projects ${order.amount} ${order.currency}→ cash-forecast ${longKeyOf.forecast(order, month)}`,
];

/** Links from the order to the invoice and on into the forecast. */
export const linksOfInvoice = (order: StoryOrder, month: string): string[] => [
  `sales-order ${keyOf.salesOrder(order)} ─delivers→ delivery ${longKeyOf.delivery(order)}`,
  `delivery ${longKeyOf.delivery(order)} ─bills→ invoice ${keyOf.invoice(order)}`,
  `sales-order ${keyOf.salesOrder(order)} ─bills ${order.amount} ${order.currency}→ invoice ${keyOf.invoice(order)}`,
  `invoice ${keyOf.invoice(order)} ─projects ${order.amount} ${order.currency}→ cash-forecast ${longKeyOf.forecast(order, month)}`,
];

/** Links from the invoice to the position. */
export const linksOfPayment = (order: StoryOrder): string[] => [
  `invoice ${keyOf.invoice(order)} ─settles ${order.amount} ${order.currency}→ payment ${keyOf.payment(order)}`,
  `payment ${keyOf.payment(order)} ─books ${order.amount} ${order.currency}→ bank-entry ${keyOf.bankEntry(order)}`,
  `bank-entry ${keyOf.bankEntry(order)} ─lists ${order.amount} ${order.currency}→ bank-statement ${longKeyOf.statement(order)}`,
  `bank-statement ${longKeyOf.statement(order)} ─gathers→ cash-position ${longKeyOf.position(order)}`,
];

/** The statement of a payment is a transaction of its own, which ends with the position. */
export function statementOfPayment(
  order: StoryOrder,
  receivedAt: string,
  position: [string, string],
): LineageSummary['transactions'] {
  return {
    [`treasury-statement ${longKeyOf.statement(order)}`]: {
      progress: 'completed',
      members: [`bank-statement ${longKeyOf.statement(order)}`],
      hubs: [`cash-position ${longKeyOf.position(order)}`],
      milestones: {
        'statement-received': receivedAt,
        'balance-checked': 'pending',
        'cash-position-refreshed': position,
      },
    },
  };
}

/** Milestones of an order that starts on Tuesday, 1 September 2026, 08:00 UTC, until it may be delivered; worked out in `longForms`. */
export const soldMilestones = (order: StoryOrder): TransactionSummary['milestones'] => ({
  'contract-approved': '2026-09-01T08:00:00.000Z',
  'credit-exposure-checked': ['2026-09-01T08:04:00.000Z', '2026-09-01T08:10:00.000Z'],
  [`order-accepted ${keyOf.salesOrder(order)}`]: ['2026-09-01T08:09:01.000Z', '2026-09-01T08:19:00.000Z'],
  [`forecast-updated-from-order ${keyOf.salesOrder(order)}`]: ['2026-09-01T08:14:00.000Z', '2026-09-01T08:19:01.000Z'],
  [`order-released ${keyOf.salesOrder(order)}`]: ['2026-09-01T08:39:00.000Z', '2026-09-01T09:09:01.000Z'],
});

/** Of the same order in Germany: the goods leave on Thursday and are billed. */
export const billedMilestones = (order: StoryOrder): TransactionSummary['milestones'] => ({
  ...soldMilestones(order),
  [`goods-issued ${longKeyOf.delivery(order)}`]: ['2026-09-03T10:00:00.000Z', '2026-09-03T22:00:00.000Z'],
  [`invoice-posted ${keyOf.invoice(order)}`]: ['2026-09-03T12:00:00.000Z', '2026-09-03T16:00:00.000Z'],
  [`forecast-replaced-by-invoice ${keyOf.invoice(order)}`]: ['2026-09-03T12:06:00.000Z', '2026-09-03T12:10:00.000Z'],
});

/** And paid and applied two weeks later, on the day that the invoice is due, in the position of the next morning. */
export const paidMilestones = (order: StoryOrder): TransactionSummary['milestones'] => ({
  ...billedMilestones(order),
  [`payment-received ${keyOf.payment(order)}`]: ['2026-09-17T09:00:00.000Z', '2026-09-17T22:00:00.000Z'],
  [`cash-position-updated ${keyOf.bankEntry(order)}`]: ['2026-09-18T06:15:00.000Z', '2026-09-18T07:00:00.000Z'],
  [`payment-applied ${keyOf.payment(order)}`]: ['2026-09-17T10:30:00.000Z', '2026-09-17T13:00:00.000Z'],
  [`status-in-crm ${keyOf.payment(order)}`]: ['2026-09-17T10:45:00.000Z', '2026-09-17T11:00:00.000Z'],
});

/** Nothing of these has come yet, and nothing says until when it should. */
export const pendingFrom = (first: string): TransactionSummary['milestones'] => {
  const names = [
    ...['order-accepted', 'forecast-updated-from-order', 'order-released', 'invoice-posted'],
    ...[
      'forecast-replaced-by-invoice',
      'payment-received',
      'cash-position-updated',
      'payment-applied',
      'status-in-crm',
    ],
  ];
  return Object.fromEntries(names.slice(names.indexOf(first)).map((name) => [name, 'pending']));
};
