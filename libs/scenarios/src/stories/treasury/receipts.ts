import type { Story } from '../../story.js';
import { accountOf } from './bank-accounts.js';
import { type CamtEntry, camtFile } from './camt-files.js';
import { camtStatement } from './camt-statement.js';
import { receiptApplied, receiptUnidentified, receivablePosted } from './payment-signals.js';

/** The transaction of a statement for Wednesday 30 September that came on Thursday, of which nothing more is known yet. */
const received = (id: string, receivedAt: string) => ({
  [`treasury-statement ${id}`]: {
    progress: 'running',
    members: [`bank-statement ${id}`],
    hubs: ['cash-position EUR/2026-09-30/booked'],
    // Thursday 07:00 and 09:00 in Berlin (UTC+2).
    milestones: {
      'statement-received': [receivedAt, '2026-10-01T05:00:00.000Z'] as [string, string],
      'balance-checked': 'pending',
      'cash-position-refreshed': ['pending', '2026-10-01T07:00:00.000Z'] as [string, string],
    },
  },
});

const statementOf = (number: string, opening: string, entries: readonly CamtEntry[], closing: string) =>
  camtStatement({
    account: accountOf('DE01', number),
    id: `TR-${number}-188`,
    sequence: 188,
    openedOn: '2026-09-29',
    closingDate: '2026-09-30',
    opening,
    entries,
    closing,
    receivedAt: '2026-10-01T04:12:00.000Z',
  }).file;

const three = [
  { number: 'TR551-A', amount: '400.00', customer: 'Walzwerk Isar GmbH' },
  { number: 'TR551-B', amount: '300.00', customer: 'Walzwerk Isar GmbH' },
  { number: 'TR551-C', amount: '320.00', customer: 'Walzwerk Isar GmbH' },
] as const;
const threeUetr = '00000551-0000-4000-8000-000000000001';
const threeEntry: CamtEntry = {
  amount: '985.00',
  side: 'CRDT',
  reference: 'TR-551-CR',
  bookedOn: '2026-09-30',
  transaction: {
    uetr: threeUetr,
    counterparty: 'Walzwerk Isar GmbH',
    amount: '1000.00',
    charges: '15.00',
    invoices: [
      { number: 'TR551-A', paid: '400.00' },
      { number: 'TR551-B', paid: '300.00' },
      { number: 'TR551-C', paid: '300.00' },
    ],
  },
};

/**
 * The customer pays 400.00 + 300.00 + 320.00 less 20.00 cash discount = 1 000.00; its bank keeps 15.00, so that 985.00 are
 * booked. The bank's statement tells of the payment and what it is for, SAP of the discount.
 */
export const threeLessFeeAndDiscount: Story = {
  name: 'one payment for three invoices less a bank fee and a cash discount',
  signals: [
    ...three.map((invoice) => receivablePosted(invoice, '2026-09-01T10:00:00.000Z')),
    statementOf('551', '10000.00', [threeEntry], '10985.00'),
    receiptApplied(
      threeUetr,
      [
        { invoice: three[0], paid: '400.00' },
        { invoice: three[1], paid: '300.00' },
        { invoice: three[2], paid: '300.00', discount: '20.00' },
      ],
      '2026-10-01T06:30:00.000Z',
    ),
  ],
  expected: { transactions: received('TR-551-188', '2026-10-01T04:12:00.000Z'), problems: [] },
  lineage: [
    'invoice TR551-A ─settles 400.00 EUR→ payment 00000551-0000-4000-8000-000000000001',
    'invoice TR551-B ─settles 300.00 EUR→ payment 00000551-0000-4000-8000-000000000001',
    'invoice TR551-C ─settles 300.00 EUR→ payment 00000551-0000-4000-8000-000000000001',
    'invoice TR551-C ─discounts 20.00 EUR→ payment 00000551-0000-4000-8000-000000000001',
    'payment 00000551-0000-4000-8000-000000000001 ─books 985.00 EUR→ bank-entry TR-551-CR',
    'payment 00000551-0000-4000-8000-000000000001 ─charges 15.00 EUR→ bank-entry TR-551-CR',
    'bank-entry TR-551-CR ─gathers 985.00 EUR→ bank-statement TR-551-188',
    'bank-statement TR-551-188 ─gathers→ cash-position EUR/2026-09-30/booked',
  ],
  money: {
    'invoice TR551-C': ['out 300.00 EUR + cash-discount 20.00, balanced'],
    'payment 00000551-0000-4000-8000-000000000001': [
      'in 1000.00 EUR, balanced',
      'out 985.00 EUR + fee 15.00, balanced',
    ],
  },
};

