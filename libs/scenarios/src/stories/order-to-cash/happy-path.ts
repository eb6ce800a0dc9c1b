import {
  type StoryOrder,
  cashPositionUpdated,
  contractApproved,
  invoicePosted,
  keyOf,
  moneyOf,
  orderAccepted,
  paymentApplied,
  paymentReceived,
} from '../../order-signals.js';
import type { Story } from '../../story.js';

type Entity = { order: StoryOrder; receivedAt: string; dueAt: string };

/**
 * Payment applied within 4 business hours, each on its own calendar. Worked out by hand:
 * DE01 received Thu 17:00 Berlin, open until 18:00: 1 h; Fri from 07:00: 3 h → Fri 10:00 (UTC+2).
 * US01 received Thu 16:00 New York, open until 18:00: 2 h; Fri from 09:00: 2 h → Fri 11:00 (UTC-4).
 * BR01 received Thu 17:00 São Paulo, open until 18:00: 1 h; Fri from 09:00: 3 h → Fri 12:00 (UTC-3).
 * SG01 received Fri 04:00 Singapore, before opening; Fri from 09:00: 4 h → Fri 13:00 (UTC+8).
 */
const ENTITIES: readonly Entity[] = [
  {
    order: {
      number: '10001',
      legalEntity: 'DE01',
      currency: 'EUR',
      amount: '48200.00',
      customer: 'Kesselbau Ruhr AG',
      sellingUnit: 'DE01-MUNICH',
    },
    receivedAt: '2026-10-01T15:00:00.000Z',
    dueAt: '2026-10-02T08:00:00.000Z',
  },
  {
    order: {
      number: '20001',
      legalEntity: 'US01',
      currency: 'USD',
      amount: '18250.50',
      customer: 'Delta Hydraulics Inc.',
      sellingUnit: 'US01-AUSTIN',
    },
    receivedAt: '2026-10-01T20:00:00.000Z',
    dueAt: '2026-10-02T15:00:00.000Z',
  },
  {
    order: {
      number: '30001',
      legalEntity: 'BR01',
      currency: 'BRL',
      amount: '99999.99',
      customer: 'Usina Boa Vista S.A.',
      sellingUnit: 'BR01-SANTOS',
    },
    receivedAt: '2026-10-01T20:00:00.000Z',
    dueAt: '2026-10-02T15:00:00.000Z',
  },
  {
    order: {
      number: '40001',
      legalEntity: 'SG01',
      currency: 'SGD',
      amount: '7300.25',
      customer: 'Straits Packaging Pte. Ltd.',
      sellingUnit: 'SG01-JURONG',
    },
    receivedAt: '2026-10-01T20:00:00.000Z',
    dueAt: '2026-10-02T05:00:00.000Z',
  },
];

/** Contract to applied payment without a fault, one order a legal entity. */
export const happyPaths: readonly Story[] = ENTITIES.map(({ order, receivedAt, dueAt }) => ({
  name: `the happy path in ${order.legalEntity}`,
  signals: [
    contractApproved(order, '2026-09-30T08:00:00Z'),
    ...orderAccepted(order, '2026-09-30T08:05:00Z'),
    invoicePosted(order, '2026-09-30T15:30:00Z'),
    paymentReceived([order], receivedAt, moneyOf(order)),
    cashPositionUpdated([order], '2026-10-01', '2026-10-01T21:00:00Z'),
    paymentApplied([order], '2026-10-02T04:00:00Z', moneyOf(order)),
  ],
  expected: {
    transactions: {
      [`order-to-cash ${keyOf.contract(order)}`]: {
        progress: 'completed',
        members: [
          `bank-entry ${keyOf.bankEntry(order)}`,
          `contract ${keyOf.contract(order)}`,
          `invoice ${keyOf.invoice(order)}`,
          `payment ${keyOf.payment(order)}`,
          `sales-order ${keyOf.salesOrder(order)}`,
        ],
        hubs: [`cash-position ${keyOf.cashPosition(order, '2026-10-01')}`],
        milestones: {
          'contract-approved': '2026-09-30T08:00:00.000Z',
          [`order-accepted ${keyOf.salesOrder(order)}`]: '2026-09-30T08:05:01.000Z',
          [`invoice-posted ${keyOf.invoice(order)}`]: '2026-09-30T15:30:00.000Z',
          [`payment-received ${keyOf.payment(order)}`]: receivedAt,
          [`cash-position-updated ${keyOf.bankEntry(order)}`]: '2026-10-01T21:00:00.000Z',
          [`payment-applied ${keyOf.payment(order)}`]: ['2026-10-02T04:00:00.000Z', dueAt],
        },
      },
    },
    problems: [],
  },
}));
