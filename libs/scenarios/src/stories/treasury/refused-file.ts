import type { FinanceEventObject } from '@throughline/canonical';
import type { Story } from '../../story.js';
import { financeEvent } from '../../wire-forms.js';
import { batchOf } from './batches.js';
import { pain001File, refusedFile } from './payment-files.js';
import { batchApproved, batchSent } from './payment-signals.js';

// 1 001.00 + 1 002.00 + 1 003.00 = 3 006.00
const batch = batchOf('545', 3, '3006.00', '2026-10-28');
const EUR_1001 = { amount: '1001.00', currency: 'EUR' };

const order: FinanceEventObject = {
  type: 'purchase-order',
  keys: [{ kind: 'purchase-order', value: 'PO-TR-545' }],
  legalEntity: 'DE01',
  amount: EUR_1001,
  direction: 'outflow',
};
const bill: FinanceEventObject = {
  type: 'supplier-invoice',
  keys: [{ kind: 'supplier-invoice', scope: 'SUPPLIER-1', value: 'SI-TR-545' }],
  legalEntity: 'DE01',
  amount: EUR_1001,
  direction: 'outflow',
  attributes: { dueDate: '2026-10-28' },
};
const payment: FinanceEventObject = {
  type: 'payment',
  keys: [
    {
      system: 'bank',
      kind: 'instruction-id',
      scope: `${batch.messageId}/${batch.paymentInformationId}`,
      value: batch.payments[0]!.instructionId,
    },
  ],
};

/**
 * The bank rejects the whole message, and names none of its payments. None of the 3 006.00 moved: the supplier invoice that the first
 * payment was for is open again, its step is to be done, and both wait for the one exception, which is about the message.
 */
export const refusedMessage: Story = {
  name: 'a payment file that the bank rejects as a whole',
  signals: [
    financeEvent('purchase-order.approved', 'PO-TR-545', '2026-10-26T08:00:00.000Z', {
      system: 'sap-s4hana',
      integration: 'procurement-approval',
      objects: [order],
    }),
    financeEvent('supplier-invoice.posted', 'SI-TR-545', '2026-10-26T09:00:00.000Z', {
      system: 'sap-s4hana',
      integration: 'supplier-invoice-to-erp',
      objects: [bill, order],
      links: [{ from: 1, to: 0, qualifier: 'bills', amount: EUR_1001 }],
    }),
    financeEvent('payment.approved', 'TR-545-001', '2026-10-27T12:00:00.000Z', {
      system: 'sap-s4hana',
      objects: [payment, bill],
      links: [{ from: 1, to: 0, qualifier: 'settles', amount: EUR_1001 }],
    }),
    batchApproved(batch, '2026-10-27T12:30:00.000Z'),
    batchSent(batch, '2026-10-27T12:45:00.000Z'),
    pain001File(batch, '2026-10-27T12:45:00.000Z'),
    refusedFile(batch, '2026-10-27T13:20:00.000Z', 'FF01'),
  ],
  expected: {
    transactions: {
      'procure-to-pay PO-TR-545': {
        progress: 'running',
        members: ['payment TR-545-001', 'purchase-order PO-TR-545', 'supplier-invoice SI-TR-545'],
        hubs: ['payment-batch TR-PMT-545'],
        milestones: {
          'order-approved': '2026-10-26T08:00:00.000Z',
          'supplier-invoice-posted SI-TR-545': '2026-10-26T09:00:00.000Z',
          // Wednesday until midnight in Berlin, winter time.
          'payment-sent SI-TR-545': ['pending', '2026-10-28T23:00:00.000Z'],
        },
      },
      'treasury-payments TR-PMT-545': {
        progress: 'running',
        members: ['payment-batch TR-PMT-545'],
        hubs: ['payment-batch TR-MSG-545'],
        milestones: {
          'batch-approved': '2026-10-27T12:30:00.000Z',
          'batch-sent': ['2026-10-27T12:45:00.000Z', '2026-10-27T13:30:00.000Z'],
          'batch-accepted': ['pending', '2026-10-27T14:45:00.000Z'],
          'batch-booked': ['pending', '2026-10-28T17:00:00.000Z'],
        },
      },
    },
    problems: [
      {
        subject: 'payment-batch TR-MSG-545',
        hop: 'kyriba',
        signature: 'data-quality.invalid-value|reason=FF01',
        occurrences: 1,
        lastOccurredAt: '2026-10-27T13:20:00.000Z',
        clearedAt: null,
      },
    ],
  },
  money: {
    'supplier-invoice SI-TR-545': ['in 1001.00 EUR, balanced', 'out 0.00 EUR, open 1001.00'],
    'payment-batch TR-PMT-545': ['in 3006.00 EUR, balanced', 'out 0.00 EUR, open 3006.00'],
  },
  states: [
    {
      at: '2026-10-27T14:00:00.000Z',
      of: { 'procure-to-pay PO-TR-545': 'BLOCKED', 'treasury-payments TR-PMT-545': 'BLOCKED' },
    },
  ],
};
