import type { FinanceEventObject } from '@throughline/canonical';
import type { TransactionSummary } from '../../lineage-summary.js';
import { type StoryOrder, INTEGRATION, cashPositionUpdated, keyOf, moneyOf } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { financeEvent } from '../../wire-forms.js';
import { bankEntryOf, contractOf, invoiceOf, orderInCrm, orderInErp, paymentOf } from './documents.js';

/** Orders of 100.00 to 599.00 that CRM, ERP and bank handle in one run each. */
const ORDERS = Array.from({ length: 500 }, (_, index): StoryOrder => ({
  number: `16${String(index).padStart(3, '0')}`,
  amount: `${100 + index}.00`,
  ...{ legalEntity: 'DE01', currency: 'EUR', customer: `Sammelkunde ${index % 25}`, sellingUnit: 'DE01-HAMBURG' },
}));

/** 500 × 100.00 and 0 + 1 + … + 499 = 499 × 500 / 2 = 124 750: 50 000.00 + 124 750.00. */
const TOTAL = { amount: '174750.00', currency: 'EUR' };

/** The direct debits are collected in one amount. */
const COLLECTED: StoryOrder = { ...ORDERS[0]!, number: '16-COLLECTED', amount: TOTAL.amount };

/** One run: what happened to the documents of each order, and the document that each follows from. */
function runOf(
  type: string,
  at: string,
  system: string,
  integration: string,
  documentOf: (order: StoryOrder) => FinanceEventObject,
  follows?: { from: (order: StoryOrder) => FinanceEventObject; as: string },
): ScenarioSignal {
  const [first, ...others] = ORDERS.map((order) => ({ ...documentOf(order), qualifier: 'subject' }));
  if (first === undefined) throw new RangeError('a run has documents');
  const links = ORDERS.map((order, index) => ({
    from: ORDERS.length + index,
    to: index,
    qualifier: follows?.as ?? '',
    amount: moneyOf(order),
  }));
  return financeEvent(type, `run of ${type} 16`, at, {
    system,
    integration,
    objects: [first, ...others, ...(follows === undefined ? [] : ORDERS.map(follows.from))],
    ...(follows !== undefined && { links }),
  });
}

const withErpNumber = (order: StoryOrder): FinanceEventObject => {
  const inCrm = orderInCrm(order);
  return {
    ...inCrm,
    keys: [...inCrm.keys, { system: 'sap-s4hana', kind: 'sales-order', value: keyOf.erpOrder(order) }],
  };
};

/** Kyriba: the bank booked one amount for all direct debits. */
function booked(at: string): ScenarioSignal {
  return financeEvent('bank-entry.booked', keyOf.bankEntry(COLLECTED), at, {
    system: 'kyriba',
    integration: INTEGRATION.bankCredits,
    objects: [bankEntryOf(COLLECTED), ...ORDERS.map((order) => paymentOf(order))],
    links: ORDERS.map((order, index) => ({ from: index + 1, to: 0, qualifier: 'books', amount: moneyOf(order) })),
  });
}

const transactionOf = (order: StoryOrder): TransactionSummary => ({
  progress: 'completed',
  members: [
    'bank-entry ENTRY-16-COLLECTED',
    `contract ${keyOf.contract(order)}`,
    `invoice ${keyOf.invoice(order)}`,
    `payment ${keyOf.payment(order)}`,
    `sales-order ${keyOf.salesOrder(order)}`,
  ],
  hubs: ['cash-position 2026-09-17-B/EUR'],
  milestones: {
    'contract-approved': '2026-09-01T08:00:00.000Z',
    [`order-accepted ${keyOf.salesOrder(order)}`]: '2026-09-01T20:00:00.000Z',
    [`invoice-posted ${keyOf.invoice(order)}`]: '2026-09-03T20:00:00.000Z',
    [`payment-received ${keyOf.payment(order)}`]: '2026-09-17T08:00:00.000Z',
    'cash-position-updated ENTRY-16-COLLECTED': '2026-09-17T09:00:00.000Z',
    // Thursday 10:00 in Berlin and four hours.
    [`payment-applied ${keyOf.payment(order)}`]: ['2026-09-17T11:00:00.000Z', '2026-09-17T12:00:00.000Z'],
  },
});

/** Five runs touch five hundred orders each, and one bank entry is in all of them: five hundred transactions, none glued to another. */
export const batchOf500: Story = {
  name: 'five hundred orders in batches',
  signals: [
    runOf('contract.approved', '2026-09-01T08:00:00Z', 'salesforce', '', (order) => contractOf(order)),
    runOf(
      ...(['sales-order.accepted', '2026-09-01T20:00:00Z', 'sap-s4hana', INTEGRATION.contractToOrder] as const),
      withErpNumber,
      { from: (order) => contractOf(order), as: 'fulfils' },
    ),
    runOf(
      ...(['invoice.posted', '2026-09-03T20:00:00Z', 'sap-s4hana', INTEGRATION.billing] as const),
      (order) => invoiceOf(order),
      { from: (order) => orderInErp(order), as: 'bills' },
    ),
    runOf(
      ...(['payment.received', '2026-09-17T08:00:00Z', 'kyriba', INTEGRATION.bankCredits] as const),
      (order) => paymentOf(order),
      { from: (order) => invoiceOf(order), as: 'settles' },
    ),
    booked('2026-09-17T08:30:00Z'),
    cashPositionUpdated([COLLECTED], '2026-09-17-B', '2026-09-17T09:00:00Z'),
    runOf('payment.applied', '2026-09-17T11:00:00Z', 'sap-s4hana', INTEGRATION.payments, (order) => paymentOf(order)),
  ],
  expected: {
    transactions: Object.fromEntries(
      ORDERS.map((order) => [`order-to-cash ${keyOf.contract(order)}`, transactionOf(order)]),
    ),
    problems: [],
  },
  lineage: [
    ...ORDERS.flatMap((order) => [
      `contract ${keyOf.contract(order)} ─fulfils ${order.amount} EUR→ sales-order ${keyOf.salesOrder(order)}`,
      `sales-order ${keyOf.salesOrder(order)} ─bills ${order.amount} EUR→ invoice ${keyOf.invoice(order)}`,
      `invoice ${keyOf.invoice(order)} ─settles ${order.amount} EUR→ payment ${keyOf.payment(order)}`,
      `payment ${keyOf.payment(order)} ─books ${order.amount} EUR→ bank-entry ENTRY-16-COLLECTED`,
    ]),
    'bank-entry ENTRY-16-COLLECTED ─gathers 174750.00 EUR→ cash-position 2026-09-17-B/EUR',
  ],
  // Five hundred payments of one entry, explained to the cent.
  money: {},
};
