import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { type BankAccount, accountOf } from './bank-accounts.js';
import { camtStatement } from './camt-statement.js';
import { type StatementDue, completedStatement, courseOf } from './statement-course.js';
import {
  STATEMENT_HOP,
  type ReadStatement,
  balanceChecked,
  expectedKey,
  exposureRequested,
  exposureUpdated,
  exposureWithoutRate,
  forecastUpdated,
  matching,
  positionRefreshed,
  statementExpected,
} from './statement-signals.js';

const at = courseOf('2026-10-01T04:12:00.000Z');

/** Statement of Wednesday 30 September, due on Thursday in Berlin (UTC+2): 07:00, 09:00 and 18:00. */
const due: StatementDue = {
  received: '2026-10-01T05:00:00.000Z',
  positioned: '2026-10-01T07:00:00.000Z',
  matched: '2026-10-01T16:00:00.000Z',
};

/** A dollar account of which all is done but the exposure, which `exposure` tells of. 800.00 + 100.00 = 900.00. */
function dayOf(
  account: BankAccount,
  exposure: (statement: ReadStatement) => ScenarioSignal[],
): { statement: ReadStatement; signals: ScenarioSignal[] } {
  const { statement, file } = camtStatement({
    account,
    id: `TR-${account.code}-188`,
    sequence: 188,
    openedOn: '2026-09-29',
    closingDate: '2026-09-30',
    opening: '800.00',
    entries: [{ amount: '100.00', side: 'CRDT', reference: `TR-${account.code}-C`, bookedOn: '2026-09-30' }],
    closing: '900.00',
    receivedAt: at.received,
  });
  const signals = [
    statementExpected(statement, at.expected),
    file,
    balanceChecked(statement, at.checked),
    positionRefreshed(statement, at.positioned),
    exposureRequested(statement, at.requested),
    ...exposure(statement),
    forecastUpdated(statement, at.forecast),
    matching('matching-started', statement, at.matching),
    matching('matched', statement, at.matched),
  ];
  return { statement, signals };
}

/** The transaction as long as the exposure is not updated. */
const unfinished = (statement: ReadStatement) => {
  const done = completedStatement(statement, at, due);
  const milestones = { ...done.milestones, 'fx-exposure-updated': ['pending', due.positioned] as [string, string] };
  return { [`treasury-statement ${expectedKey(statement)}`]: { ...done, progress: 'running', milestones } };
};

const withoutRate = (statement: ReadStatement, clearedAt: string | null) => ({
  subject: `bank-statement ${expectedKey(statement)}`,
  hop: STATEMENT_HOP.exposure,
  signature: 'mapping-and-master-data.missing-exchange-rate|pair=EUR/USD',
  occurrences: 1,
  lastOccurredAt: '2026-10-01T04:30:00.000Z',
  clearedAt,
});

const silent = dayOf(accountOf('DE01', '571', 'USD'), () => []);
const silentKey = `treasury-statement ${expectedKey(silent.statement)}`;

/**
 * Nothing threw, and the exposure is not updated. From the receipt at 04:12 to 07:00 UTC there are 168 minutes, of which the last
 * fifth begins at 06:26:24.
 */
export const exposureNotUpdated: Story = {
  name: 'an FX exposure that is not updated',
  signals: silent.signals,
  expected: { transactions: unfinished(silent.statement), problems: [] },
  states: [
    { at: '2026-10-01T06:26:00.000Z', of: { [silentKey]: 'RUNNING' } },
    { at: '2026-10-01T06:27:00.000Z', of: { [silentKey]: 'AT_RISK' } },
    { at: '2026-10-01T07:01:00.000Z', of: { [silentKey]: 'LATE' } },
  ],
};

const failing = dayOf(accountOf('DE01', '572', 'USD'), (statement) => [
  exposureWithoutRate(statement, '2026-10-01T04:30:00.000Z', 'EUR/USD'),
]);

/** There is no rate, and nobody has loaded one: the statement is blocked, though its position is refreshed. */
export const exposureWithoutRateStays: Story = {
  name: 'an FX exposure without a rate',
  signals: failing.signals,
  expected: { transactions: unfinished(failing.statement), problems: [withoutRate(failing.statement, null)] },
  states: [
    { at: '2026-10-01T06:00:00.000Z', of: { [`treasury-statement ${expectedKey(failing.statement)}`]: 'BLOCKED' } },
  ],
};

const mended = dayOf(accountOf('DE01', '573', 'USD'), (statement) => [
  exposureWithoutRate(statement, '2026-10-01T04:30:00.000Z', 'EUR/USD'),
  exposureUpdated(statement, '2026-10-01T06:50:00.000Z'),
]);

/** The rate is loaded and the exposure updated ten minutes before it is due. */
export const exposureMended: Story = {
  name: 'an FX exposure without a rate that is mended',
  signals: mended.signals,
  expected: {
    transactions: {
      [`treasury-statement ${expectedKey(mended.statement)}`]: completedStatement(
        mended.statement,
        { ...at, exposed: '2026-10-01T06:50:00.000Z' },
        due,
      ),
    },
    problems: [withoutRate(mended.statement, '2026-10-01T06:50:00.000Z')],
  },
};
