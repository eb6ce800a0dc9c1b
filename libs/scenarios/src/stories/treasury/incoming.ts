import type { ScenarioSignal } from '../../scenario-signal.js';
import type { Story } from '../../story.js';
import { type BankAccount, accountOf } from './bank-accounts.js';
import type { CamtEntry } from './camt-files.js';
import { camtStatement } from './camt-statement.js';
import { type PlainEntry, bai2File, mt940File } from './end-of-day-files.js';
import { type StatementDue, completedStatement, courseOf, statementCourse } from './statement-course.js';
import { type ReadStatement, expectedKey, plainKey } from './statement-signals.js';

/** A day's statement of an account. */
type Day = {
  account: BankAccount;
  closingDate: string;
  receivedAt: string;
  due: StatementDue;
  file: ScenarioSignal;
  statement: ReadStatement;
};

const plainEntries = (account: BankAccount, credit: string, debit?: string): PlainEntry[] => [
  { amount: credit, side: 'C', reference: `${account.code}C`, text: 'CUSTOMER PAYMENT' },
  ...(debit === undefined ? [] : [{ amount: debit, side: 'D' as const, reference: `${account.code}D`, text: 'RENT' }]),
];

const camtEntries = (account: BankAccount, on: string, credit: string, debit: string): CamtEntry[] => [
  { amount: credit, side: 'CRDT', reference: `${account.code}-C`, bookedOn: on },
  { amount: debit, side: 'DBIT', reference: `${account.code}-D`, bookedOn: on },
];

const [euro, dollar, real, singapore, dollarOfGermany] = [
  accountOf('DE01', '501'),
  accountOf('US01', '502'),
  accountOf('BR01', '503'),
  accountOf('SG01', '504'),
  accountOf('DE01', '505', 'USD'),
];

