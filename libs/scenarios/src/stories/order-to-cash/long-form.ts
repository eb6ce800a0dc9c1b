import { type Journey, signalsOf } from '../../journey.js';
import { keyOf } from '../../order-signals.js';
import type { Story } from '../../story.js';
import { longKeyOf } from './documents.js';
import {
  billedMilestones,
  hubsOf,
  linksOfInvoice,
  linksOfPayment,
  linksUntilOrder,
  membersOf,
  pendingFrom,
  statementOfPayment,
} from './expectations.js';
import { billed, checked, delivered, inPosition, paid, sold } from './long-steps.js';
import { saleOf, tell } from './telling.js';

/** From the approval to the status back in CRM, without a fault. */
export const longFormJourney: Journey = {
  name: 'order-to-cash/long-form',
  share: 300,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [
      ...sold(order),
      ...delivered(order),
      ...billed(order),
      ...paid(order),
      ...inPosition(order),
    ]);
  },
};

type Entity = {
  number: string;
  startsAt: string;
  /** Reached and due, UTC. */
  times: Record<
    'approved' | 'checked' | 'accepted' | 'forecast' | 'released' | 'issued' | 'billed' | 'replaced' | 'received',
    [string, string]
  > &
    Record<'position' | 'applied' | 'inCrm', [string, string]>;
  statementAt: string;
};

/**
 * Each starts on a Tuesday at 10:00 of its own time zone (Berlin UTC+2, New York UTC-4, Singapore UTC+8), and every time after it
 * is the same on the local clock. Due, local: credit check 10:00 + 10 min; ERP 10:04 + 15 min; forecast 10:09:01 + 10 min; release
 * 10:09:01 + one open hour; goods by the end of Thursday 3 September; invoice by 18:00 of the day of goods issue; forecast
 * 14:00 + 10 min; payment by the end of Thursday 17 September; position on Friday 18 at 09:00; application four open hours after
 * 11:00 = 15:00; CRM 12:30 + 30 min.
 */
