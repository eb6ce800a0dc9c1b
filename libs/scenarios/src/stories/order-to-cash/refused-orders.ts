import { hashedUuid } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import { type StoryOrder, INTEGRATION, keyOf } from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { type Run, runNamed, traceOfRun } from '../../wire-forms.js';
import { contractOf, orderInCrm } from './documents.js';
import { linksUntilOrder, pendingFrom, soldMilestones } from './expectations.js';
import { type Failure, failedRun } from '../../failed-run.js';
import { orderReleased } from './liquidity-signals.js';
import { WHEN, accepted, checked } from './long-steps.js';
import { type Step, HOUR, MINUTE, instantOf, saleOf, tell } from './telling.js';

function orderRefused(order: StoryOrder): Failure {
  const customer = `ACC-${order.customer}`;
  return {
    activityType: 'sales-order.rejected',
    service: 'sap-s4hana',
    integration: INTEGRATION.contractToOrder,
    objects: [orderInCrm(order), contractOf(order)],
    links: [{ from: 1, to: 0, qualifier: 'fulfils' }],
    problem: {
      code: 'business-control.blocked-account',
      discriminators: { customer },
      message: `${order.customer} is blocked for orders`,
      field: '/soldTo',
      payload: { orderNumber: keyOf.salesOrder(order), soldTo: customer },
      payloadVersion: 1,
    },
  };
}

const TOO_MANY = 'HTTP 429 Too Many Requests, Retry-After: 20';

/** Three attempts, twenty seconds apart; then the run gives up. */
function rateLimited(order: StoryOrder): Failure {
  return {
    ...orderRefused(order),
    activityType: 'sales-order.transfer-failed',
    service: 'sap-integration',
    problem: {
      code: 'platform.rate-limit',
      message: `SAP answered three times: ${TOO_MANY}`,
      payload: { orderNumber: keyOf.salesOrder(order) },
      payloadVersion: 1,
    },
    attempts: [TOO_MANY, TOO_MANY, TOO_MANY],
    seconds: 65,
  };
}

/** The run that got through, at its third attempt. */
function attemptsOf(run: Run, at: string): ScenarioSignal {
  const after = (tenths: number) => instantOf(Date.parse(at) + tenths * 100);
  const attempt = (number: number, error?: string) => ({
    name: `attempt ${number}`,
    parent: 'root',
    startedAt: after(5 * number - 5),
    endedAt: after(5 * number),
    attributes: {},
    ...(error !== undefined && { error }),
  });
  return traceOfRun(run, 'sap-integration', [attempt(1, TOO_MANY), attempt(2, TOO_MANY), attempt(3)]);
}

const blockedAccount = (order: StoryOrder): Step[] => [
  ...checked(order),
  [
    WHEN.accepted,
    (at) => failedRun(at, { ...orderRefused(order), run: runNamed(`sync of ${order.number} to a blocked account`) }),
  ],
];

export const blockedAccountJourney: Journey = {
  name: 'order-to-cash/blocked-account',
  share: 3,
  play: (number, startsAt) => tell(startsAt, blockedAccount(saleOf(number))),
};

export const unblockedAccountJourney: Journey = {
  name: 'order-to-cash/blocked-account-mended',
  share: 4,
  play(number, startsAt) {
    const order = saleOf(number);
    const run = runNamed(`second sync of ${number}`, hashedUuid(['requeue of a blocked account', number]));
    return tell(startsAt, [
      ...blockedAccount(order),
      ...accepted(order, 2 * HOUR, run),
      [2 * HOUR + 30 * MINUTE, (at) => orderReleased(order, at)],
    ]);
  },
};

export const rateLimitJourney: Journey = {
  name: 'order-to-cash/rate-limit',
  share: 8,
  play(number, startsAt) {
    const order = saleOf(number);
    const second = runNamed(`second sync of ${number}`);
    return tell(startsAt, [
      ...checked(order),
      [WHEN.accepted, (at) => failedRun(at, { ...rateLimited(order), run: runNamed(`first sync of ${number}`) })],
      ...accepted(order, 14 * MINUTE, second),
      [14 * MINUTE, (at) => [attemptsOf(second, at)]],
      [WHEN.released, (at) => orderReleased(order, at)],
    ]);
  },
};

const STARTS_AT = '2026-09-01T08:00:00Z';
const [blocked, unblocked, limited] = [saleOf('15009'), saleOf('15012'), saleOf('15042')];

