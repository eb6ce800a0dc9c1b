import {
  type StoryOrder,
  cashPositionUpdated,
  contractApproved,
  invoicePosted,
  moneyOf,
  orderAccepted,
  paymentApplied,
  paymentReceived,
} from '../../order-signals.js';
import type { Story } from '../../story.js';

const orderOf = (number: string, amount: string): StoryOrder => ({
  number,
  legalEntity: 'DE01',
  currency: 'EUR',
  amount,
  customer: 'Stahlwerk Saale GmbH',
  sellingUnit: 'DE01-HAMBURG',
});

const [late, split, first, second, third] = [
  orderOf('10003', '9100.00'),
  orderOf('10007', '5400.00'),
  orderOf('10011', '100.00'),
  orderOf('10012', '200.50'),
  orderOf('10013', '300.25'),
];

const untilInvoice = (order: StoryOrder, acceptedAt = '2026-09-29T08:05:00Z') => [
  contractApproved(order, '2026-09-29T08:00:00Z'),
  ...orderAccepted(order, acceptedAt),
  invoicePosted(order, '2026-09-29T14:00:00Z'),
];

/** The credit is reported on Friday evening and never applied: the clock runs over the week-end and stops on Monday. */
export const paymentOverdue: Story = {
  name: 'a payment that is never applied',
  signals: [
    ...untilInvoice(late),
    // Friday 17:30 in Berlin: half an hour until 18:00, then Monday from 07:00: three and a half hours more.
    paymentReceived([late], '2026-10-02T15:30:00Z', moneyOf(late)),
    cashPositionUpdated([late], '2026-10-02', '2026-10-02T16:00:00Z'),
  ],
  expected: {
    transactions: {
      'order-to-cash C-10003': {
        progress: 'running',
        members: [
          'bank-entry ENTRY-10003',
          'contract C-10003',
          'invoice 9010003',
          'payment PAY-10003',
          'sales-order SO-10003',
        ],
        hubs: ['cash-position 2026-10-02/EUR'],
        milestones: {
          'contract-approved': '2026-09-29T08:00:00.000Z',
          'order-accepted SO-10003': '2026-09-29T08:05:01.000Z',
          'invoice-posted 9010003': '2026-09-29T14:00:00.000Z',
          'payment-received PAY-10003': '2026-10-02T15:30:00.000Z',
          'cash-position-updated ENTRY-10003': '2026-10-02T16:00:00.000Z',
          'payment-applied PAY-10003': ['pending', '2026-10-05T08:30:00.000Z'],
        },
      },
    },
    problems: [],
  },
  states: [
    // Of four hours less than a fifth is left from Monday 09:42 in Berlin on.
    { at: '2026-10-05T07:00:00.000Z', of: { 'order-to-cash C-10003': 'RUNNING' } },
    { at: '2026-10-05T08:00:00.000Z', of: { 'order-to-cash C-10003': 'AT_RISK' } },
    { at: '2026-10-05T09:00:00.000Z', of: { 'order-to-cash C-10003': 'LATE' } },
  ],
};

const total = { amount: '600.75', currency: 'EUR' };

const sharedBy = (order: StoryOrder) => ({
  progress: 'completed',
  members: [
    'bank-entry ENTRY-10011',
    `contract C-${order.number}`,
    `invoice 90${order.number}`,
    'payment PAY-10011',
    `sales-order SO-${order.number}`,
  ],
  hubs: ['cash-position 2026-10-01/EUR'],
  milestones: {
    'contract-approved': '2026-09-29T08:00:00.000Z',
    [`order-accepted SO-${order.number}`]: '2026-09-29T08:05:01.000Z',
    [`invoice-posted 90${order.number}`]: '2026-09-29T14:00:00.000Z',
    'payment-received PAY-10011': '2026-10-01T08:00:00.000Z',
    'cash-position-updated ENTRY-10011': '2026-10-01T08:10:00.000Z',
    'payment-applied PAY-10011': ['2026-10-01T09:00:00.000Z', '2026-10-01T12:00:00.000Z'] as [string, string],
  },
});