const DAYS: readonly Day[] = [
  // Closed Friday 23 October; summer time ends on the Sunday. Monday 07:00 in Berlin is 06:00 UTC (+1), 09:00 is 08:00,
  // 18:00 is 17:00. 1 000 000.00 + 48 200.00 - 12 000.00 = 1 036 200.00.
  {
    account: euro,
    closingDate: '2026-10-23',
    receivedAt: '2026-10-26T05:20:00.000Z',
    due: {
      received: '2026-10-26T06:00:00.000Z',
      positioned: '2026-10-26T08:00:00.000Z',
      matched: '2026-10-26T17:00:00.000Z',
    },
    ...camtStatement({
      account: euro,
      id: 'TR-501-205',
      sequence: 205,
      openedOn: '2026-10-22',
      closingDate: '2026-10-23',
      opening: '1000000.00',
      entries: camtEntries(euro, '2026-10-23', '48200.00', '12000.00'),
      closing: '1036200.00',
      receivedAt: '2026-10-26T05:20:00.000Z',
    }),
  },
  // Closed Friday 9 October; Monday is Columbus Day. Tuesday 07:00 in New York is 11:00 UTC (-4), 09:00 is 13:00, 18:00 is
  // 22:00. 250 000.00 + 18 250.50 - 4 000.25 = 264 250.25.
  {
    account: dollar,
    closingDate: '2026-10-09',
    receivedAt: '2026-10-13T10:30:00.000Z',
    due: {
      received: '2026-10-13T11:00:00.000Z',
      positioned: '2026-10-13T13:00:00.000Z',
      matched: '2026-10-13T22:00:00.000Z',
    },
    statement: {
      account: dollar,
      closingDate: '2026-10-09',
      bankKey: plainKey(dollar, '2026-10-09'),
      closing: '264250.25',
    },
    file: bai2File({
      account: dollar,
      openedOn: '2026-10-08',
      closedOn: '2026-10-09',
      opening: '250000.00',
      closing: '264250.25',
      entries: plainEntries(dollar, '18250.50', '4000.25'),
      receivedAt: '2026-10-13T10:30:00.000Z',
    }),
  },
  // Closed Friday 30 October; Monday is All Souls' Day. Tuesday 07:00 in São Paulo is 10:00 UTC (-3), 09:00 is 12:00, 18:00
  // is 21:00. 80 000.00 + 9 999.99 = 89 999.99.
  {
    account: real,
    closingDate: '2026-10-30',
    receivedAt: '2026-11-03T09:40:00.000Z',
    due: {
      received: '2026-11-03T10:00:00.000Z',
      positioned: '2026-11-03T12:00:00.000Z',
      matched: '2026-11-03T21:00:00.000Z',
    },
    statement: {
      account: real,
      closingDate: '2026-10-30',
      bankKey: plainKey(real, '2026-10-30', '00210'),
      closing: '89999.99',
    },
    file: mt940File({
      account: real,
      number: '00210',
      openedOn: '2026-10-29',
      closedOn: '2026-10-30',
      opening: '80000.00',
      closing: '89999.99',
      entries: plainEntries(real, '9999.99'),
      receivedAt: '2026-11-03T09:40:00.000Z',
    }),
  },
  // Closed Friday 6 November; Deepavali is on the Sunday, so Monday is closed. Tuesday 07:00 in Singapore is Monday 23:00 UTC
  // (+8), 09:00 is 01:00, 18:00 is 10:00. 60 000.00 + 7 300.25 - 300.25 = 67 000.00.
  {
    account: singapore,
    closingDate: '2026-11-06',
    receivedAt: '2026-11-09T22:15:00.000Z',
    due: {
      received: '2026-11-09T23:00:00.000Z',
      positioned: '2026-11-10T01:00:00.000Z',
      matched: '2026-11-10T10:00:00.000Z',
    },
    statement: {
      account: singapore,
      closingDate: '2026-11-06',
      bankKey: plainKey(singapore, '2026-11-06', '00215'),
      closing: '67000.00',
    },
    file: mt940File({
      account: singapore,
      number: '00215',
      openedOn: '2026-11-05',
      closedOn: '2026-11-06',
      opening: '60000.00',
      closing: '67000.00',
      entries: plainEntries(singapore, '7300.25', '300.25'),
      receivedAt: '2026-11-09T22:15:00.000Z',
    }),
  },
  // A dollar account in Germany: the days of the dollar (Monday 12 October is Columbus Day), the clock of Berlin: Tuesday 07:00
  // is 05:00 UTC (+2), 09:00 is 07:00, 18:00 is 16:00. 40 000.00 + 2 500.00 - 1 500.00 = 41 000.00.
  {
    account: dollarOfGermany,
    closingDate: '2026-10-09',
    receivedAt: '2026-10-13T04:50:00.000Z',
    due: {
      received: '2026-10-13T05:00:00.000Z',
      positioned: '2026-10-13T07:00:00.000Z',
      matched: '2026-10-13T16:00:00.000Z',
    },
    ...camtStatement({
      account: dollarOfGermany,
      id: 'TR-505-195',
      sequence: 195,
      openedOn: '2026-10-08',
      closingDate: '2026-10-09',
      opening: '40000.00',
      entries: camtEntries(dollarOfGermany, '2026-10-09', '2500.00', '1500.00'),
      closing: '41000.00',
      receivedAt: '2026-10-13T04:50:00.000Z',
    }),
  },
];

/** Statement received, checked, position refreshed, exposure and forecast updated, entries matched: one day an account. */
export const statementsOnTime: readonly Story[] = DAYS.map(
  ({ account, closingDate, receivedAt, due, file, statement }) => {
    const at = courseOf(receivedAt);
    return {
      name: `the statement of ${account.code} for ${closingDate} on time`,
      signals: statementCourse(statement, at, file),
      expected: {
        transactions: { [`treasury-statement ${expectedKey(statement)}`]: completedStatement(statement, at, due) },
        problems: [],
      },
    };
  },
);
