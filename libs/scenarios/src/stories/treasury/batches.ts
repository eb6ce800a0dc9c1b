import type { Story } from '../../story.js';
import { accountOf } from './bank-accounts.js';
import { camtStatement } from './camt-statement.js';
import { type PaymentBatch, type Rejection, pain001File, pain002File } from './payment-files.js';
import { batchApproved, batchSent, kyribaBatch } from './payment-signals.js';

/** A batch of so many payments of 1 000.00 and its position: 1 001.00, 1 002.00, … */
export function batchOf(number: string, payments: number, total: string, requestedOn: string): PaymentBatch {
  return {
    account: accountOf('DE01', number),
    messageId: `TR-MSG-${number}`,
    paymentInformationId: `TR-PMT-${number}`,
    requestedOn,
    total,
    payments: Array.from({ length: payments }, (_, index) => ({
      instructionId: `TR-${number}-${String(index + 1).padStart(3, '0')}`,
      payee: `Supplier ${index + 1}`,
      amount: `${1001 + index}.00`,
    })),
  };
}

const booking = (batch: PaymentBatch, amount: string, transactions: number, money: readonly [string, string]) =>
  camtStatement({
    account: batch.account,
    id: `${batch.paymentInformationId}-S`,
    sequence: 207,
    openedOn: '2026-10-27',
    closingDate: '2026-10-28',
    opening: money[0],
    entries: [
      {
        amount,
        side: 'DBIT',
        reference: `${batch.paymentInformationId}-B`,
        bookedOn: '2026-10-28',
        batch: { messageId: batch.messageId, paymentInformationId: batch.paymentInformationId, transactions },
      },
    ],
    closing: money[1],
    receivedAt: '2026-10-29T05:10:00.000Z',
  }).file;

/** The statement of Wednesday 28 October: due on Thursday 07:00 in Berlin, which is 06:00 UTC in winter; the position at 09:00. */
const statementOfBooking = (batch: PaymentBatch) => ({
  [`treasury-statement ${batch.paymentInformationId}-S`]: {
    progress: 'running',
    members: [`bank-statement ${batch.paymentInformationId}-S`],
    hubs: ['cash-position EUR/2026-10-28/booked'],
    milestones: {
      'statement-received': ['2026-10-29T05:10:00.000Z', '2026-10-29T06:00:00.000Z'] as [string, string],
      'balance-checked': 'pending',
      'cash-position-refreshed': ['pending', '2026-10-29T08:00:00.000Z'] as [string, string],
    },
  },
});

/**
 * Approved on Tuesday 27 October at 13:30 in Berlin (12:30 UTC): to be sent within a business hour. Sent at 13:45: to be
 * answered within two (14:45 UTC), to be booked by 18:00 of Wednesday (17:00 UTC).
 */
const batchTransaction = (batch: PaymentBatch) => ({
  [`treasury-payments ${batch.paymentInformationId}`]: {
    progress: 'completed',
    members: [`payment-batch ${batch.paymentInformationId}`],
    hubs: [`payment-batch ${batch.messageId}`],
    milestones: {
      'batch-approved': '2026-10-27T12:30:00.000Z',
      'batch-sent': ['2026-10-27T12:45:00.000Z', '2026-10-27T13:30:00.000Z'] as [string, string],
      'batch-accepted': ['2026-10-27T13:20:00.000Z', '2026-10-27T14:45:00.000Z'] as [string, string],
      // The bank says the day of the booking alone.
      'batch-booked': ['2026-10-28T00:00:00.000Z', '2026-10-28T17:00:00.000Z'] as [string, string],
    },
  },
});

const untilAnswered = (batch: PaymentBatch, rejections: readonly Rejection[] = []) => [
  batchApproved(batch, '2026-10-27T12:30:00.000Z'),
  batchSent(batch, '2026-10-27T12:45:00.000Z'),
  pain001File(batch, '2026-10-27T12:45:00.000Z'),
  pain002File(batch, '2026-10-27T13:20:00.000Z', rejections),
];

// 1 001.00 + 1 002.00 + 1 003.00 = 3 006.00
const small = batchOf('541', 3, '3006.00', '2026-10-28');

/** Approved, sent, accepted and booked in one sum: 3 006.00. */
export const batchBooked: Story = {
  name: 'a payment batch that is booked',
  signals: [...untilAnswered(small), booking(small, '3006.00', 3, ['9000.00', '5994.00'])],
  expected: { transactions: { ...batchTransaction(small), ...statementOfBooking(small) }, problems: [] },
  lineage: [
    'payment TR-541-001 ─batches 1001.00 EUR→ payment-batch TR-PMT-541',
    'payment TR-541-002 ─batches 1002.00 EUR→ payment-batch TR-PMT-541',
    'payment TR-541-003 ─batches 1003.00 EUR→ payment-batch TR-PMT-541',
    'payment-batch TR-PMT-541 ─gathers→ payment-batch TR-MSG-541',
    'payment-batch TR-PMT-541 ─books 3006.00 EUR→ bank-entry TR-PMT-541-B',
    'bank-entry TR-PMT-541-B ─gathers 3006.00 EUR→ bank-statement TR-PMT-541-S',
    'bank-statement TR-PMT-541-S ─gathers→ cash-position EUR/2026-10-28/booked',
  ],
  // What the payments are for nobody has said here; all else is explained.
  money: Object.fromEntries(
    small.payments.map(({ instructionId, amount }) => [
      `payment ${instructionId}`,
      [`in 0.00 EUR, unapplied ${amount}`, `out ${amount} EUR, balanced`],
    ]),
  ),
  pending: [
    { line: 'ERP payments against the booked entries and the details of batch bookings', needs: 'reconciliation' },
    { line: 'payments that are sent and not yet booked are items in transit', needs: 'reconciliation' },
  ],
};

