import { type Journey, signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import { type StoryOrder, INTEGRATION, keyOf, moneyOf } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { financeEvent } from '../../wire-forms.js';
import { contractOf, orderInCrm } from './documents.js';
import {
  hubsOf,
  linksOfInvoice,
  linksOfPayment,
  linksUntilOrder,
  membersOf,
  paidMilestones,
  statementOfPayment,
} from './expectations.js';
import { orderForecast, orderReleased } from './liquidity-signals.js';
import { DUE_DAYS, WHEN, billed, checked, delivered, inPosition, paid } from './long-steps.js';
import { type Step, DAY, MINUTE, dayAfter, partOf, saleOf, tell } from './telling.js';

/** SAP: a part of the contract was accepted as an order of its own. */
function partAccepted(contract: StoryOrder, part: StoryOrder, at: string): ScenarioSignal {
  const order = orderInCrm(part);
  return financeEvent('sales-order.accepted', keyOf.salesOrder(part), at, {
    system: 'sap-s4hana',
    integration: INTEGRATION.contractToOrder,
    objects: [
      { ...order, keys: [...order.keys, { kind: 'sales-order', value: keyOf.erpOrder(part) }] },
      contractOf(contract),
    ],
    links: [{ from: 1, to: 0, qualifier: 'fulfils', amount: moneyOf(part) }],
  });
}

const partsOf = (order: StoryOrder): [StoryOrder, StoryOrder] => [
  partOf(order, 1, '30000.00'),
  partOf(order, 2, '18200.00'),
];

/** Two plants deliver, so the ERP makes two orders of it, a minute apart. */
const split = (order: StoryOrder): Step[] => [
  ...checked(order),
  ...partsOf(order).flatMap((part, index): Step[] => [
    [WHEN.accepted + index * MINUTE, (at) => partAccepted(order, part, at)],
    [WHEN.orderForecast + index * MINUTE, (at) => orderForecast(part, at, dayAfter(at, DUE_DAYS).slice(0, 7))],
    [WHEN.released + index * MINUTE, (at) => orderReleased(part, at)],
  ]),
];

const throughout = (part: StoryOrder): Step[] => [
  ...delivered(part),
  ...billed(part),
  ...paid(part),
  ...inPosition(part),
];

/** The same a week later. */
const later = (steps: readonly Step[]): Step[] => steps.map(([after, told]): Step => [after + 7 * DAY, told]);

/** The first part is paid, the second still stands in the yard. */
export const halfOfSplitJourney: Journey = {
  name: 'order-to-cash/split-half-way',
  share: 6,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [...split(order), ...throughout(partsOf(order)[0])]);
  },
};

export const splitJourney: Journey = {
  name: 'order-to-cash/split',
  share: 20,
  play(number, startsAt) {
    const order = saleOf(number);
    const [first, second] = partsOf(order);
    return tell(startsAt, [...split(order), ...throughout(first), ...later(throughout(second))]);
  },
};

const STARTS_AT = '2026-09-01T08:00:00Z';
const [half, both] = [saleOf('15069'), saleOf('15072')];

/** Everything of a part, without the contract. */
const membersOfPart = (part: StoryOrder) => membersOf(part).filter((name) => !name.startsWith('contract '));

const linksOfSplit = (order: StoryOrder) => [
  ...linksUntilOrder(order, '2026-09').slice(0, 2),
  ...partsOf(order).flatMap((part) => [
    `contract ${keyOf.contract(order)} ─fulfils ${part.amount} EUR→ sales-order ${keyOf.salesOrder(part)}`,
    `sales-order ${keyOf.salesOrder(part)} ─projects ${part.amount} EUR→ cash-forecast DE01/EUR/2026-09`,
  ]),
];

/** The second order follows the first by a minute: due at 08:19, ten minutes after 08:10, an hour after 08:10. */
const secondSold = (part: StoryOrder): TransactionSummary['milestones'] => ({
  [`order-accepted ${keyOf.salesOrder(part)}`]: ['2026-09-01T08:10:00.000Z', '2026-09-01T08:19:00.000Z'],
  [`forecast-updated-from-order ${keyOf.salesOrder(part)}`]: ['2026-09-01T08:15:00.000Z', '2026-09-01T08:20:00.000Z'],
  [`order-released ${keyOf.salesOrder(part)}`]: ['2026-09-01T08:40:00.000Z', '2026-09-01T09:10:00.000Z'],
});

