import { isIban } from '@throughline/canonical';

/** How an account is named everywhere: by its IBAN when it is one, whichever field carried it, else by its number as written. */
export type AccountKey = { kind: 'iban' | 'account-number'; value: string };

/**
 * The key of an account as banks write it: IBAN with or without blanks, with the currency behind it
 * ("NL71RABO0123456789EUR"), with a slash before it, "bank code/account", or a plain number. Undefined when blank.
 */
export function accountKeyOf(text: string | undefined): AccountKey | undefined {
  const written = text?.trim() ?? '';
  if (written === '') return undefined;
  const compact = written.replace(/^\/+|[\s-]/g, '').toUpperCase();
  const iban = [compact, compact.replace(/[A-Z]{3}$/, '')].find(isIban);
  return iban === undefined ? { kind: 'account-number', value: written } : { kind: 'iban', value: iban };
}
