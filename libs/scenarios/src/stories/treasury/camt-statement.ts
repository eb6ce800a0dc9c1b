import type { FileSignal } from '../../file-signal.js';
import type { BankAccount } from './bank-accounts.js';
import { type CamtEntry, camtFile } from './camt-files.js';
import { type ReadStatement, camtKey } from './statement-signals.js';

/** What a bank states of one day of an account. */
export type CamtDay = {
  account: BankAccount;
  id: string;
  sequence: number;
  /** Days of the opening and of the closing balance. */
  openedOn: string;
  closingDate: string;
  opening: string;
  entries: readonly CamtEntry[];
  closing: string;
  receivedAt: string;
  messageId?: string;
  isDuplicate?: boolean;
};

/** A statement as its bank sends it in camt.053, and as Kyriba knows it once it has read it. */
export function camtStatement(day: CamtDay): { statement: ReadStatement; file: FileSignal } {
  const { account, id, sequence, openedOn, closingDate, opening, closing, receivedAt } = day;
  return {
    statement: { account, closingDate, bankKey: camtKey(account, id, closingDate.slice(0, 4), sequence), closing },
    file: camtFile({
      ...day,
      format: 'camt.053',
      createdAt: receivedAt,
      opening: { amount: opening, on: openedOn },
      closing: { amount: closing, on: closingDate },
    }),
  };
}
