import { hashedUuid } from '@throughline/canonical';
import type { Journey } from '../../journey.js';
import type { ScenarioSignal } from '../../scenario-signal.js';
import { accountOf } from './bank-accounts.js';
import { bankDay } from './bank-days.js';
import { batchOf } from './batches.js';
import { type CamtEntry, camtFile } from './camt-files.js';
import { camtStatement } from './camt-statement.js';
import { pain001File, pain002File } from './payment-files.js';
import { batchApproved, batchSent, receiptApplied, receiptUnidentified, receivablePosted } from './payment-signals.js';
import { courseOf, statementCourse } from './statement-course.js';
import { sentWhenTold } from './told-times.js';
import { DAY, MINUTE } from '../../time-units.js';

const iso = (at: number) => new Date(at).toISOString();

const CUSTOMERS = ['Walzwerk Isar GmbH', 'Kranbau Weser AG', 'Gleisbau Nord KG', 'Schrauben Mohr GmbH'];

/** What a receipt of a journey is made of: its account and UETR, an invoice posted at the start, paid three weeks later. */
function receiptOf(number: string, startsAt: number) {
  const account = accountOf('DE01', number);
  const customer = CUSTOMERS[Number(number.slice(-3)) % CUSTOMERS.length] ?? CUSTOMERS[0]!;
  const day = bankDay(account, startsAt + 21 * DAY);
  const invoice = (position: string, amount: string) => ({ number: `TR${number}-${position}`, amount, customer });
  return { account, customer, day, invoice, uetr: hashedUuid(['treasury-payment', number]) };
}

/** A statement with one entry, and all that follows of it: 50 000.00 and the entry. */
function statementWith(
  number: string,
  day: ReturnType<typeof bankDay>,
  entry: CamtEntry,
  closing: string,
): ScenarioSignal[] {
  const account = accountOf('DE01', number);
  const id = `TR-${number}-${day.closingDate}`;
  const sequence = Number(day.closingDate.slice(5).replace('-', ''));
  const { statement, file } = camtStatement({
    ...day,
    account,
    id,
    sequence,
    opening: '50000.00',
    entries: [entry],
    closing,
  });
  return statementCourse(statement, courseOf(day.receivedAt), file);
}

const credit = (
  number: string,
  amount: string,
  bookedOn: string,
  transaction: CamtEntry['transaction'],
): CamtEntry => ({
  amount,
  side: 'CRDT',
  reference: `TR-${number}-CR`,
  bookedOn,
  ...(transaction && { transaction }),
});

const noticeOf = (number: string, format: 'camt.052' | 'camt.054', at: number, entry: CamtEntry) =>
  camtFile({
    format,
    account: accountOf('DE01', number),
    id: `TR-${number}-${format}-${entry.reference}`,
    createdAt: iso(at),
    receivedAt: iso(at),
    entries: [entry],
  });

/** Noon of a day, when banks report on what was booked in the morning. */
const noonOf = (on: string) => Date.parse(`${on}T11:00:00Z`);

const play =
  (tell: (number: string, startsAt: number) => ScenarioSignal[]): Journey['play'] =>
  (number, startsAt) =>
    sentWhenTold(tell(number, startsAt));

const threeLessFee = play((number, startsAt) => {
  const { customer, day, invoice, uetr } = receiptOf(number, startsAt);
  const [first, second, third] = [invoice('A', '400.00'), invoice('B', '300.00'), invoice('C', '320.00')];
  const paid = [first, second, third].map((one) => ({ number: one.number, paid: one === first ? '400.00' : '300.00' }));
  const transaction = { uetr, counterparty: customer, amount: '1000.00', charges: '15.00', invoices: paid };
  const settled = [
    { invoice: first, paid: '400.00' },
    { invoice: second, paid: '300.00' },
    { invoice: third, paid: '300.00', discount: '20.00' },
  ];
  return [
    ...[first, second, third].map((one, index) => receivablePosted(one, iso(startsAt + index * MINUTE))),
    ...statementWith(number, day, credit(number, '985.00', day.closingDate, transaction), '50985.00'),
    receiptApplied(uetr, settled, iso(Date.parse(day.receivedAt) + 140 * MINUTE)),
  ];
});

const toldThreeTimes = play((number, startsAt) => {
  const { customer, day, invoice, uetr } = receiptOf(number, startsAt);
  const only = invoice('A', '610.00');
  const entry = credit(number, '610.00', day.closingDate, { uetr, counterparty: customer });
  const noon = noonOf(day.closingDate);
  return [
    receivablePosted(only, iso(startsAt)),
    noticeOf(number, 'camt.052', noon, entry),
    noticeOf(number, 'camt.054', noon + 5 * MINUTE, entry),
    ...statementWith(number, day, entry, '50610.00'),
    receiptApplied(uetr, [{ invoice: only, paid: '610.00' }], iso(noon + 60 * MINUTE)),
  ];
});

