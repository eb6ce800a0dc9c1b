import { type Journey, signalsOf } from '../../journey.js';
import { type StoryOrder, keyOf, moneyOf } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { financeEvent, runNamed } from '../../wire-forms.js';
import { type CreditFigures, contractOf, creditExposureOf, longKeyOf, orderInErp } from './documents.js';
import { linksUntilOrder, pendingFrom, soldMilestones } from './expectations.js';
import { type Failure, failedRun } from '../../failed-run.js';
import { LONG_INTEGRATION, orderReleased } from './liquidity-signals.js';
import { accepted, checked } from './long-steps.js';
import { type Step, HOUR, MINUTE, saleOf, tell } from './telling.js';

/** With this order the customer owes 48 200.00 more than he may. */
const OVER: CreditFigures = { limit: '1000000.00', exposure: '1048200.00' };

/** The ERP takes the order and blocks it; finance operations see by how much the limit is exceeded. */
function creditBlocked(order: StoryOrder): Failure {
  return {
    activityType: 'sales-order.credit-blocked',
    service: 'sap-s4hana',
    integration: LONG_INTEGRATION.release,
    objects: [orderInErp(order, { amount: moneyOf(order) }), creditExposureOf(order, OVER)],
    links: [{ from: 1, to: 0, qualifier: 'weighs-on' }],
    problem: {
      code: 'business-control.credit-exposure-over-limit',
      discriminators: { creditAccount: longKeyOf.creditAccount(order) },
      message: `Exposure ${OVER.exposure} ${order.currency} is 48200.00 over the limit of ${OVER.limit}`,
      payload: { order: keyOf.erpOrder(order), currency: order.currency, ...OVER, exceededBy: '48200.00' },
      payloadVersion: 1,
    },
  };
}

function orderCancelled(order: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('sales-order.cancelled', keyOf.erpOrder(order), at, {
    system: 'sap-s4hana',
    objects: [orderInErp(order)],
  });
}

export function contractCancelled(order: StoryOrder, at: string): ScenarioSignal {
  return financeEvent('contract.cancelled', keyOf.contract(order), at, {
    system: 'salesforce',
    objects: [contractOf(order)],
  });
}

const blocked = (order: StoryOrder): Step[] => [
  ...checked(order, OVER),
  ...accepted(order),
  [15 * MINUTE, (at) => failedRun(at, { ...creditBlocked(order), run: runNamed(`credit block of ${order.number}`) })],
];

export const creditBlockedJourney: Journey = {
  name: 'order-to-cash/credit-over-limit',
  share: 3,
  play: (number, startsAt) => tell(startsAt, blocked(saleOf(number))),
};

export const creditReleasedJourney: Journey = {
  name: 'order-to-cash/credit-over-limit-and-released',
  share: 5,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [...blocked(order), [45 * MINUTE, (at) => orderReleased(order, at)]]);
  },
};

export const creditRefusedJourney: Journey = {
  name: 'order-to-cash/credit-over-limit-and-refused',
  share: 2,
  play(number, startsAt) {
    const order = saleOf(number);
    return tell(startsAt, [
      ...blocked(order),
      [2 * HOUR + 50 * MINUTE, (at) => orderCancelled(order, at)],
      [3 * HOUR, (at) => contractCancelled(order, at)],
    ]);
  },
};

const STARTS_AT = '2026-09-01T08:00:00Z';
const [open, released, refused] = [saleOf('15021'), saleOf('15024'), saleOf('15027')];

const problemOf = (order: StoryOrder, clearedAt: string | null) => ({
  subject: `sales-order ${keyOf.salesOrder(order)}`,
  hop: 's4hana-order-release',
  signature: 'business-control.credit-exposure-over-limit|creditAccount=DE01/Stahlwerk Saale GmbH',
  occurrences: 1,
  lastOccurredAt: '2026-09-01T08:15:02.000Z',
  clearedAt,
});

const linksOf = (order: StoryOrder) => [
  ...linksUntilOrder(order, '2026-09'),
  `credit-exposure DE01/Stahlwerk Saale GmbH ─weighs-on→ sales-order ${keyOf.salesOrder(order)}`,
];

const moneyOfOpen = (order: StoryOrder) => ({
  [`sales-order ${keyOf.salesOrder(order)}`]: ['in 48200.00 EUR, balanced', 'out 0.00 EUR, open 48200.00'],
});

/** Nobody has decided yet: blocked, also when the hour for the release is over. */
export const creditBlockedOrder: Story = {
  name: 'a credit exposure over the limit',
  signals: signalsOf(creditBlockedJourney, open.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15021': {
        progress: 'running',
        members: ['contract C-15021', 'sales-order SO-15021'],
        hubs: ['cash-forecast DE01/EUR/2026-09'],
        milestones: {
          ...soldMilestones(open),
          'order-released SO-15021': ['pending', '2026-09-01T09:09:01.000Z'],
          ...pendingFrom('invoice-posted'),
        },
      },
    },
    problems: [problemOf(open, null)],
  },
  lineage: linksOf(open),
  money: moneyOfOpen(open),
  states: [
    { at: '2026-09-01T08:40:00.000Z', of: { 'order-to-cash C-15021': 'BLOCKED' } },
    { at: '2026-09-02T08:40:00.000Z', of: { 'order-to-cash C-15021': 'BLOCKED' } },
  ],
};

/** Finance operations take the risk within the hour: the release is the proof, and nothing is late. */
export const creditReleased: Story = {
  name: 'a credit exposure over the limit, released by finance operations',
  signals: signalsOf(creditReleasedJourney, released.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15024': {
        progress: 'running',
        members: ['contract C-15024', 'sales-order SO-15024'],
        hubs: ['cash-forecast DE01/EUR/2026-09'],
        milestones: {
          ...soldMilestones(released),
          'order-released SO-15024': ['2026-09-01T08:45:00.000Z', '2026-09-01T09:09:01.000Z'],
          ...pendingFrom('invoice-posted'),
        },
      },
    },
    problems: [problemOf(released, '2026-09-01T08:45:00.000Z')],
  },
  lineage: linksOf(released),
  money: moneyOfOpen(released),
  states: [{ at: '2026-09-02T08:40:00.000Z', of: { 'order-to-cash C-15024': 'RUNNING' } }],
};

/**
 * They do not: the order is cancelled in the ERP, the contract in CRM. The cancellation undoes the acceptance, so the clocks that
 * started with it stand still; the problem stays what it was, for a person to close.
 */
export const creditRefused: Story = {
  name: 'a credit exposure over the limit, refused',
  signals: signalsOf(creditRefusedJourney, refused.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15027': {
        progress: 'cancelled',
        members: ['contract C-15027', 'sales-order SO-15027'],
        hubs: ['cash-forecast DE01/EUR/2026-09'],
        milestones: {
          ...soldMilestones(refused),
          'order-accepted SO-15027': ['pending', '2026-09-01T08:19:00.000Z'],
          'forecast-updated-from-order SO-15027': '2026-09-01T08:14:00.000Z',
          'order-released SO-15027': 'pending',
          ...pendingFrom('invoice-posted'),
        },
      },
    },
    problems: [problemOf(refused, null)],
  },
  lineage: linksOf(refused),
  states: [{ at: '2026-09-02T08:40:00.000Z', of: { 'order-to-cash C-15027': 'CANCELLED' } }],
};