const reportedUetr = '00000552-0000-4000-8000-000000000001';
const reported: CamtEntry = {
  amount: '610.00',
  side: 'CRDT',
  reference: 'TR-552-CR',
  bookedOn: '2026-09-30',
  transaction: { uetr: reportedUetr, counterparty: 'Kranbau Weser AG' },
};
const reportOf = (format: 'camt.052' | 'camt.054', at: string) =>
  camtFile({
    format,
    account: accountOf('DE01', '552'),
    id: `TR-552-${format}`,
    createdAt: at,
    receivedAt: at,
    entries: [reported],
  });

/** The bank tells of one credit during the day (camt.052), by a notification (camt.054) and in the statement (camt.053): 610.00. */
export const entryToldThreeTimes: Story = {
  name: 'one entry in an intraday report, a notification and the statement',
  signals: [
    reportOf('camt.052', '2026-09-30T09:00:00.000Z'),
    reportOf('camt.054', '2026-09-30T09:05:00.000Z'),
    statementOf('552', '0.00', [reported], '610.00'),
  ],
  expected: { transactions: received('TR-552-188', '2026-10-01T04:12:00.000Z'), problems: [] },
  lineage: [
    `payment ${reportedUetr} ─books 610.00 EUR→ bank-entry TR-552-CR`,
    'bank-entry TR-552-CR ─gathers 610.00 EUR→ bank-statement TR-552-188',
    'bank-statement TR-552-188 ─gathers→ cash-position EUR/2026-09-30/booked',
  ],
  money: {
    // Nobody has said yet what it is for; its 610.00 are there once.
    [`payment ${reportedUetr}`]: ['in 0.00 EUR, unapplied 610.00', 'out 610.00 EUR, balanced'],
  },
};

const returnedInvoice = { number: 'TR553-A', amount: '1000.00', customer: 'Gleisbau Nord KG' } as const;
const returnedUetr = '00000553-0000-4000-8000-000000000001';

/**
 * 970.00 settle an invoice of 1 000.00 less 30.00 cash discount; a week later the payer's bank calls them back. The invoice is
 * open again, with its discount: 1 000.00.
 */
