import type { Story } from '../../story.js';
import { accountOf } from './bank-accounts.js';
import { camtStatement } from './camt-statement.js';
import { completedStatement, courseOf, statementCourse } from './statement-course.js';
import {
  STATEMENT_HOP,
  balanceChecked,
  expectedKey,
  forecastKey,
  positionKey,
  positionRefreshed,
  statementExpected,
  statementGapFound,
} from './statement-signals.js';

const missing = { account: accountOf('DE01', '521'), closingDate: '2026-09-30' };
const missingKey = `treasury-statement ${expectedKey(missing)}`;

/**
 * Expected on Wednesday 18:00 in Berlin (16:00 UTC), due on Thursday at 07:00, 05:00 UTC. Its time is that of the day it is due on:
 * of the seven hours from midnight the last fifth (1 h 24 min) begins at 05:36, 03:36 UTC.
 */
export const statementMissing: Story = {
  name: 'a statement that never comes',
  signals: [statementExpected(missing, '2026-09-30T16:00:00.000Z')],
  expected: {
    transactions: {
      [missingKey]: {
        progress: 'running',
        members: [`bank-statement ${expectedKey(missing)}`],
        hubs: [],
        milestones: {
          'statement-expected': '2026-09-30T16:00:00.000Z',
          'statement-received': ['pending', '2026-10-01T05:00:00.000Z'],
          'balance-checked': 'pending',
          'cash-position-refreshed': 'pending',
        },
      },
    },
    problems: [],
  },
  lineage: [],
  states: [
    { at: '2026-10-01T03:30:00.000Z', of: { [missingKey]: 'RUNNING' } },
    { at: '2026-10-01T03:40:00.000Z', of: { [missingKey]: 'AT_RISK' } },
    { at: '2026-10-01T05:00:00.000Z', of: { [missingKey]: 'AT_RISK' } },
    { at: '2026-10-01T05:00:01.000Z', of: { [missingKey]: 'LATE' } },
  ],
  pending: [
    { line: 'an account whose statement nobody announced is missed by its calendar alone', needs: 'freshness' },
  ],
};

const twiceAt = courseOf('2026-10-01T04:12:00.000Z');
const sentAs = (messageId: string, receivedAt: string, isDuplicate = false) =>
  camtStatement({
    account: accountOf('DE01', '522'),
    id: 'TR-522-188',
    messageId,
    isDuplicate,
    sequence: 188,
    openedOn: '2026-09-29',
    closingDate: '2026-09-30',
    opening: '5000.00',
    entries: [
      { amount: '1000.00', side: 'CRDT', reference: 'TR-522-C', bookedOn: '2026-09-30' },
      { amount: '250.00', side: 'DBIT', reference: 'TR-522-D', bookedOn: '2026-09-30' },
    ],
    closing: '5750.00',
    receivedAt,
  });
const { statement: twice, file: twiceFile } = sentAs('MSG-522-1', twiceAt.received);

/**
 * The same bytes arrive twice (one file), and the bank sends the statement again under another message id (another file): it is
 * one statement of two entries. 5 000.00 + 1 000.00 - 250.00 = 5 750.00.
 */
export const statementTwice: Story = {
  name: 'a statement that comes three times',
  signals: [
    ...statementCourse(twice, twiceAt, twiceFile),
    twiceFile,
    sentAs('MSG-522-2', '2026-10-01T06:40:00.000Z', true).file,
  ],
  expected: {
    transactions: {
      // Thursday 1 October in Berlin (UTC+2): 07:00, 09:00 and 18:00.
      'treasury-statement DE01-EUR-522/2026-09-30': completedStatement(twice, twiceAt, {
        received: '2026-10-01T05:00:00.000Z',
        positioned: '2026-10-01T07:00:00.000Z',
        matched: '2026-10-01T16:00:00.000Z',
      }),
    },
    problems: [],
  },
  lineage: [
    'bank-entry TR-522-C ─gathers 1000.00 EUR→ bank-statement DE01-EUR-522/2026-09-30',
    'bank-entry TR-522-D ─gathers 250.00 EUR→ bank-statement DE01-EUR-522/2026-09-30',
    `bank-statement DE01-EUR-522/2026-09-30 ─gathers→ cash-position ${positionKey(twice)}`,
    `cash-position ${positionKey(twice)} ─projects→ cash-forecast ${forecastKey(twice)}`,
  ],
};

