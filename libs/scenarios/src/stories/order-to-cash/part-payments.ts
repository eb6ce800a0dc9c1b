import { type Journey, signalsOf } from '../../journey.js';
import { type StoryOrder, keyOf } from '../../order-signals.js';
import type { Story } from '../../story.js';
import {
  billedMilestones,
  hubsOf,
  linksOfInvoice,
  linksOfPayment,
  linksUntilOrder,
  membersOf,
  paidMilestones,
  statementOfPayment,
} from './expectations.js';
import { statusInCrm } from './liquidity-signals.js';
import { WHEN, billed, delivered, inPosition, sold } from './long-steps.js';
import { applicationOf, creditMemoPosted, partlyPaid, receiptOf } from './payment-signals.js';
import { type Step, DAY, partOf, saleOf, tell } from './telling.js';

const partsOf = (order: StoryOrder): [StoryOrder, StoryOrder] => [
  partOf(order, 1, '20000.00'),
  partOf(order, 2, '28200.00'),
];

const paidBy = (order: StoryOrder, payment: StoryOrder, later = 0): Step[] => [
  [WHEN.received + later, (at) => receiptOf(payment, at, [[order, payment.amount]])],
  [WHEN.applied + later, (at) => applicationOf(payment, at, [[order, payment.amount]])],
  [WHEN.inCrm + later, (at) => statusInCrm(payment, at)],
  ...inPosition(payment, later),
];

const paidInPart = (order: StoryOrder): Step[] => [
  ...sold(order),
  ...delivered(order),
  ...billed(order),
  ...paidBy(order, partsOf(order)[0]),
  [WHEN.applied, (at) => partlyPaid(order, at)],
];

/** The customer pays some of it and then nothing. */
export const paidInPartJourney: Journey = {
  name: 'order-to-cash/paid-in-part',
  share: 8,
  play: (number, startsAt) => tell(startsAt, paidInPart(saleOf(number))),
};

/** The rest comes five days later. */
export const paidInTwoPartsJourney: Journey = {
  name: 'order-to-cash/paid-in-two-parts',
  share: 20,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [...paidInPart(order), ...paidBy(order, partsOf(order)[1], 5 * DAY)]);
  },
};

/** Some of the goods were damaged: they are credited, and the customer pays the rest. */
export const creditedJourney: Journey = {
  name: 'order-to-cash/credit-memo',
  share: 15,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [
      ...sold(order),
      ...delivered(order),
      ...billed(order),
      [10 * DAY, (at) => creditMemoPosted(order, partOf(order, 1, '1200.00'), at)],
      ...paidBy(order, { ...order, amount: '47000.00' }),
    ]);
  },
};

const STARTS_AT = '2026-09-01T08:00:00Z';
const [part, whole, credited] = [saleOf('15051'), saleOf('15054'), saleOf('15057')];

const membersOfSale = (order: StoryOrder, payments: readonly StoryOrder[]) =>
  [
    ...membersOf(order).filter((name) => !/^(payment|bank-entry) /.test(name)),
    ...payments.flatMap((payment) => [`payment ${keyOf.payment(payment)}`, `bank-entry ${keyOf.bankEntry(payment)}`]),
  ].sort();

const hubsOfSale = (payments: readonly StoryOrder[]) =>
  [
    'cash-forecast DE01/EUR/2026-09',
    ...payments.flatMap((payment) => hubsOf(payment, '').filter((name) => !name.startsWith('cash-forecast'))),
  ].sort();

/** The first payment comes, is applied and reaches the position like any other. */
const firstPayment = (order: StoryOrder) => {
  const whole = paidMilestones(partsOf(order)[0]);
  const names = ['payment-received', 'cash-position-updated', 'payment-applied', 'status-in-crm'];
  return Object.fromEntries(Object.entries(whole).filter(([name]) => names.includes(name.split(' ')[0] ?? '')));
};

const firstStatement = (order: StoryOrder) =>
  statementOfPayment(partsOf(order)[0], '2026-09-18T05:30:00.000Z', [
    '2026-09-18T06:15:00.000Z',
    '2026-09-18T07:00:00.000Z',
  ]);