const ENTITIES: readonly Entity[] = [
  {
    number: '15000',
    startsAt: '2026-09-01T08:00:00Z',
    statementAt: '2026-09-18T05:30:00.000Z',
    times: {
      approved: ['2026-09-01T08:00:00.000Z', ''],
      checked: ['2026-09-01T08:04:00.000Z', '2026-09-01T08:10:00.000Z'],
      accepted: ['2026-09-01T08:09:01.000Z', '2026-09-01T08:19:00.000Z'],
      forecast: ['2026-09-01T08:14:00.000Z', '2026-09-01T08:19:01.000Z'],
      released: ['2026-09-01T08:39:00.000Z', '2026-09-01T09:09:01.000Z'],
      issued: ['2026-09-03T10:00:00.000Z', '2026-09-03T22:00:00.000Z'],
      billed: ['2026-09-03T12:00:00.000Z', '2026-09-03T16:00:00.000Z'],
      replaced: ['2026-09-03T12:06:00.000Z', '2026-09-03T12:10:00.000Z'],
      received: ['2026-09-17T09:00:00.000Z', '2026-09-17T22:00:00.000Z'],
      position: ['2026-09-18T06:15:00.000Z', '2026-09-18T07:00:00.000Z'],
      applied: ['2026-09-17T10:30:00.000Z', '2026-09-17T13:00:00.000Z'],
      inCrm: ['2026-09-17T10:45:00.000Z', '2026-09-17T11:00:00.000Z'],
    },
  },
  {
    number: '15001',
    startsAt: '2026-09-01T14:00:00Z',
    statementAt: '2026-09-18T11:30:00.000Z',
    times: {
      approved: ['2026-09-01T14:00:00.000Z', ''],
      checked: ['2026-09-01T14:04:00.000Z', '2026-09-01T14:10:00.000Z'],
      accepted: ['2026-09-01T14:09:01.000Z', '2026-09-01T14:19:00.000Z'],
      forecast: ['2026-09-01T14:14:00.000Z', '2026-09-01T14:19:01.000Z'],
      released: ['2026-09-01T14:39:00.000Z', '2026-09-01T15:09:01.000Z'],
      issued: ['2026-09-03T16:00:00.000Z', '2026-09-04T04:00:00.000Z'],
      billed: ['2026-09-03T18:00:00.000Z', '2026-09-03T22:00:00.000Z'],
      replaced: ['2026-09-03T18:06:00.000Z', '2026-09-03T18:10:00.000Z'],
      received: ['2026-09-17T15:00:00.000Z', '2026-09-18T04:00:00.000Z'],
      position: ['2026-09-18T12:15:00.000Z', '2026-09-18T13:00:00.000Z'],
      applied: ['2026-09-17T16:30:00.000Z', '2026-09-17T19:00:00.000Z'],
      inCrm: ['2026-09-17T16:45:00.000Z', '2026-09-17T17:00:00.000Z'],
    },
  },
  {
    number: '15002',
    startsAt: '2026-09-01T02:00:00Z',
    statementAt: '2026-09-17T23:30:00.000Z',
    times: {
      approved: ['2026-09-01T02:00:00.000Z', ''],
      checked: ['2026-09-01T02:04:00.000Z', '2026-09-01T02:10:00.000Z'],
      accepted: ['2026-09-01T02:09:01.000Z', '2026-09-01T02:19:00.000Z'],
      forecast: ['2026-09-01T02:14:00.000Z', '2026-09-01T02:19:01.000Z'],
      released: ['2026-09-01T02:39:00.000Z', '2026-09-01T03:09:01.000Z'],
      issued: ['2026-09-03T04:00:00.000Z', '2026-09-03T16:00:00.000Z'],
      billed: ['2026-09-03T06:00:00.000Z', '2026-09-03T10:00:00.000Z'],
      replaced: ['2026-09-03T06:06:00.000Z', '2026-09-03T06:10:00.000Z'],
      received: ['2026-09-17T03:00:00.000Z', '2026-09-17T16:00:00.000Z'],
      position: ['2026-09-18T00:15:00.000Z', '2026-09-18T01:00:00.000Z'],
      applied: ['2026-09-17T04:30:00.000Z', '2026-09-17T07:00:00.000Z'],
      inCrm: ['2026-09-17T04:45:00.000Z', '2026-09-17T05:00:00.000Z'],
    },
  },
];

/** The long form in each entity: all due times by its own clock, all links drawn, every cent explained. */
export const longForms: readonly Story[] = ENTITIES.map(({ number, startsAt, statementAt, times }) => {
  const order = saleOf(number);
  return {
    name: `order to cash with liquidity in ${order.legalEntity}`,
    signals: signalsOf(longFormJourney, number, startsAt),
    expected: {
      transactions: {
        [`order-to-cash ${keyOf.contract(order)}`]: {
          progress: 'completed',
          members: membersOf(order),
          hubs: hubsOf(order, '2026-09'),
          milestones: {
            'contract-approved': times.approved[0],
            'credit-exposure-checked': times.checked,
            [`order-accepted ${keyOf.salesOrder(order)}`]: times.accepted,
            [`forecast-updated-from-order ${keyOf.salesOrder(order)}`]: times.forecast,
            [`order-released ${keyOf.salesOrder(order)}`]: times.released,
            [`goods-issued ${longKeyOf.delivery(order)}`]: times.issued,
            [`invoice-posted ${keyOf.invoice(order)}`]: times.billed,
            [`forecast-replaced-by-invoice ${keyOf.invoice(order)}`]: times.replaced,
            [`payment-received ${keyOf.payment(order)}`]: times.received,
            [`cash-position-updated ${keyOf.bankEntry(order)}`]: times.position,
            [`payment-applied ${keyOf.payment(order)}`]: times.applied,
            [`status-in-crm ${keyOf.payment(order)}`]: times.inCrm,
          },
        },
        ...statementOfPayment(order, statementAt, times.position),
      },
      problems: [],
    },
    lineage: [...linksUntilOrder(order, '2026-09'), ...linksOfInvoice(order, '2026-09'), ...linksOfPayment(order)],
    money: {},
    states: [
      {
        at: '2026-09-20T00:00:00.000Z',
        of: {
          [`order-to-cash ${keyOf.contract(order)}`]: 'COMPLETED',
          [`treasury-statement ${longKeyOf.statement(order)}`]: 'COMPLETED',
        },
      },
    ],
  };
});