const gapped = accountOf('DE01', '523');
const { statement: before, file: beforeFile } = camtStatement({
  account: gapped,
  id: 'TR-523-187',
  sequence: 187,
  openedOn: '2026-09-28',
  closingDate: '2026-09-29',
  opening: '1000.00',
  entries: [{ amount: '100.00', side: 'DBIT', reference: 'TR-523-187-1', bookedOn: '2026-09-29' }],
  closing: '900.00',
  receivedAt: '2026-10-01T09:00:00.000Z',
});
const { statement: after, file: afterFile } = camtStatement({
  account: gapped,
  id: 'TR-523-188',
  sequence: 188,
  openedOn: '2026-09-29',
  closingDate: '2026-09-30',
  opening: '900.00',
  entries: [{ amount: '500.00', side: 'CRDT', reference: 'TR-523-188-1', bookedOn: '2026-09-30' }],
  closing: '1400.00',
  receivedAt: '2026-10-01T04:12:00.000Z',
});

/**
 * Statement 188 comes on time, 187 of the day before five hours after it. 1 000.00 - 100.00 = 900.00, and 900.00 + 500.00 =
 * 1 400.00: only with 187 does 188 open with the last closing balance. Its position waits for that: due at 09:00 in Berlin
 * (07:00 UTC), it is blocked from the failed check on, and late.
 */
export const statementOutOfSequence: Story = {
  name: 'a statement out of sequence',
  signals: [
    afterFile,
    statementGapFound(after, '2026-10-01T04:14:00.000Z', '187'),
    beforeFile,
    balanceChecked(before, '2026-10-01T09:02:00.000Z'),
    positionRefreshed(before, '2026-10-01T09:10:00.000Z'),
    balanceChecked(after, '2026-10-01T09:12:00.000Z'),
    positionRefreshed(after, '2026-10-01T09:20:00.000Z'),
  ],
  expected: {
    transactions: {
      'treasury-statement DE01-EUR-523/2026-09-29': {
        progress: 'completed',
        members: ['bank-statement DE01-EUR-523/2026-09-29'],
        hubs: [`cash-position ${positionKey(before)}`],
        milestones: {
          // Closed Tuesday: due on Wednesday 07:00 in Berlin. The position is due on the day on which the statement came.
          'statement-received': ['2026-10-01T09:00:00.000Z', '2026-09-30T05:00:00.000Z'],
          'balance-checked': '2026-10-01T09:02:00.000Z',
          'cash-position-refreshed': ['2026-10-01T09:10:00.000Z', '2026-10-01T07:00:00.000Z'],
        },
      },
      'treasury-statement DE01-EUR-523/2026-09-30': {
        progress: 'completed',
        members: ['bank-statement DE01-EUR-523/2026-09-30'],
        hubs: [`cash-position ${positionKey(after)}`],
        milestones: {
          'statement-received': ['2026-10-01T04:12:00.000Z', '2026-10-01T05:00:00.000Z'],
          'balance-checked': '2026-10-01T09:12:00.000Z',
          'cash-position-refreshed': ['2026-10-01T09:20:00.000Z', '2026-10-01T07:00:00.000Z'],
        },
      },
    },
    problems: [
      {
        subject: 'bank-statement DE01-EUR-523/2026-09-30',
        hop: STATEMENT_HOP.balance,
        signature: 'cash-and-payment.statement-gap|account=DE01-EUR-523',
        occurrences: 1,
        lastOccurredAt: '2026-10-01T04:14:00.000Z',
        clearedAt: '2026-10-01T09:12:00.000Z',
      },
    ],
  },
  lineage: [
    'bank-entry TR-523-187-1 ─gathers 100.00 EUR→ bank-statement DE01-EUR-523/2026-09-29',
    'bank-entry TR-523-188-1 ─gathers 500.00 EUR→ bank-statement DE01-EUR-523/2026-09-30',
    `bank-statement DE01-EUR-523/2026-09-29 ─gathers→ cash-position ${positionKey(before)}`,
    `bank-statement DE01-EUR-523/2026-09-30 ─gathers→ cash-position ${positionKey(after)}`,
  ],
  pending: [
    { line: 'statement numbers without gap, where the treasury system does not check them', needs: 'completeness' },
    { line: 'the opening balance is the last closing balance, over two files', needs: 'reconciliation' },
  ],
};
