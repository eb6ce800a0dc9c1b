import { type Journey, signalsOf } from '../../journey.js';
import { type StoryOrder } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { financeEvent } from '../../wire-forms.js';
import { changedInCrm, changedInErp } from './changed-orders.js';
import { contractCancelled } from './credit-over-limit.js';
import { deliveryOf, longKeyOf } from './documents.js';
import {
  hubsOf,
  linksOfInvoice,
  linksOfPayment,
  linksUntilOrder,
  membersOf,
  paidMilestones,
  pendingFrom,
  soldMilestones,
  statementOfPayment,
} from './expectations.js';
import {
  LONG_INTEGRATION,
  deliveryBilled,
  deliveryPlanned,
  goodsIssued,
  invoiceForecast,
} from './liquidity-signals.js';
import { DELIVERY_DAYS, DUE_DAYS, WHEN, inPosition, paid, sold } from './long-steps.js';
import { type Step, DAY, HOUR, MINUTE, dayAfter, partOf, saleOf, tell } from './telling.js';

const DELIVERED = '30000.00';
const partsOf = (order: StoryOrder): [StoryOrder, StoryOrder] => [
  partOf(order, 1, DELIVERED),
  partOf(order, 2, '18200.00'),
];

/** SAP: the delivery was deleted before it left. */
function deliveryCancelled(part: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('delivery.cancelled', longKeyOf.delivery(part), at, {
    system: 'sap-s4hana',
    integration: LONG_INTEGRATION.goodsIssue,
    objects: [deliveryOf(part)],
  });
}

/** Of two deliveries the first leaves and is billed; the second, which is planned for a week later, is cancelled on the fifth day. */
function halfDelivered(order: StoryOrder): Step[] {
  const [first, second] = partsOf(order);
  return [
    ...sold(order),
    [WHEN.planned, (at) => deliveryPlanned(order, at, dayAfter(at, DELIVERY_DAYS), first)],
    [WHEN.planned + MINUTE, (at) => deliveryPlanned(order, at, dayAfter(at, DELIVERY_DAYS + 7), second)],
    [WHEN.issued, (at) => goodsIssued(first, at)],
    [WHEN.billed, (at) => deliveryBilled(order, at, dayAfter(at, DUE_DAYS - DELIVERY_DAYS), first)],
    [WHEN.invoiceForecast, (at) => invoiceForecast(first, at, dayAfter(at, DUE_DAYS - DELIVERY_DAYS).slice(0, 7))],
    [5 * DAY, (at) => deliveryCancelled(second, at)],
  ];
}

/** The customer gives up the whole contract; what was delivered is billed and stays to be paid. */
export const cancelledHalfWayJourney: Journey = {
  name: 'order-to-cash/cancelled-after-part-delivery',
  share: 4,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [...halfDelivered(order), [5 * DAY + HOUR, (at) => contractCancelled(order, at)]]);
  },
};

/** The customer gives up the rest: contract and order shrink to what was delivered, and that is paid. */
export const restCancelledJourney: Journey = {
  name: 'order-to-cash/rest-cancelled',
  share: 8,
  play(number, startsAt) {
    const [order, rest] = [saleOf(number), saleOf(number, DELIVERED)];
    const [first] = partsOf(order);
    return tell(startsAt, [
      ...halfDelivered(order),
      [5 * DAY + MINUTE, (at) => changedInCrm(rest, at)],
      [5 * DAY + 2 * MINUTE, (at) => changedInErp(rest, at)],
      ...paid(first),
      ...inPosition(first),
    ]);
  },
};

const STARTS_AT = '2026-09-01T08:00:00Z';
const [cancelled, shrunk] = [saleOf('15084'), saleOf('15087')];

const membersOfHalf = (order: StoryOrder) => {
  const [first, second] = partsOf(order);
  const own = membersOf(order).filter((name) => /^(contract|sales-order) /.test(name));
  const parts = membersOf(first).filter((name) => !/^(contract|sales-order) /.test(name));
  return [...own, ...parts, `delivery ${longKeyOf.delivery(second)}`];
};

/** The second delivery is nobody's step any more: it was cancelled, and the first is left. */
const milestonesOfHalf = (order: StoryOrder) => {
  const first = Object.entries(paidMilestones(partsOf(order)[0]));
  return { ...Object.fromEntries(first.filter(([name]) => !name.includes(' SO-'))), ...soldMilestones(order) };
};

const linksOfHalf = (order: StoryOrder) => {
  const [first, second] = partsOf(order);
  return [
    ...linksUntilOrder(order, '2026-09'),
    ...linksOfInvoice(first, '2026-09').map((link) => link.replace(`SO-${first.number}`, `SO-${order.number}`)),
    `sales-order SO-${order.number} ─delivers→ delivery ${longKeyOf.delivery(second)}`,
  ];
};

const isPayment = (name: string) =>
  /^(payment|bank-entry|cash-position-updated|payment-\w+|status-in-crm)\b/.test(name);

/** Cancelled, and still the invoice is open, and so is what of the order nobody took back. */
export const cancelledAfterPartDelivery: Story = {
  name: 'a contract that is cancelled after part of it was delivered',
  signals: signalsOf(cancelledHalfWayJourney, cancelled.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15084': {
        progress: 'cancelled',
        members: membersOfHalf(cancelled)
          .filter((name) => !isPayment(name))
          .sort(),
        hubs: ['cash-forecast DE01/EUR/2026-09'],
        milestones: {
          ...Object.fromEntries(Object.entries(milestonesOfHalf(cancelled)).filter(([name]) => !isPayment(name))),
          'payment-received': ['pending', '2026-09-17T22:00:00.000Z'],
          ...pendingFrom('cash-position-updated'),
        },
      },
    },
    problems: [],
  },
  lineage: linksOfHalf(cancelled),
  money: {
    'sales-order SO-15084': ['in 48200.00 EUR, balanced', 'out 30000.00 EUR, open 18200.00'],
    'invoice 9015084-1': ['in 30000.00 EUR, balanced', 'out 0.00 EUR, open 30000.00'],
  },
  states: [{ at: '2026-09-08T08:00:00.000Z', of: { 'order-to-cash C-15084': 'CANCELLED' } }],
};

/** The part that was delivered is the whole of it now, and it is done. */
export const restCancelled: Story = {
  name: 'an order whose rest is cancelled after part of it was delivered',
  signals: signalsOf(restCancelledJourney, shrunk.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15087': {
        progress: 'completed',
        members: membersOfHalf(shrunk).sort(),
        hubs: hubsOf(partsOf(shrunk)[0], '2026-09'),
        milestones: milestonesOfHalf(shrunk),
      },
      ...statementOfPayment(partsOf(shrunk)[0], '2026-09-18T05:30:00.000Z', [
        '2026-09-18T06:15:00.000Z',
        '2026-09-18T07:00:00.000Z',
      ]),
    },
    problems: [],
  },
  lineage: [...linksOfHalf(shrunk), ...linksOfPayment(partsOf(shrunk)[0])],
  // 30 000.00 is left of contract and order, all of it billed and paid.
  money: {},
};
