import { findIbans } from './iban.js';
import { DEEPEST_PAYLOAD } from './storable-text.js';

/** A masked copy, and whether anything in it was masked. */
export type Masked<T> = { value: T; isMasked: boolean };

const DOTS = '••••';

// Members whose value is an account number, by their name without punctuation and case.
const ACCOUNT_NAME =
  /(?:iban|bban|kontonummer|kontonr|accountnumber|accountno|acctno|acctnumber|accountnr|cardnumber|pan)$/;
// Members that hold an account as an object: their identifying members are account numbers (camt's Acct/Id/Othr/Id).
const ACCOUNT_HOLDER = /(?:bankaccount|acct|(?:creditor|debtor|beneficiary|ordering|payee|payer|settlement)account)$/;
const IDENTIFYING_NAME = /^(?:id|identifier|number|no|nr|value|text|other|othr)$/;

const LABELLED_ACCOUNT =
  /\b((?:bank\s?)?(?:account|acct|a\/c|konto|iban|bban|compte|conta|cuenta)(?:\s?(?:number|no|nr|nummer|num))?)(["'\s.:=#/-]{1,6})((?:[A-Z]{2})?\d[\d \-/]{4,40}\d)/gi;

/** An account number as people may see it: its country, when it has one, and the last four characters. */
export function maskAccountNumber(account: string): string {
  const compact = account.replace(/[^A-Za-z0-9]/g, '');
  if (compact.length <= 4) return DOTS;
  const country = /^[A-Za-z]{2}\d{2}/.test(compact) ? compact.slice(0, 2).toUpperCase() : '';
  return `${country}${DOTS}${compact.length >= 8 ? compact.slice(-4) : ''}`;
}

/** Free text with every IBAN and every labelled account number masked. */
export function maskText(text: string): Masked<string> {
  let masked = '';
  let at = 0;
  for (const { start, end, iban } of findIbans(text)) {
    masked += text.slice(at, start) + maskAccountNumber(iban);
    at = end;
  }
  masked += text.slice(at);
  const value = masked.replace(
    LABELLED_ACCOUNT,
    (_whole, label: string, between: string, account: string) => `${label}${between}${maskAccountNumber(account)}`,
  );
  return { value, isMasked: value !== text };
}

function bareName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

type Place = 'elsewhere' | 'in-account' | 'account-number';

function placeOf(name: string, parent: Place): Place {
  const bare = bareName(name);
  if (ACCOUNT_NAME.test(bare)) return 'account-number';
  if (parent === 'in-account') return IDENTIFYING_NAME.test(bare) ? 'account-number' : 'in-account';
  return ACCOUNT_HOLDER.test(bare) ? 'in-account' : 'elsewhere';
}

class PayloadMasker {
  isMasked = false;

  text(text: string): string {
    const masked = maskText(text);
    this.isMasked ||= masked.isMasked;
    return masked.value;
  }

  account(value: string | number | bigint): string {
    this.isMasked = true;
    return maskAccountNumber(String(value));
  }

  value(value: unknown, place: Place, depth: number): unknown {
    if (depth > DEEPEST_PAYLOAD) {
      this.isMasked = true;
      return `[nested deeper than ${DEEPEST_PAYLOAD} levels]`;
    }
    if (Array.isArray(value)) return value.map((item: unknown) => this.value(item, place, depth + 1));
    if (typeof value === 'object' && value !== null) return this.members(value, place, depth);
    if (place === 'account-number' && (typeof value === 'number' || typeof value === 'bigint'))
      return this.account(value);
    if (typeof value !== 'string') return value;
    return place === 'account-number' && /[A-Za-z0-9]{2}/.test(value) ? this.account(value) : this.text(value);
  }

  members(value: object, place: Place, depth: number): Record<string, unknown> {
    const members: [string, unknown][] = [];
    const names = new Set<string>();
    for (const [name, member] of Object.entries(value)) {
      let masked = this.text(name);
      while (names.has(masked)) masked += '′';
      names.add(masked);
      // An object below an account number's name (camt: IBAN inside Id) is still the account.
      const below = placeOf(name, place === 'account-number' ? 'in-account' : place);
      members.push([masked, this.value(member, below, depth + 1)]);
    }
    return Object.fromEntries(members);
  }
}

/**
 * Deep copy of a payload with bank accounts masked: IBANs anywhere (in free text and as member names too), account-like
 * fields by their name, and labelled account numbers in text. The given value is not changed.
 */
export function maskPayload(payload: unknown): Masked<unknown> {
  const masker = new PayloadMasker();
  const value = masker.value(payload, 'elsewhere', 0);
  return { value, isMasked: masker.isMasked };
}
