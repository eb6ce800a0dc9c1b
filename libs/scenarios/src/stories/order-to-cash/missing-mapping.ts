import {
  INTEGRATION,
  type StoryOrder,
  contractApproved,
  invoicePosted,
  missingMappingSignature,
  orderAccepted,
  orderSyncFailed,
} from '../../order-signals.js';
import type { Story } from '../../story.js';
import { runNamed } from '../../wire-forms.js';

const orderOf = (number: string): StoryOrder => ({
  number,
  legalEntity: 'DE01',
  currency: 'EUR',
  amount: '12750.00',
  customer: 'Hafenlogistik Kiel KG',
  sellingUnit: 'DE01-BREMEN',
});

const REQUEUE_1 = '5b0c7d0e-3b6f-4f0e-9a51-0d6a5f3c1a01';
const REQUEUE_2 = '5b0c7d0e-3b6f-4f0e-9a51-0d6a5f3c1a02';

const pending = (order: StoryOrder) => ({
  'contract-approved': '2026-09-30T09:00:00.000Z',
  [`order-accepted SO-${order.number}`]: 'pending',
  'invoice-posted': 'pending',
  'payment-received': 'pending',
  'cash-position-updated': 'pending',
  'payment-applied': 'pending',
});

const waiting = (order: StoryOrder) => ({
  progress: 'running',
  members: [`contract C-${order.number}`, `sales-order SO-${order.number}`],
  hubs: [],
  milestones: pending(order),
});

const problemOf = (order: StoryOrder) => ({
  subject: `sales-order SO-${order.number}`,
  hop: INTEGRATION.contractToOrder,
  signature: missingMappingSignature(order),
});

const failedTwice = (order: StoryOrder) => [
  contractApproved(order, '2026-09-30T09:00:00Z'),
  ...orderSyncFailed(order, '2026-09-30T09:05:00Z', runNamed(`first sync of ${order.number}`)),
  ...orderSyncFailed(order, '2026-09-30T10:00:00Z', runNamed(`second sync of ${order.number}`, REQUEUE_1)),
];

const [unmended, mended, lateNews, resent] = [orderOf('10002'), orderOf('10004'), orderOf('10005'), orderOf('10006')];

/** The order meets a missing mapping, is sent again before anybody mended it, and fails the same way. */
export const missingMappingTwice: Story = {
  name: 'a missing mapping that fails twice',
  signals: failedTwice(unmended),
  expected: {
    transactions: { 'order-to-cash C-10002': waiting(unmended) },
    // Four failure signals (a span and an event a run) are two occurrences of one problem.
    problems: [{ ...problemOf(unmended), occurrences: 2, lastOccurredAt: '2026-09-30T10:00:02.000Z', clearedAt: null }],
  },
};

/** The mapping is added, the order sent a third time: it is accepted, and the milestones behind it are reached. */
export const missingMappingMended: Story = {
  name: 'a missing mapping that is mended',
  signals: [
    ...failedTwice(mended),
    ...orderAccepted(mended, '2026-09-30T10:30:00Z', runNamed('third sync of 10004', REQUEUE_2)),
    invoicePosted(mended, '2026-09-30T15:00:00Z'),
  ],
  expected: {
    transactions: {
      'order-to-cash C-10004': {
        progress: 'running',
        members: ['contract C-10004', 'invoice 9010004', 'sales-order SO-10004'],
        hubs: [],
        milestones: {
          'contract-approved': '2026-09-30T09:00:00.000Z',
          'order-accepted SO-10004': '2026-09-30T10:30:01.000Z',
          'invoice-posted 9010004': '2026-09-30T15:00:00.000Z',
          'payment-received': 'pending',
          'cash-position-updated': 'pending',
          'payment-applied': 'pending',
        },
      },
    },
    // Cleared by the acceptance itself; the run's own green span proves nothing.
    problems: [
      {
        ...problemOf(mended),
        occurrences: 2,
        lastOccurredAt: '2026-09-30T10:00:02.000Z',
        clearedAt: '2026-09-30T10:30:01.000Z',
      },
    ],
  },
};

const accepted = (order: StoryOrder) => ({
  ...waiting(order),
  milestones: { ...pending(order), [`order-accepted SO-${order.number}`]: '2026-09-30T09:30:01.000Z' },
});

/** A failure that occurred before the success but is told after it changes nothing. */
export const lateNewsOfAnOldError: Story = {
  name: 'an error that occurred before the success and arrives after it',
  signals: [
    contractApproved(lateNews, '2026-09-30T09:00:00Z'),
    ...orderAccepted(lateNews, '2026-09-30T09:30:00Z'),
    ...orderSyncFailed(lateNews, '2026-09-30T09:05:00Z', runNamed('late news of 10005')),
  ],
  expected: {
    transactions: { 'order-to-cash C-10005': accepted(lateNews) },
    problems: [
      {
        ...problemOf(lateNews),
        occurrences: 1,
        lastOccurredAt: '2026-09-30T09:05:02.000Z',
        clearedAt: '2026-09-30T09:30:01.000Z',
      },
    ],
  },
};

/** A failure that occurred after the success is a problem of its own time: the earlier success proves nothing about it. */
export const errorAfterSuccess: Story = {
  name: 'an error after the success',
  signals: [
    contractApproved(resent, '2026-09-30T09:00:00Z'),
    ...orderAccepted(resent, '2026-09-30T09:30:00Z'),
    ...orderSyncFailed(resent, '2026-09-30T11:00:00Z', runNamed('resent old payload of 10006')),
  ],
  expected: {
    transactions: { 'order-to-cash C-10006': accepted(resent) },
    problems: [{ ...problemOf(resent), occurrences: 1, lastOccurredAt: '2026-09-30T11:00:02.000Z', clearedAt: null }],
  },
};
