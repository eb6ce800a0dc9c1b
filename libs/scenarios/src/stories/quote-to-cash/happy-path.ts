import { signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import { dealToRecurringBilling } from './deal-journeys.js';
import {
  DAYS_END,
  WON_AT,
  earnedItem,
  linksOfItem,
  linksOfSale,
  notYetAtTheBank,
  opportunityIdOf,
  soldDeal,
} from './expected.js';

/** From the deal to two months of billing: one transaction of the sale, one for each item of its schedule. */
export const twoMonths: Story = {
  name: 'a subscription of two months, sold, billed, paid and earned',
  signals: signalsOf(dealToRecurringBilling, '21000', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21000')}`]: soldDeal('21000', [1, 2]),
      'subscription-billing A-S21000/1': earnedItem('21000'),
      'subscription-billing A-S21000/2': {
        progress: 'completed',
        members: [
          'billing-schedule A-S21000/2',
          'invoice INV21000-2',
          'journal-entry 632100002',
          'journal-entry 642100002',
          'payment P-21000-2',
          'revenue-schedule RS-21000-2',
        ],
        hubs: [],
        milestones: {
          'item-scheduled': '2026-07-01T08:40:00.000Z',
          // Saturday 1 August: a billing date is a date, business or not. It ends at 22:00 UTC in Berlin.
          'item-billed': ['2026-08-01T10:00:00.000Z', '2026-08-01T22:00:00.000Z'],
          'invoice-issued INV21000-2': '2026-08-01T10:05:00.000Z',
          'invoice-posted INV21000-2': ['2026-08-01T10:20:00.000Z', '2026-08-01T11:00:00.000Z'],
          'revenue-deferred INV21000-2': ['2026-08-01T10:30:00.000Z', '2026-08-01T11:00:00.000Z'],
          'revenue-schedule-created INV21000-2': ['2026-08-01T12:00:00.000Z', '2026-08-01T14:20:00.000Z'],
          // Thirty days after the billing date: the end of 31 August.
          'payment-settled INV21000-2': ['2026-08-15T10:00:00.000Z', '2026-08-31T22:00:00.000Z'],
          'status-in-crm INV21000-2': ['2026-08-15T10:20:00.000Z', '2026-08-15T10:30:00.000Z'],
          // Earned in August: the first business day of September is Tuesday the 1st.
          'revenue-recognised RS-21000-2': ['2026-09-01T12:00:00.000Z', '2026-09-01T22:00:00.000Z'],
        },
      },
    },
    problems: [],
  },
  lineage: [
    ...linksOfSale('21000', '2400.00'),
    ...linksOfItem('21000', 1, '1200.00'),
    ...linksOfItem('21000', 2, '1200.00', { period: '2026-08' }),
  ],
  // 2 × 1200.00 = 2400.00 from the quote to the cash.
  money: { 'payment P-21000-1': notYetAtTheBank('1200.00'), 'payment P-21000-2': notYetAtTheBank('1200.00') },
};

/** The same for New York: days end there four hours after those of Greenwich. Its second month is billed on a Saturday too. */
export const twoMonthsInNewYork: Story = {
  name: 'a subscription of two months in New York',
  signals: signalsOf(dealToRecurringBilling, '21001', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21001')}`]: soldDeal('21001', [1, 2]),
      'subscription-billing A-S21001/1': earnedItem('21001', { ends: DAYS_END.US01 }),
      'subscription-billing A-S21001/2': {
        progress: 'completed',
        members: [
          'billing-schedule A-S21001/2',
          'invoice INV21001-2',
          'journal-entry 632100102',
          'journal-entry 642100102',
          'payment P-21001-2',
          'revenue-schedule RS-21001-2',
        ],
        hubs: [],
        milestones: {
          'item-scheduled': '2026-07-01T08:40:00.000Z',
          'item-billed': ['2026-08-01T10:00:00.000Z', '2026-08-02T04:00:00.000Z'],
          'invoice-issued INV21001-2': '2026-08-01T10:05:00.000Z',
          'invoice-posted INV21001-2': ['2026-08-01T10:20:00.000Z', '2026-08-01T11:00:00.000Z'],
          'revenue-deferred INV21001-2': ['2026-08-01T10:30:00.000Z', '2026-08-01T11:00:00.000Z'],
          'revenue-schedule-created INV21001-2': ['2026-08-01T12:00:00.000Z', '2026-08-01T14:20:00.000Z'],
          'payment-settled INV21001-2': ['2026-08-15T10:00:00.000Z', '2026-09-01T04:00:00.000Z'],
          'status-in-crm INV21001-2': ['2026-08-15T10:20:00.000Z', '2026-08-15T10:30:00.000Z'],
          'revenue-recognised RS-21001-2': ['2026-09-01T12:00:00.000Z', '2026-09-02T04:00:00.000Z'],
        },
      },
    },
    problems: [],
  },
};