const linksOfParts = (order: StoryOrder, payments: readonly StoryOrder[]) => [
  ...linksUntilOrder(order, '2026-09'),
  ...linksOfInvoice(order, '2026-09'),
  ...payments.flatMap((payment) =>
    linksOfPayment(payment).map((link) =>
      link.replace(`invoice ${keyOf.invoice(payment)}`, `invoice ${keyOf.invoice(order)}`),
    ),
  ),
];

/** Every step of the first payment is done, and the rest is waited for: by the due date of the invoice, which has passed. */
export const paidInPartOnly: Story = {
  name: 'an invoice that is paid in part',
  signals: signalsOf(paidInPartJourney, part.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15051': {
        progress: 'running',
        members: membersOfSale(part, partsOf(part).slice(0, 1)),
        hubs: hubsOfSale(partsOf(part).slice(0, 1)),
        milestones: {
          ...billedMilestones(part),
          ...firstPayment(part),
          'payment-received': ['pending', '2026-09-17T22:00:00.000Z'],
        },
      },
      ...firstStatement(part),
    },
    problems: [],
  },
  lineage: linksOfParts(part, partsOf(part).slice(0, 1)),
  // 48 200.00 - 20 000.00
  money: { 'invoice 9015051': ['in 48200.00 EUR, balanced', 'out 20000.00 EUR, open 28200.00'] },
  states: [
    {
      at: '2026-09-17T18:00:00.000Z',
      of: { 'order-to-cash C-15051': 'WAITING', 'treasury-statement STMT-15051-1': 'COMPLETED' },
    },
    {
      at: '2026-09-25T18:00:00.000Z',
      of: { 'order-to-cash C-15051': 'WAITING', 'treasury-statement STMT-15051-1': 'COMPLETED' },
    },
  ],
};

/** Two payments, each with milestones of its own; the second later than the customer should have paid, which is no breach of ours. */
export const paidInTwoParts: Story = {
  name: 'an invoice that is paid in two parts',
  signals: signalsOf(paidInTwoPartsJourney, whole.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15054': {
        progress: 'completed',
        members: membersOfSale(whole, partsOf(whole)),
        hubs: hubsOfSale(partsOf(whole)),
        milestones: {
          ...billedMilestones(whole),
          ...firstPayment(whole),
          'payment-received PAY-15054-2': ['2026-09-22T09:00:00.000Z', '2026-09-17T22:00:00.000Z'],
          // Tuesday 11:00 in Berlin: Wednesday 09:00, and 15:00 of the same day; CRM half an hour after 12:30.
          'cash-position-updated ENTRY-15054-2': ['2026-09-23T06:15:00.000Z', '2026-09-23T07:00:00.000Z'],
          'payment-applied PAY-15054-2': ['2026-09-22T10:30:00.000Z', '2026-09-22T13:00:00.000Z'],
          'status-in-crm PAY-15054-2': ['2026-09-22T10:45:00.000Z', '2026-09-22T11:00:00.000Z'],
        },
      },
      ...firstStatement(whole),
      ...statementOfPayment(partsOf(whole)[1], '2026-09-23T05:30:00.000Z', [
        '2026-09-23T06:15:00.000Z',
        '2026-09-23T07:00:00.000Z',
      ]),
    },
    problems: [],
  },
  lineage: linksOfParts(whole, partsOf(whole)),
  // 20 000.00 + 28 200.00 = 48 200.00
  money: {},
};

const rest = { ...credited, amount: '47000.00' };

/** The credit memo pays for what the customer does not: 47 000.00 + 1 200.00 = 48 200.00. */
export const invoiceCredited: Story = {
  name: 'an invoice with a credit memo',
  signals: signalsOf(creditedJourney, credited.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15057': {
        progress: 'completed',
        members: [...membersOf(credited), 'credit-memo 9115057-1'].sort(),
        hubs: hubsOf(credited, '2026-09'),
        milestones: paidMilestones(credited),
      },
      ...statementOfPayment(credited, '2026-09-18T05:30:00.000Z', [
        '2026-09-18T06:15:00.000Z',
        '2026-09-18T07:00:00.000Z',
      ]),
    },
    problems: [],
  },
  lineage: [
    ...linksUntilOrder(credited, '2026-09'),
    ...linksOfInvoice(credited, '2026-09'),
    ...linksOfPayment(rest),
    'invoice 9015057 ─credits 1200.00 EUR→ credit-memo 9115057-1',
  ],
  money: {},
};
