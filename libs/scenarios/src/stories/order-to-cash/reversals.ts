import { type Journey, signalsOf } from '../../journey.js';
import { type StoryOrder } from '../../order-signals.js';
import type { Story } from '../../story.js';
import { changedInCrm, changedInErp } from './changed-orders.js';
import {
  billedMilestones,
  hubsOf,
  linksOfInvoice,
  linksOfPayment,
  linksUntilOrder,
  membersOf,
  paidMilestones,
  soldMilestones,
  statementOfPayment,
} from './expectations.js';
import { deliveryBilled, invoiceForecast, statusInCrm } from './liquidity-signals.js';
import { WHEN, billed, delivered, inPosition, paid, sold } from './long-steps.js';
import { applicationOf, applicationReversed, invoiceReversed, receiptOf } from './payment-signals.js';
import { DAY, HOUR, MINUTE, dayAfter, partOf, saleOf, tell } from './telling.js';

const RIGHT = '46000.00';
const wrongly = (order: StoryOrder) => partOf(order, 1, order.amount);
const reversal = (order: StoryOrder) => partOf(order, 2, order.amount);

/** Billed at the wrong price, reversed next day, the price put right, billed anew and paid. */
export const rebilledJourney: Journey = {
  name: 'order-to-cash/reversed-and-billed-anew',
  share: 8,
  play(number, startsAt) {
    const [order, right] = [saleOf(number), saleOf(number, RIGHT)];
    return tell(startsAt, [
      ...sold(order),
      ...delivered(order),
      [WHEN.billed, (at) => deliveryBilled(order, at, dayAfter(at, 14), wrongly(order), order)],
      [WHEN.invoiceForecast, (at) => invoiceForecast(wrongly(order), at, dayAfter(at, 14).slice(0, 7))],
      [WHEN.billed + DAY, (at) => invoiceReversed(wrongly(order), reversal(order), at)],
      [WHEN.billed + DAY + 4 * MINUTE, (at) => changedInCrm(right, at)],
      [WHEN.billed + DAY + 5 * MINUTE, (at) => changedInErp(right, at)],
      [WHEN.billed + DAY + 10 * MINUTE, (at) => deliveryBilled(right, at, dayAfter(at, 13))],
      [WHEN.billed + DAY + 16 * MINUTE, (at) => invoiceForecast(right, at, dayAfter(at, 13).slice(0, 7))],
      ...paid(right),
      ...inPosition(right),
    ]);
  },
};

/** The application is taken back, having been posted to the wrong period, and made again next day. */
export const reappliedJourney: Journey = {
  name: 'order-to-cash/application-reversed',
  share: 6,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [
      ...sold(order),
      ...delivered(order),
      ...billed(order),
      [WHEN.received, (at) => receiptOf(order, at, [[order, order.amount]])],
      [WHEN.applied, (at) => applicationOf(order, at, [[order, order.amount]])],
      [WHEN.inCrm, (at) => statusInCrm(order, at)],
      ...inPosition(order),
      [WHEN.applied + DAY, (at) => applicationReversed(order, at)],
      [WHEN.applied + DAY + HOUR, (at) => applicationOf(order, at, [[order, order.amount]], '2')],
      [WHEN.applied + DAY + HOUR + 15 * MINUTE, (at) => statusInCrm(order, at)],
    ]);
  },
};

const STARTS_AT = '2026-09-01T08:00:00Z';
const [rebilled, reapplied] = [saleOf('15060'), saleOf('15063')];
const right = { ...rebilled, amount: RIGHT };

const statementOfFriday = (order: StoryOrder) =>
  statementOfPayment(order, '2026-09-18T05:30:00.000Z', ['2026-09-18T06:15:00.000Z', '2026-09-18T07:00:00.000Z']);

/**
 * The reversed invoice is no step any more, the new one took its place, a day later than the rule of 18:00 on the day of goods
 * issue allows. What the forecast had of the first one stays told.
 */
export const reversedAndBilledAnew: Story = {
  name: 'an invoice that is reversed and billed anew',
  signals: signalsOf(rebilledJourney, rebilled.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15060': {
        progress: 'completed',
        members: [...membersOf(rebilled), 'invoice 9015060-1'].sort(),
        hubs: hubsOf(rebilled, '2026-09'),
        milestones: {
          ...soldMilestones(rebilled),
          ...paidMilestones(rebilled),
          'invoice-posted 9015060': ['2026-09-04T12:10:00.000Z', '2026-09-03T16:00:00.000Z'],
          'forecast-replaced-by-invoice 9015060-1': '2026-09-03T12:06:00.000Z',
          'forecast-replaced-by-invoice 9015060': ['2026-09-04T12:16:00.000Z', '2026-09-04T12:20:00.000Z'],
        },
      },
      ...statementOfFriday(rebilled),
    },
    problems: [],
  },
  lineage: [
    // The forecast had the order with the amount of then.
    ...linksUntilOrder(rebilled, '2026-09'),
    ...linksOfInvoice(right, '2026-09'),
    ...linksOfPayment(right),
    'delivery 8015060 ─bills→ invoice 9015060-1',
    'sales-order SO-15060 ─bills 48200.00 EUR→ invoice 9015060-1',
    'invoice 9015060-1 ─projects 48200.00 EUR→ cash-forecast DE01/EUR/2026-09',
    'invoice 9015060-1 ─reverses 48200.00 EUR→ invoice 9015060-2',
  ],
  // The reversal takes back what the first invoice had of the order: 46 000.00 of 46 000.00 are billed by the second.
  money: {},
};

/** The application that counts is the second, and CRM has to be told of it again. */
export const appliedAgain: Story = {
  name: 'an application that is reversed and made again',
  signals: signalsOf(reappliedJourney, reapplied.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15063': {
        progress: 'completed',
        members: membersOf(reapplied),
        hubs: hubsOf(reapplied, '2026-09'),
        milestones: {
          ...billedMilestones(reapplied),
          ...paidMilestones(reapplied),
          'payment-applied PAY-15063': ['2026-09-18T11:30:00.000Z', '2026-09-17T13:00:00.000Z'],
          'status-in-crm PAY-15063': ['2026-09-18T11:45:00.000Z', '2026-09-18T12:00:00.000Z'],
        },
      },
      ...statementOfFriday(reapplied),
    },
    problems: [],
  },
  lineage: [
    ...linksUntilOrder(reapplied, '2026-09'),
    ...linksOfInvoice(reapplied, '2026-09'),
    ...linksOfPayment(reapplied),
  ],
  money: {},
};