export const returnedAfterApplication: Story = {
  name: 'a payment that is returned after it was applied',
  signals: [
    receivablePosted(returnedInvoice, '2026-09-01T10:00:00.000Z'),
    camtFile({
      format: 'camt.054',
      account: accountOf('DE01', '553'),
      id: 'TR-553-N',
      createdAt: '2026-09-23T08:00:00.000Z',
      receivedAt: '2026-09-23T08:00:00.000Z',
      entries: [
        {
          amount: '970.00',
          side: 'CRDT',
          reference: 'TR-553-CR',
          bookedOn: '2026-09-23',
          transaction: { uetr: returnedUetr, counterparty: 'Gleisbau Nord KG' },
        },
      ],
    }),
    receiptApplied(
      returnedUetr,
      [{ invoice: returnedInvoice, paid: '970.00', discount: '30.00' }],
      '2026-09-23T09:00:00.000Z',
    ),
    statementOf(
      '553',
      '2000.00',
      [
        {
          amount: '970.00',
          side: 'DBIT',
          reference: 'TR-553-DR',
          bookedOn: '2026-09-30',
          transaction: { uetr: returnedUetr, returnReason: 'FOCR' },
        },
      ],
      '1030.00',
    ),
  ],
  expected: {
    transactions: received('TR-553-188', '2026-10-01T04:12:00.000Z'),
    problems: [
      {
        subject: `payment ${returnedUetr}`,
        hop: 'kyriba',
        signature: 'cash-and-payment.returned|reason=FOCR',
        occurrences: 1,
        // The day of its booking.
        lastOccurredAt: '2026-09-30T00:00:00.000Z',
        clearedAt: null,
      },
    ],
  },
  lineage: [
    `invoice TR553-A ─settles 970.00 EUR→ payment ${returnedUetr}`,
    `invoice TR553-A ─discounts 30.00 EUR→ payment ${returnedUetr}`,
    `payment ${returnedUetr} ─books 970.00 EUR→ bank-entry TR-553-CR`,
    `payment ${returnedUetr} ─returns 970.00 EUR→ return TR-553-DR`,
    'return TR-553-DR ─books 970.00 EUR→ bank-entry TR-553-DR',
    'bank-entry TR-553-DR ─gathers 970.00 EUR→ bank-statement TR-553-188',
    'bank-statement TR-553-188 ─gathers→ cash-position EUR/2026-09-30/booked',
  ],
  money: { 'invoice TR553-A': ['out 0.00 EUR, open 1000.00'] },
};

const lostUetr = '00000554-0000-4000-8000-000000000001';
const foundUetr = '00000555-0000-4000-8000-000000000001';
const foundInvoice = { number: 'TR555-A', amount: '420.50', customer: 'Schrauben Mohr GmbH' } as const;
const withoutReference = (number: string, uetr: string) =>
  camtFile({
    format: 'camt.054',
    account: accountOf('DE01', number),
    id: `TR-${number}-N`,
    createdAt: '2026-09-30T08:00:00.000Z',
    receivedAt: '2026-09-30T08:00:00.000Z',
    entries: [
      {
        amount: '420.50',
        side: 'CRDT',
        reference: `TR-${number}-CR`,
        bookedOn: '2026-09-30',
        transaction: { uetr },
      },
    ],
  });
const unidentified = (uetr: string, clearedAt: string | null) => ({
  subject: `payment ${uetr}`,
  hop: 'kyriba-payments-to-s4hana',
  signature: 'cash-and-payment.unidentified-receipt|reason=no-remittance-information',
  occurrences: 1,
  lastOccurredAt: '2026-09-30T08:30:00.000Z',
  clearedAt,
});

/** A credit that names no invoice and no payer: its 420.50 are unapplied, and that is an exception. */
export const receiptNobodyKnows: Story = {
  name: 'an unidentified receipt on a statement',
  signals: [withoutReference('554', lostUetr), receiptUnidentified(lostUetr, '2026-09-30T08:30:00.000Z')],
  expected: { transactions: {}, problems: [unidentified(lostUetr, null)] },
  lineage: [`payment ${lostUetr} ─books 420.50 EUR→ bank-entry TR-554-CR`],
  money: { [`payment ${lostUetr}`]: ['in 0.00 EUR, unapplied 420.50', 'out 420.50 EUR, balanced'] },
};

/** Two days later it is known whose it is, and applied. */
export const receiptIdentifiedLater: Story = {
  name: 'an unidentified receipt that is identified later',
  signals: [
    receivablePosted(foundInvoice, '2026-09-01T10:00:00.000Z'),
    withoutReference('555', foundUetr),
    receiptUnidentified(foundUetr, '2026-09-30T08:30:00.000Z'),
    receiptApplied(foundUetr, [{ invoice: foundInvoice, paid: '420.50' }], '2026-10-02T13:00:00.000Z'),
  ],
  expected: { transactions: {}, problems: [unidentified(foundUetr, '2026-10-02T13:00:00.000Z')] },
  lineage: [
    `invoice TR555-A ─settles 420.50 EUR→ payment ${foundUetr}`,
    `payment ${foundUetr} ─books 420.50 EUR→ bank-entry TR-555-CR`,
  ],
  money: {},
};
