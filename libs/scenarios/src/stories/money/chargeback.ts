import { problemSignature } from '@throughline/canonical';
import { type Journey, signalsOf } from '../../journey.js';
import type { Story } from '../../story.js';
import { LARGE, SHOP, SMALL, cardPayment, inPayout, linksOfPayout, paidOut, sold, usd } from './card-sales.js';
import { PAID, STORY_START, documentOf, untilInvoice } from './deal.js';
import { HOUR, Telling } from './telling.js';

/** The first of two card payments is charged back on the fourth day: the next payout is less by it and by the fee for it. */
export const chargeback: Journey = {
  name: 'money/chargeback',
  share: 4,
  play(number, startsAt) {
    const key = `MCB${number}`;
    const payment = cardPayment(key, SMALL);
    const back = documentOf(
      SHOP,
      'return',
      { system: 'stripe', kind: 'dispute-id', value: `dp_${key}` },
      usd('100.00'),
      'outflow',
    );
    const dispute = { ...back, type: 'dispute' as const };
    const fee = documentOf(
      { ...SHOP, customer: 'Stripe' },
      'supplier-invoice',
      { system: 'stripe', kind: 'balance-transaction-id', value: `txn_${key}` },
      usd('15.00'),
      'outflow',
    );
    const telling = new Telling(startsAt)
      .says(PAID + 6 * HOUR, {
        system: 'stripe',
        what: 'dispute.opened',
        to: dispute,
        links: [[payment, 'disputes', dispute]],
      })
      .says(PAID + 7 * HOUR, {
        system: 'stripe',
        what: 'payment.charged-back',
        to: payment,
        links: [[payment, 'charges-back', back, usd('100.00')]],
      })
      .fails(PAID + 7 * HOUR, {
        system: 'stripe',
        integration: 'dispute-handling',
        what: 'dispute.debited',
        to: dispute,
        problem: {
          code: 'cash-and-payment.returned',
          discriminators: { reason: 'fraudulent' },
          message: 'The card holder disputed the payment and the money was withdrawn',
        },
      });
    return [
      ...[SMALL, LARGE].flatMap((sale) => sold(startsAt, key, sale)),
      ...paidOut(telling, { number: key, sales: [SMALL, LARGE], amount: '175.70', booked: '175.70' }, [
        back,
        fee,
      ]).signals(),
    ].sort((left, right) => left.at - right.at);
  },
};

export const chargedBack: Story = {
  name: 'a chargeback',
  signals: signalsOf(chargeback, '0', STORY_START),
  expected: {
    transactions: {
      'order-to-cash C-MCB0A': {
        ...inPayout('MCB0', 'A'),
        progress: 'running',
        members: [
          ...inPayout('MCB0', 'A').members.slice(0, 4),
          'return dp_MCB0',
          'sales-order SO-MCB0A',
          'settlement po_MCB0',
        ],
        milestones: {
          ...untilInvoice('MCB0A'),
          'payment-received ch_MCB0A': 'pending',
          'cash-position-updated ENTRY-MCB0': '2026-10-05T08:10:00.000Z',
          'payment-applied ch_MCB0A': 'pending',
        },
      },
      'order-to-cash C-MCB0B': inPayout('MCB0', 'B'),
      'collections-and-dispute dp_MCB0': {
        progress: 'running',
        members: ['dispute dp_MCB0'],
        hubs: [],
        milestones: {
          'dispute-opened': '2026-10-01T14:00:00.000Z',
          // Thursday 10:00 in New York, open until 18:00: eight hours are that evening, 22:00 UTC.
          'dispute-answered': ['pending', '2026-10-01T22:00:00.000Z'],
          'dispute-closed': 'pending',
        },
      },
    },
    problems: [
      {
        subject: 'dispute dp_MCB0',
        hop: 'dispute-handling',
        signature: problemSignature('cash-and-payment.returned', { reason: 'fraudulent' }),
        occurrences: 1,
        lastOccurredAt: '2026-10-01T15:00:00.000Z',
        clearedAt: null,
      },
    ],
  },
  lineage: [
    ...linksOfPayout('MCB0', [SMALL, LARGE], '175.70'),
    'payment ch_MCB0A ─disputes→ dispute dp_MCB0',
    'payment ch_MCB0A ─charges-back 100.00 USD→ return dp_MCB0',
    'return dp_MCB0 ─nets 100.00 USD→ settlement po_MCB0',
    'supplier-invoice txn_MCB0 ─nets 15.00 USD→ settlement po_MCB0',
  ],
  // 96.80 + 193.90 - 100.00 - 15.00 = 175.70
  money: {
    'invoice 90MCB0A': ['in 100.00 USD, balanced', 'out 0.00 USD, open 100.00'],
    'payment ch_MCB0A': ['in 0.00 USD, balanced', 'out 96.80 USD + fee 3.20, balanced'],
    'payment ch_MCB0B': ['in 200.00 USD, balanced', 'out 193.90 USD + fee 6.10, balanced'],
  },
  states: [
    {
      at: '2026-10-05T09:00:00.000Z',
      of: {
        'order-to-cash C-MCB0A': 'RUNNING',
        'order-to-cash C-MCB0B': 'COMPLETED',
        'collections-and-dispute dp_MCB0': 'BLOCKED',
      },
    },
  ],
};
