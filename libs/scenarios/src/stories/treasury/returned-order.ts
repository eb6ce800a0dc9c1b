import {
  type StoryOrder,
  contractApproved,
  invoicePosted,
  keyOf,
  moneyOf,
  orderAccepted,
  paymentApplied,
} from '../../order-signals.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { financeEvent } from '../../wire-forms.js';
import { accountOf } from './bank-accounts.js';
import { camtFile } from './camt-files.js';
import { uetrKey } from './payment-signals.js';

const order: StoryOrder = {
  number: 'TR561',
  legalEntity: 'DE01',
  currency: 'EUR',
  amount: '2400.00',
  customer: 'Turbinenwerk Elbe AG',
  sellingUnit: 'DE01-MUNICH',
};
const uetr = '00000561-0000-4000-8000-000000000001';

/** Kyriba: a credit was reported; it knows the payment by its own reference and by the bank's UETR. */
const received: ScenarioSignal = financeEvent('payment.received', keyOf.payment(order), '2026-09-23T08:00:00.000Z', {
  system: 'kyriba',
  integration: 'bank-credits-to-kyriba',
  objects: [
    {
      type: 'payment',
      keys: [{ kind: 'payment-reference', value: keyOf.payment(order) }, uetrKey(uetr)],
      legalEntity: 'DE01',
      amount: moneyOf(order),
      direction: 'inflow',
    },
    { type: 'invoice', keys: [{ system: 'sap-s4hana', kind: 'billing-document', value: keyOf.invoice(order) }] },
  ],
  links: [{ from: 1, to: 0, qualifier: 'settles', amount: moneyOf(order) }],
});

const entry = (side: 'CRDT' | 'DBIT', on: string) =>
  camtFile({
    format: 'camt.054',
    account: accountOf('DE01', '561'),
    id: `TR-561-${side}`,
    createdAt: `${on}T08:00:00.000Z`,
    receivedAt: `${on}T08:00:00.000Z`,
    entries: [
      {
        amount: order.amount,
        side,
        reference: `TR-561-${side}`,
        bookedOn: on,
        transaction: { uetr, ...(side === 'DBIT' && { returnReason: 'MD06' }) },
      },
    ],
  });

/**
 * The order was paid and the payment applied; a week later it is called back. The order is where it was before: not paid, not
 * applied, its invoice open, and blocked by the return until somebody has dealt with it.
 */
export const orderWhosePaymentIsReturned: Story = {
  name: 'an order whose payment is returned after it was applied',
  signals: [
    contractApproved(order, '2026-09-01T08:00:00Z'),
    ...orderAccepted(order, '2026-09-01T08:05:00Z'),
    invoicePosted(order, '2026-09-01T14:00:00Z'),
    entry('CRDT', '2026-09-23'),
    received,
    paymentApplied([order], '2026-09-23T09:00:00Z', moneyOf(order)),
    entry('DBIT', '2026-09-30'),
  ],
  expected: {
    transactions: {
      'order-to-cash C-TR561': {
        progress: 'running',
        members: [
          'bank-entry TR-561-CRDT',
          'contract C-TR561',
          'invoice 90TR561',
          'payment PAY-TR561',
          'return TR-561-DBIT',
          'sales-order SO-TR561',
        ],
        hubs: [],
        milestones: {
          'contract-approved': '2026-09-01T08:00:00.000Z',
          'order-accepted SO-TR561': '2026-09-01T08:05:01.000Z',
          'invoice-posted 90TR561': '2026-09-01T14:00:00.000Z',
          'payment-received PAY-TR561': 'pending',
          'cash-position-updated TR-561-CRDT': 'pending',
          // Its clock starts when a payment is received.
          'payment-applied PAY-TR561': 'pending',
        },
      },
    },
    problems: [
      {
        subject: 'payment PAY-TR561',
        hop: 'kyriba',
        signature: 'cash-and-payment.returned|reason=MD06',
        occurrences: 1,
        lastOccurredAt: '2026-09-30T00:00:00.000Z',
        clearedAt: null,
      },
    ],
  },
  money: { 'invoice 90TR561': ['in 2400.00 EUR, balanced', 'out 0.00 EUR, open 2400.00'] },
  states: [{ at: '2026-10-01T08:00:00.000Z', of: { 'order-to-cash C-TR561': 'BLOCKED' } }],
};