// 500 × 1 000.00 + (1 + … + 500 = 125 250) = 625 250.00
const large = batchOf('542', 500, '625250.00', '2026-10-28');
const REASONS: Readonly<Record<number, string>> = {
  7: 'AC01', 77: 'AC01', 123: 'AC04', 200: 'AC04', 301: 'RC01', 404: 'BE04', 500: 'AC01',
}; // prettier-ignore
const TAXONOMY: Readonly<Record<string, string>> = {
  AC01: 'cash-and-payment.invalid-bank-details',
  AC04: 'cash-and-payment.invalid-bank-details',
  RC01: 'cash-and-payment.invalid-bank-details',
  BE04: 'data-quality.missing-field',
};
const rejections = Object.entries(REASONS).map(([position, reason]): Rejection => ({
  payment: large.payments[Number(position) - 1]!,
  reason,
}));

/**
 * Seven of five hundred are rejected: 7 × 1 000.00 + (7 + 77 + 123 + 200 + 301 + 404 + 500 = 1 612) = 8 612.00. The bank books
 * the others, 625 250.00 - 8 612.00 = 616 638.00, so that 8 612.00 of the batch stay open; each rejected payment is an
 * exception of its own, in a group with those of its reason. What was rejected has paid nothing that could be explained.
 */
export const batchOfFiveHundred: Story = {
  name: 'a batch of five hundred payments with seven rejected',
  signals: [...untilAnswered(large, rejections), booking(large, '616638.00', 493, ['700000.00', '83362.00'])],
  expected: {
    transactions: { ...batchTransaction(large), ...statementOfBooking(large) },
    problems: rejections.map(({ payment, reason }) => ({
      subject: `payment ${payment.instructionId}`,
      hop: 'kyriba',
      signature: `${TAXONOMY[reason]}|reason=${reason}`,
      occurrences: 1,
      lastOccurredAt: '2026-10-27T13:20:00.000Z',
      clearedAt: null,
    })),
  },
  money: {
    'payment-batch TR-PMT-542': ['in 625250.00 EUR, balanced', 'out 616638.00 EUR, open 8612.00'],
    ...Object.fromEntries(
      large.payments
        .filter((payment) => !rejections.some((rejection) => rejection.payment === payment))
        .map(({ instructionId, amount }) => [
          `payment ${instructionId}`,
          [`in 0.00 EUR, unapplied ${amount}`, `out ${amount} EUR, balanced`],
        ]),
    ),
  },
};

const waiting = batchOf('543', 2, '2003.00', '2026-10-28');
const waitingKey = `treasury-payments ${waiting.paymentInformationId}`;

/** Sent, and the bank does not answer: nothing is left to us but to wait, whatever the time. 1 001.00 + 1 002.00 = 2 003.00. */
export const batchWithoutAnswer: Story = {
  name: 'a payment batch that the bank does not answer',
  signals: untilAnswered(waiting).slice(0, 3),
  expected: {
    transactions: {
      [waitingKey]: {
        ...batchTransaction(waiting)[waitingKey]!,
        progress: 'running',
        milestones: {
          'batch-approved': '2026-10-27T12:30:00.000Z',
          'batch-sent': ['2026-10-27T12:45:00.000Z', '2026-10-27T13:30:00.000Z'],
          'batch-accepted': ['pending', '2026-10-27T14:45:00.000Z'],
          'batch-booked': ['pending', '2026-10-28T17:00:00.000Z'],
        },
      },
    },
    problems: [],
  },
  states: [
    { at: '2026-10-27T13:00:00.000Z', of: { [waitingKey]: 'WAITING' } },
    { at: '2026-10-27T15:00:00.000Z', of: { [waitingKey]: 'WAITING' } },
  ],
};

const unsent = batchOf('544', 2, '2003.00', '2026-10-28');
const unsentKey = `treasury-payments ${kyribaBatch(unsent)}`;

/** Approved at 12:30 UTC and not sent: 60 minutes are allowed, of which the last fifth begins at 13:18. */
export const batchNotSent: Story = {
  name: 'a payment batch that is approved and not sent',
  signals: [batchApproved(unsent, '2026-10-27T12:30:00.000Z')],
  expected: {
    transactions: {
      [unsentKey]: {
        progress: 'running',
        members: [`payment-batch ${kyribaBatch(unsent)}`],
        hubs: [],
        milestones: {
          'batch-approved': '2026-10-27T12:30:00.000Z',
          'batch-sent': ['pending', '2026-10-27T13:30:00.000Z'],
          'batch-accepted': 'pending',
          'batch-booked': 'pending',
        },
      },
    },
    problems: [],
  },
  states: [
    { at: '2026-10-27T13:10:00.000Z', of: { [unsentKey]: 'RUNNING' } },
    { at: '2026-10-27T13:20:00.000Z', of: { [unsentKey]: 'AT_RISK' } },
    { at: '2026-10-27T13:31:00.000Z', of: { [unsentKey]: 'LATE' } },
  ],
};