/** One payment settles three invoices: each transaction contains it, none contains another's documents. */
export const onePaymentForThree: Story = {
  name: 'one payment for three invoices',
  signals: [
    ...[first, second, third].flatMap((order) => untilInvoice(order)),
    // Thursday 10:00 in Berlin: four hours of the same day.
    paymentReceived([first, second, third], '2026-10-01T08:00:00Z', total),
    cashPositionUpdated([first], '2026-10-01', '2026-10-01T08:10:00Z', () => total),
    paymentApplied([first, second, third], '2026-10-01T09:00:00Z', total),
  ],
  expected: {
    transactions: {
      'order-to-cash C-10011': sharedBy(first),
      'order-to-cash C-10012': sharedBy(second),
      'order-to-cash C-10013': sharedBy(third),
    },
    problems: [],
  },
  lineage: [
    ...[first, second, third].flatMap((order) => [
      `customer ACC-Stahlwerk Saale GmbH ─placed-by→ contract C-${order.number}`,
      `contract C-${order.number} ─fulfils→ sales-order SO-${order.number}`,
      `sales-order SO-${order.number} ─bills→ invoice 90${order.number}`,
      `invoice 90${order.number} ─settles ${order.amount} EUR→ payment PAY-10011`,
    ]),
    'payment PAY-10011 ─books 600.75 EUR→ bank-entry ENTRY-10011',
    'bank-entry ENTRY-10011 ─gathers 600.75 EUR→ cash-position 2026-10-01/EUR',
  ],
  // 100.00 + 200.50 + 300.25 = 600.75: the payment is explained to the cent.
  money: {},
};

const many = Array.from({ length: 12 }, (_, index) => orderOf(String(10100 + index), `${100 + index}.00`)) as [
  StoryOrder,
  ...StoryOrder[],
];
const early = many.slice(0, 5) as [StoryOrder, ...StoryOrder[]];
const later = many.slice(5) as [StoryOrder, ...StoryOrder[]];

/**
 * The position of an account is refreshed twice in a day, each time with many entries. An entry is in the position from
 * the refresh that took it in, whatever refreshes there were before; the hub glues no transactions together.
 */
export const batchCashPosition: Story = {
  name: 'a cash position that gathers many bank entries',
  signals: [
    ...many.flatMap((order) => [
      ...untilInvoice(order),
      paymentReceived([order], '2026-10-01T07:00:00Z', moneyOf(order)),
    ]),
    cashPositionUpdated(early, '2026-10-01', '2026-10-01T08:00:00Z'),
    cashPositionUpdated(later, '2026-10-01', '2026-10-01T14:00:00Z'),
  ],
  expected: {
    transactions: Object.fromEntries(
      many.map((order) => [
        `order-to-cash C-${order.number}`,
        {
          progress: 'running',
          members: [
            `bank-entry ENTRY-${order.number}`,
            `contract C-${order.number}`,
            `invoice 90${order.number}`,
            `payment PAY-${order.number}`,
            `sales-order SO-${order.number}`,
          ],
          hubs: ['cash-position 2026-10-01/EUR'],
          milestones: {
            'contract-approved': '2026-09-29T08:00:00.000Z',
            [`order-accepted SO-${order.number}`]: '2026-09-29T08:05:01.000Z',
            [`invoice-posted 90${order.number}`]: '2026-09-29T14:00:00.000Z',
            [`payment-received PAY-${order.number}`]: '2026-10-01T07:00:00.000Z',
            [`cash-position-updated ENTRY-${order.number}`]: early.includes(order)
              ? '2026-10-01T08:00:00.000Z'
              : '2026-10-01T14:00:00.000Z',
            // Thursday 09:00 in Berlin and four hours.
            [`payment-applied PAY-${order.number}`]: ['pending', '2026-10-01T11:00:00.000Z'],
          },
        },
      ]),
    ),
    problems: [],
  },
};

/** The ERP tells of the invoice before it tells that its order is the one that CRM knows: two objects become one. */
export const lateAliasMerge: Story = {
  name: 'two names of one order that are joined late',
  signals: [
    contractApproved(split, '2026-09-29T08:00:00Z'),
    invoicePosted(split, '2026-09-29T14:00:00Z'),
    paymentReceived([split], '2026-10-02T08:00:00Z', moneyOf(split)),
    // Told last, though it occurred before the invoice.
    ...orderAccepted(split, '2026-09-29T09:00:00Z'),
  ],
  expected: {
    transactions: {
      'order-to-cash C-10007': {
        progress: 'running',
        members: [
          'bank-entry ENTRY-10007',
          'contract C-10007',
          'invoice 9010007',
          'payment PAY-10007',
          'sales-order SO-10007',
        ],
        hubs: [],
        milestones: {
          'contract-approved': '2026-09-29T08:00:00.000Z',
          'order-accepted SO-10007': '2026-09-29T09:00:01.000Z',
          'invoice-posted 9010007': '2026-09-29T14:00:00.000Z',
          'payment-received PAY-10007': '2026-10-02T08:00:00.000Z',
          'cash-position-updated ENTRY-10007': 'pending',
          // Friday 10:00 in Berlin and four hours.
          'payment-applied PAY-10007': ['pending', '2026-10-02T12:00:00.000Z'],
        },
      },
    },
    problems: [],
  },
};