/** The order is told of and the ERP stays silent. */
export const neverAcceptedJourney: Journey = {
  name: 'order-to-cash/never-accepted',
  share: 4,
  play: (number, startsAt) => tell(startsAt, checked(saleOf(number))),
};

/** Nothing failed and nothing comes: first at risk, then late. */
export const neverAccepted: Story = {
  name: 'an order that never reaches the ERP',
  signals: signalsOf(neverAcceptedJourney, '15003', '2026-09-01T08:00:00Z'),
  expected: {
    transactions: {
      'order-to-cash C-15003': {
        progress: 'running',
        members: ['contract C-15003'],
        hubs: [],
        milestones: {
          'contract-approved': '2026-09-01T08:00:00.000Z',
          'credit-exposure-checked': ['2026-09-01T08:04:00.000Z', '2026-09-01T08:10:00.000Z'],
          // 08:04 and a quarter of an hour, day and night.
          'order-accepted': ['pending', '2026-09-01T08:19:00.000Z'],
          ...pendingFrom('forecast-updated-from-order'),
        },
      },
    },
    problems: [],
  },
  lineage: [
    'customer ACC-Stahlwerk Saale GmbH ─placed-by→ contract C-15003',
    'credit-exposure DE01/Stahlwerk Saale GmbH ─weighs-on→ contract C-15003',
  ],
  states: [
    { at: '2026-09-01T08:15:00.000Z', of: { 'order-to-cash C-15003': 'RUNNING' } },
    // Of fifteen minutes less than three are left.
    { at: '2026-09-01T08:17:00.000Z', of: { 'order-to-cash C-15003': 'AT_RISK' } },
    { at: '2026-09-01T08:20:00.000Z', of: { 'order-to-cash C-15003': 'LATE' } },
  ],
};

/** Everything is done but the customer does not pay. */
export const unpaidJourney: Journey = {
  name: 'order-to-cash/unpaid',
  share: 20,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [...sold(order), ...delivered(order), ...billed(order)]);
  },
};

/** What others are expected to do is waited for, before its day and after it: that is no breach of ours. */
export const unpaid: Story = {
  name: 'an invoice that is not paid',
  signals: signalsOf(unpaidJourney, '15006', '2026-09-01T08:00:00Z'),
  expected: {
    transactions: {
      'order-to-cash C-15006': {
        progress: 'running',
        members: ['contract C-15006', 'delivery 8015006', 'invoice 9015006', 'sales-order SO-15006'],
        hubs: ['cash-forecast DE01/EUR/2026-09'],
        milestones: {
          ...billedMilestones(saleOf('15006')),
          // The end of 17 September in Berlin.
          'payment-received': ['pending', '2026-09-17T22:00:00.000Z'],
          ...pendingFrom('cash-position-updated'),
        },
      },
    },
    problems: [],
  },
  lineage: [...linksUntilOrder(saleOf('15006'), '2026-09'), ...linksOfInvoice(saleOf('15006'), '2026-09')],
  money: { 'invoice 9015006': ['in 48200.00 EUR, balanced', 'out 0.00 EUR, open 48200.00'] },
  states: [
    { at: '2026-09-10T08:00:00.000Z', of: { 'order-to-cash C-15006': 'WAITING' } },
    { at: '2026-09-21T08:00:00.000Z', of: { 'order-to-cash C-15006': 'WAITING' } },
  ],
};