const returned = play((number, startsAt) => {
  const { account, day, invoice, uetr } = receiptOf(number, startsAt);
  const only = invoice('A', '1000.00');
  const noon = noonOf(day.closingDate);
  const back = bankDay(account, noon, 5);
  const entry: CamtEntry = {
    amount: '970.00',
    side: 'DBIT',
    reference: `TR-${number}-DR`,
    bookedOn: back.closingDate,
    transaction: { uetr, returnReason: 'FOCR' },
  };
  return [
    receivablePosted(only, iso(startsAt)),
    noticeOf(number, 'camt.054', noon, credit(number, '970.00', day.closingDate, { uetr })),
    receiptApplied(uetr, [{ invoice: only, paid: '970.00', discount: '30.00' }], iso(noon + 60 * MINUTE)),
    ...statementWith(number, back, entry, '49030.00'),
  ];
});

const unidentified = (isIdentified: boolean) =>
  play((number, startsAt) => {
    const { day, invoice, uetr } = receiptOf(number, startsAt);
    const only = invoice('A', '420.50');
    const entry = credit(number, '420.50', day.closingDate, { uetr });
    const noon = noonOf(day.closingDate);
    return [
      receivablePosted(only, iso(startsAt)),
      noticeOf(number, 'camt.054', noon, entry),
      receiptUnidentified(uetr, iso(noon + 30 * MINUTE)),
      ...statementWith(number, day, entry, '50420.50'),
      ...(isIdentified
        ? [receiptApplied(uetr, [{ invoice: only, paid: '420.50' }], iso(noon + 2 * DAY + 45 * MINUTE))]
        : []),
    ];
  });

/** A batch of so many; rejected are those at the positions. `n` payments come to n × 1 000.00 + n (n + 1) / 2. */
const batch = (payments: number, rejected: readonly number[]) =>
  play((number, startsAt) => {
    const sum = (positions: readonly number[]) => positions.reduce((total, position) => total + 1_000 + position, 0);
    const total = payments * 1_000 + (payments * (payments + 1)) / 2;
    const booked = total - sum(rejected);
    const account = accountOf('DE01', number);
    const day = bankDay(account, startsAt, 1);
    const one = batchOf(number, payments, `${total}.00`, day.closingDate);
    const rejections = rejected.map((position) => ({ payment: one.payments[position - 1]!, reason: 'AC04' }));
    const { messageId, paymentInformationId } = one;
    const entry: CamtEntry = {
      amount: `${booked}.00`,
      side: 'DBIT',
      reference: `TR-${number}-B`,
      bookedOn: day.closingDate,
      batch: { messageId, paymentInformationId, transactions: payments - rejected.length },
    };
    const id = `TR-${number}-${day.closingDate}`;
    const { statement, file } = camtStatement({
      ...day,
      account,
      id,
      sequence: Number(day.closingDate.slice(5).replace('-', '')),
      opening: '900000.00',
      entries: [entry],
      closing: `${900_000 - booked}.00`,
    });
    return [
      batchApproved(one, iso(startsAt)),
      batchSent(one, iso(startsAt + 15 * MINUTE)),
      pain001File(one, iso(startsAt + 15 * MINUTE)),
      pain002File(one, iso(startsAt + 50 * MINUTE), rejections),
      ...statementCourse(statement, courseOf(day.receivedAt), file),
    ];
  });

const notSent = play((number, startsAt) => [
  batchApproved(
    batchOf(number, 2, '2003.00', bankDay(accountOf('DE01', number), startsAt, 1).closingDate),
    iso(startsAt),
  ),
]);

/** What the simulated estate tells of receipts and of payment batches. */
export const PAYMENT_JOURNEYS: readonly Journey[] = [
  { name: 'treasury/three-invoices-less-fee-and-discount', share: 8, play: threeLessFee },
  { name: 'treasury/entry-told-three-times', share: 8, play: toldThreeTimes },
  { name: 'treasury/payment-returned', share: 3, play: returned },
  { name: 'treasury/receipt-unidentified', share: 2, play: unidentified(false) },
  { name: 'treasury/receipt-identified-later', share: 4, play: unidentified(true) },
  { name: 'treasury/batch-booked', share: 20, play: batch(12, []) },
  { name: 'treasury/batch-with-rejections', share: 4, play: batch(40, [7, 23]) },
  { name: 'treasury/batch-of-five-hundred', share: 1, play: batch(500, [7, 77, 123, 200, 301, 404, 500]) },
  { name: 'treasury/batch-not-sent', share: 1, play: notSent },
];
