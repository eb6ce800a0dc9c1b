import { signalsOf } from '../../journey.js';
import type { TransactionSummary } from '../../lineage-summary.js';
import type { Story } from '../../story.js';
import { NOT_IN_ACCOUNTING } from './accounting-failure.js';
import { BILLING } from './billing-signals.js';
import {
  WON_AT,
  earnedItem,
  linksOfItem,
  linksOfSale,
  notYetAtTheBank,
  opportunityIdOf,
  soldDeal,
  statesOf,
} from './expected.js';
import {
  lateInTheEnd,
  neverPaid,
  neverRecognised,
  notInAccounting,
  notInAccountingMended,
  unknownToAccounting,
} from './fault-journeys.js';

/** Refused at 10:10; the run took two seconds. */
const refusal = (number: string) => ({
  subject: `invoice INV${number}-1`,
  hop: BILLING.receivables,
  signature: NOT_IN_ACCOUNTING,
  occurrences: 1,
  lastOccurredAt: '2026-07-01T10:10:02.000Z',
});

/** Billed at 10:00, posted in billing at 10:05, and nothing after that: accounting should have posted it by 11:00. */
const inBillingAlone = (number: string): TransactionSummary => ({
  progress: 'running',
  members: [`billing-schedule A-S${number}/1`, `invoice INV${number}-1`],
  hubs: [],
  milestones: {
    'item-scheduled': '2026-07-01T08:40:00.000Z',
    'item-billed': ['2026-07-01T10:00:00.000Z', '2026-07-01T22:00:00.000Z'],
    [`invoice-issued INV${number}-1`]: '2026-07-01T10:05:00.000Z',
    [`invoice-posted INV${number}-1`]: ['pending', '2026-07-01T11:00:00.000Z'],
    [`revenue-deferred INV${number}-1`]: ['pending', '2026-07-01T11:00:00.000Z'],
    // Four hours after accounting has posted it, which nobody knows of.
    [`revenue-schedule-created INV${number}-1`]: 'pending',
    [`payment-settled INV${number}-1`]: ['pending', '2026-07-31T22:00:00.000Z'],
    [`status-in-crm INV${number}-1`]: 'pending',
    // No revenue schedule says its period yet, nor has its clock started.
    'revenue-recognised': 'pending',
  },
});

const linksInBilling = (number: string) => [
  ...linksOfSale(number, '1200.00'),
  `subscription A-S${number} ─plans 1200.00 EUR→ billing-schedule A-S${number}/1`,
  `billing-schedule A-S${number}/1 ─bills 1200.00 EUR→ invoice INV${number}-1`,
  `subscription A-S${number} ─bills→ invoice INV${number}-1`,
];

const unpaidMoney = ['in 1200.00 EUR, balanced', 'out 0.00 EUR, open 1200.00'];

/** Nothing threw: that accounting never heard of the invoice shows when it is not posted there in time. */
export const silentInAccounting: Story = {
  name: 'an invoice of which accounting never hears',
  signals: signalsOf(unknownToAccounting, '21060', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21060')}`]: soldDeal('21060', [1]),
      'subscription-billing A-S21060/1': inBillingAlone('21060'),
    },
    problems: [],
  },
  lineage: linksInBilling('21060'),
  money: { 'invoice INV21060-1': unpaidMoney },
  states: [
    // The hour from 10:00 on; its last twelve minutes begin at 10:48.
    statesOf('21060', '2026-07-01T10:47:00.000Z', 'RUNNING'),
    statesOf('21060', '2026-07-01T10:49:00.000Z', 'AT_RISK'),
    statesOf('21060', '2026-07-01T11:01:00.000Z', 'LATE'),
  ],
};

/** Billing has posted the invoice; accounting refuses it, so that nothing is deferred and nothing will be earned. */
export const missingInAccounting: Story = {
  name: 'an invoice that is posted to billing and not to accounting',
  signals: signalsOf(notInAccounting, '21036', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21036')}`]: soldDeal('21036', [1]),
      'subscription-billing A-S21036/1': inBillingAlone('21036'),
    },
    problems: [{ ...refusal('21036'), clearedAt: null }],
  },
  lineage: linksInBilling('21036'),
  money: { 'invoice INV21036-1': unpaidMoney },
  states: [
    // An open problem blocks, however late it is besides.
    statesOf('21036', '2026-07-01T10:30:00.000Z', 'BLOCKED'),
    statesOf('21036', '2026-07-02T08:00:00.000Z', 'BLOCKED'),
  ],
  pending: [
    { line: 'the count and the total of what billing and accounting posted in a day agree', needs: 'reconciliation' },
  ],
};

