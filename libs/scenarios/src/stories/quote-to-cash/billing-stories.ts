import { signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
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
import { billedTwice, billingReplayed, totalDisagrees } from './fault-journeys.js';

/** Sent again under its own id, and once more under another: the same item, the same invoice, the same money. */
export const replayedBilling: Story = {
  name: 'a billing event that is replayed',
  signals: signalsOf(billingReplayed, '21016', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21016')}`]: soldDeal('21016', [1]),
      'subscription-billing A-S21016/1': earnedItem('21016'),
    },
    problems: [],
  },
  lineage: [...linksOfSale('21016', '1200.00'), ...linksOfItem('21016', 1, '1200.00')],
  money: { 'payment P-21016-1': notYetAtTheBank('1200.00') },
};

/** The replay made a second invoice of one item: one too many, of 1200.00, which stands at the item. */
export const secondInvoice: Story = {
  name: 'a billing event whose replay bills an item twice',
  signals: signalsOf(billedTwice, '21020', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21020')}`]: soldDeal('21020', [1]),
      'subscription-billing A-S21020/1': {
        ...earnedItem('21020'),
        progress: 'running',
        members: [
          'billing-schedule A-S21020/1',
          'invoice INV21020-1',
          'invoice INV21020-1R',
          'journal-entry 632102001',
          'journal-entry 642102001',
          'payment P-21020-1',
          'revenue-schedule RS-21020-1',
        ],
        milestones: {
          ...earnedItem('21020').milestones,
          // The clock started when the item was billed first, at 10:00.
          'invoice-issued INV21020-1R': '2026-07-01T11:05:00.000Z',
          'invoice-posted INV21020-1R': ['pending', '2026-07-01T11:00:00.000Z'],
          'revenue-deferred INV21020-1R': ['pending', '2026-07-01T11:00:00.000Z'],
          'revenue-schedule-created INV21020-1R': 'pending',
          'payment-settled INV21020-1R': ['pending', '2026-07-31T22:00:00.000Z'],
          'status-in-crm INV21020-1R': 'pending',
        },
      },
    },
    problems: [],
  },
  findings: ['more-than-expected of subscription-billing billing-schedule A-S21020/1'],
  lineage: [
    ...linksOfSale('21020', '1200.00'),
    ...linksOfItem('21020', 1, '1200.00'),
    'billing-schedule A-S21020/1 ─bills 1200.00 EUR→ invoice INV21020-1R',
    'subscription A-S21020 ─bills→ invoice INV21020-1R',
  ],
  money: {
    // 1200.00 − 2 × 1200.00
    'billing-schedule A-S21020/1': ['in 1200.00 EUR, balanced', 'out 2400.00 EUR, over -1200.00', 'BREAK 1200.00'],
    'invoice INV21020-1R': ['in 1200.00 EUR, balanced', 'out 0.00 EUR, open 1200.00'],
    'payment P-21020-1': notYetAtTheBank('1200.00'),
  },
  // Noon: accounting has not posted the second, nor deferred its revenue.
  states: [statesOf('21020', '2026-07-01T12:00:00.000Z', 'LATE')],
  pending: [{ line: 'what billing says it billed agrees with what accounting has posted', needs: 'reconciliation' }],
};

/** Everything comes in time; 50.00 of the invoice, and of the payment, follow from nothing that was agreed. */
export const disagreeingTotal: Story = {
  name: 'an invoice whose total disagrees with its subscription',
  signals: signalsOf(totalDisagrees, '21024', WON_AT),
  expected: {
    transactions: {
      [`quote-to-cash ${opportunityIdOf('21024')}`]: soldDeal('21024', [1]),
      'subscription-billing A-S21024/1': earnedItem('21024'),
    },
    problems: [],
  },
  lineage: [...linksOfSale('21024', '1200.00'), ...linksOfItem('21024', 1, '1200.00', { paid: '1250.00' })],
  money: {
    // 1250.00 − 1200.00: the item is billed whole, the invoice is of more.
    'invoice INV21024-1': ['in 1200.00 EUR, unfounded 50.00', 'out 1250.00 EUR, balanced', 'BREAK 50.00'],
    'payment P-21024-1': notYetAtTheBank('1250.00'),
  },
};
