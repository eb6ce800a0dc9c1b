import type { FileSignal } from '../../file-signal.js';
import type { BankAccount } from './bank-accounts.js';

/** An entry of an MT940 or BAI2 file; amounts with two decimals. */
export type PlainEntry = { amount: string; side: 'C' | 'D'; reference: string; text: string };

/** A statement of one account and day. */
export type PlainStatement = {
  account: BankAccount;
  /** Days of the opening and of the closing balance. */
  openedOn: string;
  closedOn: string;
  opening: string;
  closing: string;
  entries: readonly PlainEntry[];
  receivedAt: string;
};

/** The statement as MT940 (SWIFT); `number` is that of the statement within the year. */
export function mt940File({ number, ...statement }: PlainStatement & { number: string }): FileSignal {
  const { account, openedOn, closedOn, opening, closing, entries, receivedAt } = statement;
  const balance = (on: string, amount: string) => `C${shortDate(on)}${account.currency}${comma(amount)}`;
  const lines = [
    `:20:${account.code}`.slice(0, 20),
    `:25:${account.number}`,
    `:28C:${number}/00001`,
    `:60F:${balance(openedOn, opening)}`,
    ...entries.flatMap(({ amount, side, reference, text }) => [
      `:61:${shortDate(closedOn)}${shortDate(closedOn).slice(2)}${side}${comma(amount)}NTRFNONREF//${reference}`,
      `:86:${text}`,
    ]),
    `:62F:${balance(closedOn, closing)}`,
    '-',
  ];
  return {
    name: `mt940 ${account.code} ${closedOn}`,
    protocol: 'file',
    headers: { 'content-type': 'text/plain' },
    format: 'mt940',
    source: 'kyriba',
    fileName: `${account.code}-${number}.sta`,
    receivedAt,
    body: `${lines.join('\r\n')}\r\n`,
  };
}

/** The statement as BAI2: opening (010) and closing ledger (015), deposits (195) and payments out (475). */
export function bai2File(statement: PlainStatement): FileSignal {
  const { account, closedOn, opening, closing, entries, receivedAt } = statement;
  const on = shortDate(closedOn);
  const details = entries.map(
    ({ amount, side, reference, text }) =>
      `16,${side === 'C' ? '195' : '475'},${cents(amount)},0,${reference},,${text}/`,
  );
  // The control total is the plain sum of every amount of the account.
  const total = [opening, closing, ...entries.map(({ amount }) => amount)]
    .reduce((sum, amount) => sum + BigInt(cents(amount)), 0n)
    .toString();
  const lines = [
    `01,BANKUS,KYRIBA,${on},2300,${account.code},80,,2/`,
    `02,KYRIBA,BANKUS,1,${on},2359,${account.currency},2/`,
    `03,${account.number},${account.currency},010,${cents(opening)},,,015,${cents(closing)},,/`,
    ...details,
    `49,${total},${details.length + 2}/`,
    `98,${total},1,${details.length + 4}/`,
    `99,${total},1,${details.length + 6}/`,
  ];
  return {
    name: `bai2 ${account.code} ${closedOn}`,
    protocol: 'file',
    headers: { 'content-type': 'text/plain' },
    format: 'bai2',
    source: 'kyriba',
    fileName: `${account.code}-${on}.bai`,
    receivedAt,
    body: `${lines.join('\n')}\n`,
  };
}

function shortDate(on: string): string {
  return on.slice(2).replaceAll('-', '');
}

function comma(amount: string): string {
  return amount.replace('.', ',');
}

function cents(amount: string): string {
  return amount.replace('.', '');
}
