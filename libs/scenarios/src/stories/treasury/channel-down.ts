import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { type BankAccount, accountOf } from './bank-accounts.js';
import { mt940File } from './end-of-day-files.js';
import { afterTheFile, completedStatement, courseOf, statementCourse } from './statement-course.js';
import {
  STATEMENT_HOP,
  type ReadStatement,
  expectedKey,
  fetchFailed,
  plainKey,
  statementExpected,
} from './statement-signals.js';

const HOST = 'sftp.banco-do-litoral.example';

/** Statement of an account for Wednesday 30 September: 700.00 + 50.00 = 750.00. */
function wednesdayOf(
  account: BankAccount,
  number: string,
  receivedAt: string,
): { statement: ReadStatement; file: ScenarioSignal } {
  return {
    statement: {
      account,
      closingDate: '2026-09-30',
      bankKey: plainKey(account, '2026-09-30', number),
      closing: '750.00',
    },
    file: mt940File({
      account,
      number,
      openedOn: '2026-09-29',
      closedOn: '2026-09-30',
      opening: '700.00',
      closing: '750.00',
      entries: [{ amount: '50.00', side: 'C', reference: `TR-${account.code}`, text: 'CUSTOMER PAYMENT' }],
      receivedAt,
    }),
  };
}

/** Three banks, of which the one in Brazil gives no answer twice; `number` is of three digits. */
function threeBanks(number: string) {
  const german = {
    at: courseOf('2026-10-01T04:12:00.000Z'),
    ...wednesdayOf(accountOf('DE01', `${number}1`), `${number}1`, '2026-10-01T04:12:00.000Z'),
  };
  const singaporean = {
    at: courseOf('2026-09-30T22:15:00.000Z'),
    ...wednesdayOf(accountOf('SG01', `${number}2`), `${number}2`, '2026-09-30T22:15:00.000Z'),
  };
  const brazilian = {
    at: { ...courseOf('2026-10-01T12:20:00.000Z'), expected: '2026-09-30T21:00:00.000Z' },
    ...wednesdayOf(accountOf('BR01', `${number}3`), `${number}3`, '2026-10-01T12:20:00.000Z'),
  };
  const failures = ['2026-10-01T09:00:00.000Z', '2026-10-01T09:30:00.000Z'];
  return {
    german,
    singaporean,
    brazilian,
    signals: [
      ...statementCourse(german.statement, german.at, german.file),
      ...statementCourse(singaporean.statement, singaporean.at, singaporean.file),
      statementExpected(brazilian.statement, brazilian.at.expected),
      ...failures.flatMap((at) => fetchFailed(brazilian.statement, at, HOST)),
    ],
    transactions: {
      // Thursday in Berlin (UTC+2) and in Singapore (UTC+8), where 07:00 is 23:00 UTC of the Wednesday.
      [`treasury-statement ${expectedKey(german.statement)}`]: completedStatement(german.statement, german.at, {
        received: '2026-10-01T05:00:00.000Z',
        positioned: '2026-10-01T07:00:00.000Z',
        matched: '2026-10-01T16:00:00.000Z',
      }),
      [`treasury-statement ${expectedKey(singaporean.statement)}`]: completedStatement(
        singaporean.statement,
        singaporean.at,
        {
          received: '2026-09-30T23:00:00.000Z',
          positioned: '2026-10-01T01:00:00.000Z',
          matched: '2026-10-01T10:00:00.000Z',
        },
      ),
    },
  };
}

const [down, back] = [threeBanks('531'), threeBanks('532')];
const downKey = expectedKey(down.brazilian.statement);
const backKey = expectedKey(back.brazilian.statement);

/** 07:00 in São Paulo (UTC-3) is 10:00 UTC; the statement is blocked from the first failure on, and stays so when it is late. */
export const channelDown: Story = {
  name: 'a regional bank channel is down while the others go on',
  signals: down.signals,
  expected: {
    transactions: {
      ...down.transactions,
      [`treasury-statement ${downKey}`]: {
        progress: 'running',
        members: [`bank-statement ${downKey}`],
        hubs: [],
        milestones: {
          'statement-expected': '2026-09-30T21:00:00.000Z',
          'statement-received': ['pending', '2026-10-01T10:00:00.000Z'],
          'balance-checked': 'pending',
          'cash-position-refreshed': 'pending',
        },
      },
    },
    problems: [
      {
        subject: `bank-statement ${downKey}`,
        hop: STATEMENT_HOP.intake,
        signature: `platform.connectivity|channel=${HOST}`,
        // A span and an event a run: two runs.
        occurrences: 2,
        lastOccurredAt: '2026-10-01T09:31:30.000Z',
        clearedAt: null,
      },
    ],
  },
  states: ['2026-10-01T09:45:00.000Z', '2026-10-01T11:00:00.000Z'].map((at) => ({
    at,
    of: {
      [`treasury-statement ${downKey}`]: 'BLOCKED' as const,
      [`treasury-statement ${expectedKey(down.german.statement)}`]: 'COMPLETED' as const,
      [`treasury-statement ${expectedKey(down.singaporean.statement)}`]: 'COMPLETED' as const,
    },
  })),
};

/** The channel is back: the file comes at 09:20 in São Paulo (12:20 UTC), late, and so is the position (09:00, 12:00 UTC). */
export const channelBack: Story = {
  name: 'a regional bank channel is back',
  signals: [...back.signals, back.brazilian.file, ...afterTheFile(back.brazilian.statement, back.brazilian.at)],
  expected: {
    transactions: {
      ...back.transactions,
      [`treasury-statement ${backKey}`]: completedStatement(back.brazilian.statement, back.brazilian.at, {
        received: '2026-10-01T10:00:00.000Z',
        positioned: '2026-10-01T12:00:00.000Z',
        matched: '2026-10-01T21:00:00.000Z',
      }),
    },
    problems: [
      {
        subject: `bank-statement ${backKey}`,
        hop: STATEMENT_HOP.intake,
        signature: `platform.connectivity|channel=${HOST}`,
        occurrences: 2,
        lastOccurredAt: '2026-10-01T09:31:30.000Z',
        clearedAt: '2026-10-01T12:20:00.000Z',
      },
    ],
  },
};