/** The account is set, the invoice sent again at 08:00 the next day: posted there, which clears the problem; the rest is late. */
export const lateInAccounting: Story = {
  name: 'an invoice that accounting takes a day later',
  signals: signalsOf(notInAccountingMended, '21040', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21040')}`]: soldDeal('21040', [1]),
      'subscription-billing A-S21040/1': earnedItem('21040', {
        more: {
          'invoice-posted INV21040-1': ['2026-07-02T08:00:00.000Z', '2026-07-01T11:00:00.000Z'],
          'revenue-deferred INV21040-1': ['2026-07-02T08:10:00.000Z', '2026-07-01T11:00:00.000Z'],
          // Four hours after 08:00.
          'revenue-schedule-created INV21040-1': ['2026-07-02T09:00:00.000Z', '2026-07-02T12:00:00.000Z'],
        },
      }),
    },
    problems: [{ ...refusal('21040'), clearedAt: '2026-07-02T08:00:00.000Z' }],
  },
  lineage: [...linksOfSale('21040', '1200.00'), ...linksOfItem('21040', 1, '1200.00')],
  money: { 'payment P-21040-1': notYetAtTheBank('1200.00') },
};

/** The close of July does not post what was earned. */
export const missedRecognition: Story = {
  name: 'revenue that is not recognised by business day 1 of close',
  signals: signalsOf(neverRecognised, '21052', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21052')}`]: soldDeal('21052', [1]),
      'subscription-billing A-S21052/1': {
        ...earnedItem('21052', { more: { 'revenue-recognised RS-21052-1': ['pending', '2026-08-03T22:00:00.000Z'] } }),
        progress: 'running',
        members: [
          'billing-schedule A-S21052/1',
          'invoice INV21052-1',
          'journal-entry 632105201',
          'payment P-21052-1',
          'revenue-schedule RS-21052-1',
        ],
      },
    },
    problems: [],
  },
  states: [
    // From 1 July 12:00 to 3 August 22:00 are 33 days and 10 hours, 802 hours; a fifth of it, 160 h 24 min, begins 28 July 05:36.
    statesOf('21052', '2026-07-28T05:30:00.000Z', 'RUNNING'),
    statesOf('21052', '2026-07-28T05:40:00.000Z', 'AT_RISK'),
    statesOf('21052', '2026-08-03T22:01:00.000Z', 'LATE'),
  ],
  pending: [{ line: 'July is ready to be closed only once all of it is recognised', needs: 'completeness' }],
};

/** The customer does not pay: ours is done, his is awaited. That he is late is shown and is no breach. */
export const unpaidInvoice: Story = {
  name: 'a subscription invoice that is never paid',
  signals: signalsOf(neverPaid, '21048', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21048')}`]: soldDeal('21048', [1]),
      'subscription-billing A-S21048/1': {
        ...earnedItem('21048', {
          more: {
            'payment-settled INV21048-1': ['pending', '2026-07-31T22:00:00.000Z'],
            'status-in-crm INV21048-1': 'pending',
          },
        }),
        progress: 'running',
        members: [
          'billing-schedule A-S21048/1',
          'invoice INV21048-1',
          'journal-entry 632104801',
          'journal-entry 642104801',
          'revenue-schedule RS-21048-1',
        ],
      },
    },
    problems: [],
  },
  money: { 'invoice INV21048-1': unpaidMoney },
  states: [
    statesOf('21048', '2026-07-31T12:00:00.000Z', 'WAITING'),
    statesOf('21048', '2026-09-30T12:00:00.000Z', 'WAITING'),
  ],
  pending: [{ line: 'when the customer will pay, by what it usually does', needs: 'prediction' }],
};

/** Recognised on the third business day of close, and paid on day 60: all there in the end, each at its time. */
export const lateButWhole: Story = {
  name: 'a subscription invoice that is recognised late and paid late',
  signals: signalsOf(lateInTheEnd, '21056', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21056')}`]: soldDeal('21056', [1]),
      'subscription-billing A-S21056/1': earnedItem('21056', {
        more: {
          // 1 July and 60 days.
          'payment-settled INV21056-1': ['2026-08-30T10:00:00.000Z', '2026-07-31T22:00:00.000Z'],
          'status-in-crm INV21056-1': ['2026-08-30T10:20:00.000Z', '2026-08-30T10:30:00.000Z'],
          'revenue-recognised RS-21056-1': ['2026-08-05T12:00:00.000Z', '2026-08-03T22:00:00.000Z'],
        },
      }),
    },
    problems: [],
  },
  lineage: [...linksOfSale('21056', '1200.00'), ...linksOfItem('21056', 1, '1200.00')],
  money: { 'payment P-21056-1': notYetAtTheBank('1200.00') },
  states: [statesOf('21056', '2026-09-01T00:00:00.000Z', 'COMPLETED')],
};
