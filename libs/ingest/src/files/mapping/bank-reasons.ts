/** What is known of a reason code of ISO 20022 (external code sets for status and return reasons). */
type Reason = { taxonomy: string; meaning: string };

const REJECTED = 'cash-and-payment.rejected-by-bank';
const DETAILS = 'cash-and-payment.invalid-bank-details';
const HELD = 'cash-and-payment.held-by-screening-or-limit';

// https://www.iso20022.org/catalogue-messages/additional-content-messages/external-code-sets
const REASONS: Readonly<Record<string, Reason>> = {
  AC01: { taxonomy: DETAILS, meaning: 'the account number is wrong or missing' },
  AC02: { taxonomy: DETAILS, meaning: "the debtor's account number is wrong or missing" },
  AC03: { taxonomy: DETAILS, meaning: "the creditor's account number is wrong or missing" },
  AC04: { taxonomy: DETAILS, meaning: 'the account is closed' },
  AC05: { taxonomy: DETAILS, meaning: "the debtor's account is closed" },
  AC06: { taxonomy: DETAILS, meaning: 'the account is blocked' },
  AC07: { taxonomy: DETAILS, meaning: "the creditor's account is closed" },
  AC13: { taxonomy: DETAILS, meaning: "the debtor's account is of the wrong type" },
  AC14: { taxonomy: DETAILS, meaning: "the creditor's account is of the wrong type" },
  AG01: { taxonomy: REJECTED, meaning: 'transactions of this kind are forbidden on the account' },
  AG02: { taxonomy: REJECTED, meaning: 'the bank operation code is not valid' },
  AM01: { taxonomy: REJECTED, meaning: 'the amount is zero' },
  AM02: { taxonomy: HELD, meaning: 'the amount is larger than allowed' },
  AM03: { taxonomy: REJECTED, meaning: 'the currency is not processed' },
  AM04: { taxonomy: REJECTED, meaning: 'insufficient funds' },
  AM05: { taxonomy: 'cash-and-payment.duplicate-payment', meaning: 'the bank takes it for a duplicate' },
  AM09: { taxonomy: REJECTED, meaning: 'the amount is not the agreed one' },
  AM10: { taxonomy: 'reconciliation.amount-break', meaning: 'the control sum is wrong' },
  AM14: { taxonomy: HELD, meaning: 'the amount is above an agreed limit' },
  AM18: { taxonomy: 'reconciliation.count-break', meaning: 'the number of transactions is wrong' },
  BE01: { taxonomy: REJECTED, meaning: "the customer's identification does not fit the account" },
  BE04: { taxonomy: 'data-quality.missing-field', meaning: "the creditor's address is missing" },
  BE05: { taxonomy: REJECTED, meaning: 'the party that initiated it is not known' },
  BE06: { taxonomy: REJECTED, meaning: 'the end customer is not known' },
  CNOR: { taxonomy: DETAILS, meaning: "the creditor's bank is not registered" },
  DNOR: { taxonomy: DETAILS, meaning: "the debtor's bank is not registered" },
  DT01: { taxonomy: 'cash-and-payment.execution-date-passed', meaning: 'the date is not valid' },
  DU01: { taxonomy: 'cash-and-payment.duplicate-payment', meaning: 'the message id is a duplicate' },
  DU02: { taxonomy: 'cash-and-payment.duplicate-payment', meaning: 'the payment information id is a duplicate' },
  DU03: { taxonomy: 'cash-and-payment.duplicate-payment', meaning: 'the transaction is a duplicate' },
  DUPL: { taxonomy: 'cash-and-payment.duplicate-payment', meaning: 'a duplicate payment' },
  FF01: { taxonomy: 'data-quality.invalid-value', meaning: 'the file format is not valid' },
  FOCR: { taxonomy: REJECTED, meaning: 'returned after a cancellation request' },
  MD01: { taxonomy: REJECTED, meaning: 'there is no valid mandate' },
  MD06: { taxonomy: REJECTED, meaning: 'the debtor demands a refund' },
  MD07: { taxonomy: REJECTED, meaning: 'the debtor is deceased' },
  MS02: { taxonomy: REJECTED, meaning: 'refused by the customer, no reason given' },
  MS03: { taxonomy: REJECTED, meaning: 'refused by the bank, no reason given' },
  NARR: { taxonomy: REJECTED, meaning: 'the reason is given in words' },
  RC01: { taxonomy: DETAILS, meaning: 'the bank identifier is wrong' },
  RR04: { taxonomy: HELD, meaning: 'a regulatory reason' },
  TM01: { taxonomy: 'timing-and-sequence.missed-cut-off', meaning: 'received after the cut-off' },
};

/** German business transaction codes of returns: direct debits that came back, and credit transfers. */
export const GERMAN_RETURN_CODES: ReadonlySet<string> = new Set(['108', '109', '159']);

/** Sub-families of bank transaction codes that say that an entry takes a payment back: returned, unpaid direct debit, unpaid cheque. */
export const RETURN_SUB_FAMILIES: ReadonlySet<string> = new Set(['RRTN', 'UPDD', 'UPCQ']);

/** Taxonomy and meaning of a reason code; a code that is not known is a rejection by the bank. */
export function reasonOf(code: string | undefined): Reason {
  return REASONS[code ?? ''] ?? { taxonomy: REJECTED, meaning: 'no further reason is given' };
}

/** True for a code of the external code sets that is known here. */
export function isKnownReason(code: string): boolean {
  return Object.hasOwn(REASONS, code);
}
