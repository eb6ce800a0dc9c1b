import type { Journey } from '../../journey.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { type BankAccount, accountOf } from './bank-accounts.js';
import { type BankDay, bankDay } from './bank-days.js';
import { camtStatement } from './camt-statement.js';
import { type PlainEntry, bai2File, mt940File } from './end-of-day-files.js';
import { afterTheFile, courseOf, statementCourse } from './statement-course.js';
import {
  type ReadStatement,
  balanceChecked,
  exposureWithoutRate,
  fetchFailed,
  plainKey,
  positionRefreshed,
  statementExpected,
  statementGapFound,
} from './statement-signals.js';
import { sentWhenTold } from './told-times.js';
import { MINUTE } from '../../time-units.js';

const ENTITIES = ['DE01', 'US01', 'BR01', 'SG01'] as const;
const iso = (at: number) => new Date(at).toISOString();

/** An account of each journey: that of the next legal entity by its number. */
const accountByNumber = (number: string) =>
  accountOf(ENTITIES[Number(number.slice(-3)) % ENTITIES.length] ?? 'DE01', number);

/** Money of a day: 100 000.00 + 12 500.00 - 4 250.00 = 108 250.00. */
const entriesOf = (account: BankAccount): PlainEntry[] => [
  { amount: '12500.00', side: 'C', reference: `TR-${account.code}-C`, text: 'CUSTOMER PAYMENT' },
  { amount: '4250.00', side: 'D', reference: `TR-${account.code}-D`, text: 'OFFICE RENT' },
];

type Told = { statement: ReadStatement; file: ScenarioSignal };

/** A day's statement in the form of its bank: camt.053 in Germany, BAI2 in the United States, MT940 elsewhere. */
function statementOf(account: BankAccount, day: BankDay, copy?: { messageId: string; receivedAt: string }): Told {
  const { closingDate, openedOn, receivedAt } = day;
  const number = closingDate.slice(5).replace('-', '').padStart(5, '0');
  const money = { opening: '100000.00', closing: '108250.00', entries: entriesOf(account) };
  const plain = { account, openedOn, closedOn: closingDate, receivedAt, ...money };
  const read = (bankKey: ReadStatement['bankKey']) => ({ account, closingDate, bankKey, closing: money.closing });
  if (account.legalEntity === 'US01') return { statement: read(plainKey(account, closingDate)), file: bai2File(plain) };
  if (account.legalEntity !== 'DE01')
    return { statement: read(plainKey(account, closingDate, number)), file: mt940File({ ...plain, number }) };
  return camtStatement({
    ...day,
    ...money,
    account,
    id: `${account.code}-${closingDate}`,
    sequence: Number(number),
    entries: money.entries.map(({ amount, side, reference }) => ({
      amount,
      side: side === 'C' ? 'CRDT' : 'DBIT',
      reference,
      bookedOn: closingDate,
    })),
    ...(copy && { ...copy, isDuplicate: true }),
  });
}

/** Tells of one statement; `receivedAt` is when its bank sends it. */
const ofOneStatement =
  (
    tell: (told: Told, startsAt: number, day: BankDay, account: BankAccount) => ScenarioSignal[],
    entity?: 'DE01' | 'BR01',
  ) =>
  (number: string, startsAt: number) => {
    const account = entity === undefined ? accountByNumber(number) : accountOf(entity, number);
    const day = bankDay(account, startsAt);
    return sentWhenTold(tell(statementOf(account, day), startsAt, day, account));
  };

/** The course of a statement that was expected when the journey starts. */
const ordinary = ({ statement, file }: Told, startsAt: number, receivedAt: string) =>
  statementCourse(statement, { ...courseOf(receivedAt), expected: iso(startsAt) }, file);

const FAILED_AFTER = [-40 * MINUTE, -10 * MINUTE];

/** The channel gives no answer twice before the statement is due. */
const channelFails = ({ statement }: Told, startsAt: number, { receivedAt }: BankDay) => [
  statementExpected(statement, iso(startsAt)),
  ...FAILED_AFTER.flatMap((delay) =>
    fetchFailed(
      statement,
      iso(Math.max(startsAt + MINUTE, Date.parse(receivedAt) + delay)),
      'sftp.banco-do-litoral.example',
    ),
  ),
];

/** What the simulated estate tells of statements. */
export const STATEMENT_JOURNEYS: readonly Journey[] = [
  {
    name: 'treasury/statement-on-time',
    share: 80,
    play: ofOneStatement((told, startsAt, { receivedAt }) => ordinary(told, startsAt, receivedAt)),
  },
  {
    name: 'treasury/statement-missing',
    share: 2,
    play: ofOneStatement(({ statement }, startsAt) => [statementExpected(statement, iso(startsAt))]),
  },
  {
    name: 'treasury/statement-twice',
    share: 3,
    play: ofOneStatement((told, startsAt, day, account) => {
      const again = iso(Date.parse(day.receivedAt) + 150 * MINUTE);
      const copy = { messageId: `${account.code}-${day.closingDate}-COPY`, receivedAt: again };
      return [...ordinary(told, startsAt, day.receivedAt), told.file, statementOf(account, day, copy).file];
    }, 'DE01'),
  },
  {
    name: 'treasury/statement-out-of-sequence',
    share: 2,
    play: ofOneStatement(({ statement, file }, startsAt, day, account) => {
      const at = (minutes: number) => iso(Date.parse(day.receivedAt) + minutes * MINUTE);
      // The statement of the day before comes five hours after that of the day.
      const earlier = bankDay(account, Date.parse(`${day.openedOn}T12:00:00Z`));
      const before = statementOf(account, { ...earlier, receivedAt: at(300) });
      return [
        statementExpected(statement, iso(startsAt)),
        file,
        statementGapFound(statement, at(2), before.statement.bankKey.value),
        before.file,
        balanceChecked(before.statement, at(302)),
        positionRefreshed(before.statement, at(310)),
        balanceChecked(statement, at(312)),
        positionRefreshed(statement, at(320)),
      ];
    }, 'DE01'),
  },
  {
    name: 'treasury/exposure-without-rate',
    share: 3,
    play: ofOneStatement((told, startsAt, { receivedAt }) => {
      const failedAt = iso(Date.parse(receivedAt) + 15 * MINUTE);
      const { currency } = told.statement.account;
      const pair = currency === 'EUR' ? 'EUR/USD' : `EUR/${currency}`;
      return [...ordinary(told, startsAt, receivedAt), exposureWithoutRate(told.statement, failedAt, pair)];
    }),
  },
  { name: 'treasury/bank-channel-down', share: 2, play: ofOneStatement(channelFails, 'BR01') },
  {
    name: 'treasury/bank-channel-back',
    share: 4,
    play: ofOneStatement((told, startsAt, day, account) => {
      const backAt = iso(Date.parse(day.receivedAt) + 360 * MINUTE);
      const { statement, file } = statementOf(account, { ...day, receivedAt: backAt });
      return [...channelFails(told, startsAt, day), file, ...afterTheFile(statement, courseOf(backAt))];
    }, 'BR01'),
  },
];