/** As of an undivided order, but accepted by an event alone: at 08:09:00, so that its clocks run from there. */
const firstPaid = (part: StoryOrder): TransactionSummary['milestones'] => ({
  ...paidMilestones(part),
  [`order-accepted ${keyOf.salesOrder(part)}`]: ['2026-09-01T08:09:00.000Z', '2026-09-01T08:19:00.000Z'],
  [`forecast-updated-from-order ${keyOf.salesOrder(part)}`]: ['2026-09-01T08:14:00.000Z', '2026-09-01T08:19:00.000Z'],
  [`order-released ${keyOf.salesOrder(part)}`]: ['2026-09-01T08:39:00.000Z', '2026-09-01T09:09:00.000Z'],
});

const firstStatement = (part: StoryOrder) =>
  statementOfPayment(part, '2026-09-18T05:30:00.000Z', ['2026-09-18T06:15:00.000Z', '2026-09-18T07:00:00.000Z']);

/** One of the two orders is done from end to end: the contract is not, the invoice of the other is still to come. */
export const splitHalfWay: Story = {
  name: 'a contract that is split into two orders, half way',
  signals: signalsOf(halfOfSplitJourney, half.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15069': {
        progress: 'running',
        members: ['contract C-15069', 'sales-order SO-15069-2', ...membersOfPart(partsOf(half)[0])].sort(),
        hubs: hubsOf(partsOf(half)[0], '2026-09'),
        milestones: {
          ...firstPaid(partsOf(half)[0]),
          ...secondSold(partsOf(half)[1]),
          // Nothing says by when: its goods have not left.
          'invoice-posted': 'pending',
        },
      },
      ...firstStatement(partsOf(half)[0]),
    },
    problems: [],
  },
  lineage: [...linksOfSplit(half), ...linksOfInvoice(partsOf(half)[0], '2026-09'), ...linksOfPayment(partsOf(half)[0])],
  // 30 000.00 + 18 200.00 = 48 200.00
  money: { 'sales-order SO-15069-2': ['in 18200.00 EUR, balanced', 'out 0.00 EUR, open 18200.00'] },
  states: [
    {
      at: '2026-09-25T08:00:00.000Z',
      of: { 'order-to-cash C-15069': 'RUNNING', 'treasury-statement STMT-15069-1': 'COMPLETED' },
    },
  ],
};

/** Each order goes its own way, a week apart, and both are the one contract. */
export const splitOrders: Story = {
  name: 'a contract that is split into two orders',
  signals: signalsOf(splitJourney, both.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15072': {
        progress: 'completed',
        members: ['contract C-15072', ...partsOf(both).flatMap(membersOfPart)].sort(),
        hubs: [...new Set(partsOf(both).flatMap((part) => hubsOf(part, '2026-09')))].sort(),
        milestones: {
          ...firstPaid(partsOf(both)[0]),
          ...secondSold(partsOf(both)[1]),
          // All a week after the first: Thursday 10, Thursday 24, Friday 25 September.
          'goods-issued 8015072-2': ['2026-09-10T10:00:00.000Z', '2026-09-10T22:00:00.000Z'],
          'invoice-posted 9015072-2': ['2026-09-10T12:00:00.000Z', '2026-09-10T16:00:00.000Z'],
          'forecast-replaced-by-invoice 9015072-2': ['2026-09-10T12:06:00.000Z', '2026-09-10T12:10:00.000Z'],
          'payment-received PAY-15072-2': ['2026-09-24T09:00:00.000Z', '2026-09-24T22:00:00.000Z'],
          'cash-position-updated ENTRY-15072-2': ['2026-09-25T06:15:00.000Z', '2026-09-25T07:00:00.000Z'],
          'payment-applied PAY-15072-2': ['2026-09-24T10:30:00.000Z', '2026-09-24T13:00:00.000Z'],
          'status-in-crm PAY-15072-2': ['2026-09-24T10:45:00.000Z', '2026-09-24T11:00:00.000Z'],
        },
      },
      ...firstStatement(partsOf(both)[0]),
      ...statementOfPayment(partsOf(both)[1], '2026-09-25T05:30:00.000Z', [
        '2026-09-25T06:15:00.000Z',
        '2026-09-25T07:00:00.000Z',
      ]),
    },
    problems: [],
  },
  lineage: [
    ...linksOfSplit(both),
    ...partsOf(both).flatMap((part) => [...linksOfInvoice(part, '2026-09'), ...linksOfPayment(part)]),
  ],
  money: {},
};