const problemOf = (order: StoryOrder, clearedAt: string | null) => ({
  subject: `sales-order ${keyOf.salesOrder(order)}`,
  hop: 'salesforce-contract-to-order',
  signature: 'business-control.blocked-account|customer=ACC-Stahlwerk Saale GmbH',
  occurrences: 1,
  lastOccurredAt: '2026-09-01T08:09:02.000Z',
  clearedAt,
});

/** The customer is blocked in the ERP and nobody has lifted that: blocked rather than late. */
export const blockedAccountOrder: Story = {
  name: 'a blocked customer account',
  signals: signalsOf(blockedAccountJourney, blocked.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15009': {
        progress: 'running',
        members: ['contract C-15009', 'sales-order SO-15009'],
        hubs: [],
        milestones: {
          'contract-approved': '2026-09-01T08:00:00.000Z',
          'credit-exposure-checked': ['2026-09-01T08:04:00.000Z', '2026-09-01T08:10:00.000Z'],
          'order-accepted SO-15009': ['pending', '2026-09-01T08:19:00.000Z'],
          'forecast-updated-from-order SO-15009': 'pending',
          'order-released SO-15009': 'pending',
          ...pendingFrom('invoice-posted'),
        },
      },
    },
    problems: [problemOf(blocked, null)],
  },
  lineage: linksUntilOrder(blocked, '2026-09').filter((link) => !link.includes('cash-forecast')),
  money: { 'sales-order SO-15009': ['in 48200.00 EUR, balanced', 'out 0.00 EUR, open 48200.00'] },
  states: [
    { at: '2026-09-01T08:12:00.000Z', of: { 'order-to-cash C-15009': 'BLOCKED' } },
    { at: '2026-09-01T12:00:00.000Z', of: { 'order-to-cash C-15009': 'BLOCKED' } },
  ],
};

/** The block is lifted, the order sent again two hours after the approval: accepted late, on time from there. */
export const blockedAccountMended: Story = {
  name: 'a blocked customer account that is unblocked',
  signals: signalsOf(unblockedAccountJourney, unblocked.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15012': {
        progress: 'running',
        members: ['contract C-15012', 'sales-order SO-15012'],
        hubs: ['cash-forecast DE01/EUR/2026-09'],
        milestones: {
          ...soldMilestones(unblocked),
          'order-accepted SO-15012': ['2026-09-01T10:00:01.000Z', '2026-09-01T08:19:00.000Z'],
          // Ten minutes, and one open hour, after 10:00:01.
          'forecast-updated-from-order SO-15012': ['2026-09-01T10:05:00.000Z', '2026-09-01T10:10:01.000Z'],
          'order-released SO-15012': ['2026-09-01T10:30:00.000Z', '2026-09-01T11:00:01.000Z'],
          ...pendingFrom('invoice-posted'),
        },
      },
    },
    problems: [problemOf(unblocked, '2026-09-01T10:00:01.000Z')],
  },
  lineage: linksUntilOrder(unblocked, '2026-09'),
  states: [{ at: '2026-09-01T12:00:00.000Z', of: { 'order-to-cash C-15012': 'RUNNING' } }],
};

/** Three attempts of the first run and two of the second are refused: one problem, one occurrence, overcome in time. */
export const rateLimitedOrder: Story = {
  name: 'an ERP that limits the rate, with retries',
  signals: signalsOf(rateLimitJourney, limited.number, STARTS_AT),
  expected: {
    transactions: {
      'order-to-cash C-15042': {
        progress: 'running',
        members: ['contract C-15042', 'sales-order SO-15042'],
        hubs: ['cash-forecast DE01/EUR/2026-09'],
        milestones: {
          ...soldMilestones(limited),
          'order-accepted SO-15042': ['2026-09-01T08:14:01.000Z', '2026-09-01T08:19:00.000Z'],
          'forecast-updated-from-order SO-15042': ['2026-09-01T08:19:00.000Z', '2026-09-01T08:24:01.000Z'],
          'order-released SO-15042': ['2026-09-01T08:39:00.000Z', '2026-09-01T09:14:01.000Z'],
          ...pendingFrom('invoice-posted'),
        },
      },
    },
    problems: [
      {
        subject: 'sales-order SO-15042',
        hop: 'salesforce-contract-to-order',
        signature: 'platform.rate-limit',
        occurrences: 1,
        // The run of 08:09 gave up after 65 seconds.
        lastOccurredAt: '2026-09-01T08:10:05.000Z',
        clearedAt: '2026-09-01T08:14:01.000Z',
      },
    ],
  },
  lineage: linksUntilOrder(limited, '2026-09'),
  states: [{ at: '2026-09-01T12:00:00.000Z', of: { 'order-to-cash C-15042': 'RUNNING' } }],
};
