import { type Journey, signalsOf } from '../../journey.js';
import { type StoryOrder, INTEGRATION, keyOf, moneyOf } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { financeEvent } from '../../wire-forms.js';
import { deliveryOf, invoiceOf, longKeyOf, orderInErp } from './documents.js';
import {
  hubsOf,
  linksOfPayment,
  linksUntilOrder,
  membersOf,
  paidMilestones,
  soldMilestones,
  statementOfPayment,
} from './expectations.js';
import { LONG_INTEGRATION, goodsIssued, invoiceForecast } from './liquidity-signals.js';
import { DELIVERY_DAYS, DUE_DAYS, WHEN, inPosition, paid, sold } from './long-steps.js';
import { dayAfter, saleOf, tell } from './telling.js';

type Merged = { first: StoryOrder; second: StoryOrder; together: StoryOrder };

/** Two orders of one customer, of 48 200.00 and 10 000.00, and what they have in common. */
function mergedOf(number: string): Merged {
  const first = saleOf(number);
  const second = { ...first, number: `${number}-B`, amount: '10000.00' };
  return { first, second, together: { ...first, number: `${number}-M`, amount: '58200.00' } };
}

/** SAP: both orders leave in one delivery. */
function deliveredTogether({ first, second, together }: Merged, at: string): ScenarioSignal {
  const attributes = { deliveryDate: dayAfter(at, DELIVERY_DAYS) };
  return financeEvent('delivery.created', longKeyOf.delivery(together), at, {
    system: 'sap-s4hana',
    integration: LONG_INTEGRATION.goodsIssue,
    objects: [deliveryOf(together, { attributes }), orderInErp(first), orderInErp(second)],
    links: [
      { from: 1, to: 0, qualifier: 'delivers' },
      { from: 2, to: 0, qualifier: 'delivers' },
    ],
  });
}

/** SAP: one invoice for the delivery, with what it bills of each order. */
function billedTogether({ first, second, together }: Merged, at: string): ScenarioSignal {
  const attributes = { dueDate: dayAfter(at, DUE_DAYS - DELIVERY_DAYS) };
  return financeEvent('invoice.posted', keyOf.invoice(together), at, {
    system: 'sap-s4hana',
    integration: INTEGRATION.billing,
    objects: [invoiceOf(together, { attributes }), deliveryOf(together), orderInErp(first), orderInErp(second)],
    links: [
      { from: 1, to: 0, qualifier: 'bills' },
      { from: 2, to: 0, qualifier: 'bills', amount: moneyOf(first) },
      { from: 3, to: 0, qualifier: 'bills', amount: moneyOf(second) },
    ],
  });
}

/** Two orders become one delivery, one invoice and one payment. */
export const mergedJourney: Journey = {
  name: 'order-to-cash/merged-orders',
  share: 15,
  play(number, startsAt) {
    const merged = mergedOf(number);
    return tell(startsAt, [
      ...sold(merged.first),
      ...sold(merged.second),
      [WHEN.planned, (at) => deliveredTogether(merged, at)],
      [WHEN.issued, (at) => goodsIssued(merged.together, at)],
      [WHEN.billed, (at) => billedTogether(merged, at)],
      [
        WHEN.invoiceForecast,
        (at) => invoiceForecast(merged.together, at, dayAfter(at, DUE_DAYS - DELIVERY_DAYS).slice(0, 7)),
      ],
      ...paid(merged.together),
      ...inPosition(merged.together),
    ]);
  },
};

const merged = mergedOf('15075');
const { first, second, together } = merged;

/** What both have in common, and the order's own contract and order. */
const transactionOf = (order: StoryOrder) => ({
  progress: 'completed',
  members: [
    ...membersOf(together).filter((name) => !/^(contract|sales-order) /.test(name)),
    `contract ${keyOf.contract(order)}`,
    `sales-order ${keyOf.salesOrder(order)}`,
  ].sort(),
  hubs: hubsOf(together, '2026-09'),
  milestones: {
    ...Object.fromEntries(Object.entries(paidMilestones(together)).filter(([name]) => !name.includes(' SO-'))),
    ...soldMilestones(order),
  },
});

const linksInto = (order: StoryOrder) => [
  `sales-order ${keyOf.salesOrder(order)} ─delivers→ delivery 8015075-M`,
  `sales-order ${keyOf.salesOrder(order)} ─bills ${order.amount} EUR→ invoice 9015075-M`,
];

/** Two transactions share delivery, invoice and payment, and neither contains the order of the other. */
export const mergedOrders: Story = {
  name: 'two orders that are delivered, billed and paid as one',
  signals: signalsOf(mergedJourney, '15075', '2026-09-01T08:00:00Z'),
  expected: {
    transactions: {
      'order-to-cash C-15075': transactionOf(first),
      'order-to-cash C-15075-B': transactionOf(second),
      ...statementOfPayment(together, '2026-09-18T05:30:00.000Z', [
        '2026-09-18T06:15:00.000Z',
        '2026-09-18T07:00:00.000Z',
      ]),
    },
    problems: [],
  },
  lineage: [
    ...new Set([...linksUntilOrder(first, '2026-09'), ...linksUntilOrder(second, '2026-09')]),
    ...linksInto(first),
    ...linksInto(second),
    'delivery 8015075-M ─bills→ invoice 9015075-M',
    'invoice 9015075-M ─projects 58200.00 EUR→ cash-forecast DE01/EUR/2026-09',
    ...linksOfPayment(together),
  ],
  // 48 200.00 + 10 000.00 = 58 200.00, in one payment.
  money: {},
};
