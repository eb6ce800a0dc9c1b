/** What is known of a reason code of ISO 20022 (external code sets for status and return reasons). */
type Reason = { taxonomy: string; meaning: string };

const REJECTED = 'cash-and-payment.rejected-by-bank';
const DETAILS = 'cash-and-payment.invalid-bank-details';
const HELD = 'cash-and-payment.held-by-screening-or-limit';

const MISSING = 'data-quality.missing-field';
const INVALID = 'data-quality.invalid-value';
const DUPLICATE = 'cash-and-payment.duplicate-payment';
const CURRENCY = 'mapping-and-master-data.currency-mismatch';
const DATE = 'cash-and-payment.execution-date-passed';
const TIMED_OUT = 'platform.time-out';
const OUTAGE = 'platform.vendor-outage';
const SIGNATURE = 'platform.authentication';

// https://www.iso20022.org/catalogue-messages/additional-content-messages/external-code-sets
const REASONS: Readonly<Record<string, Reason>> = {
  AB01: { taxonomy: TIMED_OUT, meaning: 'the clearing ran into a time-out' },
  AB02: { taxonomy: TIMED_OUT, meaning: 'the clearing was aborted after a fatal error' },
  AB03: { taxonomy: TIMED_OUT, meaning: 'the settlement ran into a time-out' },
  AB04: { taxonomy: OUTAGE, meaning: 'the settlement was aborted after a fatal error' },
  AB05: { taxonomy: TIMED_OUT, meaning: "the creditor's bank did not answer in time" },
  AB06: { taxonomy: TIMED_OUT, meaning: 'an intermediary did not answer in time' },
  AB07: { taxonomy: OUTAGE, meaning: 'a bank of the chain is offline' },
  AB08: { taxonomy: OUTAGE, meaning: "the creditor's bank is offline" },
  AB09: { taxonomy: OUTAGE, meaning: "an error at the creditor's bank" },
  AB10: { taxonomy: OUTAGE, meaning: 'an error at an intermediary' },
  AC01: { taxonomy: DETAILS, meaning: 'the account number is wrong or missing' },
  AC02: { taxonomy: DETAILS, meaning: "the debtor's account number is wrong or missing" },
  AC03: { taxonomy: DETAILS, meaning: "the creditor's account number is wrong or missing" },
  AC04: { taxonomy: DETAILS, meaning: 'the account is closed' },
  AC05: { taxonomy: DETAILS, meaning: "the debtor's account is closed" },
  AC06: { taxonomy: DETAILS, meaning: 'the account is blocked' },
  AC07: { taxonomy: DETAILS, meaning: "the creditor's account is closed" },
  AC08: { taxonomy: DETAILS, meaning: 'the branch code is wrong or missing' },
  AC09: { taxonomy: CURRENCY, meaning: 'the account is kept in another currency' },
  AC10: { taxonomy: CURRENCY, meaning: "the debtor's account is kept in another currency" },
  AC11: { taxonomy: CURRENCY, meaning: "the creditor's account is kept in another currency" },
  AC12: { taxonomy: DETAILS, meaning: 'the account is of the wrong type' },
  AC13: { taxonomy: DETAILS, meaning: "the debtor's account is of the wrong type" },
  AC14: { taxonomy: DETAILS, meaning: "the creditor's account is of the wrong type" },
  AC15: { taxonomy: DETAILS, meaning: 'the account has moved' },
  AC16: { taxonomy: DETAILS, meaning: 'the card number is wrong' },
  AG01: { taxonomy: REJECTED, meaning: 'transactions of this kind are forbidden on the account' },
  AG02: { taxonomy: REJECTED, meaning: 'the bank operation code is not valid' },
  AG03: { taxonomy: REJECTED, meaning: 'transactions of this kind are not supported' },
  AG09: { taxonomy: OUTAGE, meaning: 'the payment was not received' },
  AG10: { taxonomy: OUTAGE, meaning: 'a bank of the chain is suspended' },
  AG11: { taxonomy: OUTAGE, meaning: "the creditor's bank is suspended" },
  AM01: { taxonomy: REJECTED, meaning: 'the amount is zero' },
  AM02: { taxonomy: HELD, meaning: 'the amount is larger than allowed' },
  AM03: { taxonomy: CURRENCY, meaning: 'the currency is not processed' },
  AM04: { taxonomy: REJECTED, meaning: 'insufficient funds' },
  AM05: { taxonomy: DUPLICATE, meaning: 'the bank takes it for a duplicate' },
  AM06: { taxonomy: REJECTED, meaning: 'the amount is less than allowed' },
  AM07: { taxonomy: HELD, meaning: 'the amount is blocked' },
  AM09: { taxonomy: REJECTED, meaning: 'the amount is not the agreed one' },
  AM10: { taxonomy: 'reconciliation.amount-break', meaning: 'the control sum is wrong' },
  AM11: { taxonomy: CURRENCY, meaning: 'the currency of the payment is wrong or missing' },
  AM12: { taxonomy: INVALID, meaning: 'the amount is wrong or missing' },
  AM13: { taxonomy: HELD, meaning: 'the amount is above the limit of the clearing system' },
  AM14: { taxonomy: HELD, meaning: 'the amount is above an agreed limit' },
  AM18: { taxonomy: 'reconciliation.count-break', meaning: 'the number of transactions is wrong' },
  AM19: { taxonomy: 'reconciliation.count-break', meaning: 'the number of transactions of the group is wrong' },
  AM20: { taxonomy: 'reconciliation.amount-break', meaning: 'the control sum of the group is wrong' },
  AM21: { taxonomy: HELD, meaning: 'the amount is above the limit of the client' },
  AM23: { taxonomy: HELD, meaning: 'the amount is above the settlement limit' },
  BE01: { taxonomy: REJECTED, meaning: "the customer's identification does not fit the account" },
  BE04: { taxonomy: MISSING, meaning: "the creditor's address is missing" },
  BE05: { taxonomy: REJECTED, meaning: 'the party that initiated it is not known' },
  BE06: { taxonomy: REJECTED, meaning: 'the end customer is not known' },
  BE07: { taxonomy: MISSING, meaning: "the debtor's address is missing" },
  BE08: { taxonomy: MISSING, meaning: "the debtor's name is missing" },
  BE09: { taxonomy: INVALID, meaning: 'a country code is wrong' },
  BE10: { taxonomy: INVALID, meaning: "the debtor's country is wrong or missing" },
  BE11: { taxonomy: INVALID, meaning: "the creditor's country is wrong or missing" },
  BE15: { taxonomy: INVALID, meaning: 'an identification code is wrong or missing' },
  BE16: { taxonomy: INVALID, meaning: "the debtor's identification code is wrong or missing" },
  BE17: { taxonomy: INVALID, meaning: "the creditor's identification code is wrong or missing" },
  BE22: { taxonomy: MISSING, meaning: "the creditor's name is missing" },
  CH03: { taxonomy: INVALID, meaning: 'the requested date is too far ahead' },
  CH11: { taxonomy: INVALID, meaning: 'the creditor identifier is wrong' },
  CNOR: { taxonomy: DETAILS, meaning: "the creditor's bank is not registered" },
  CURR: { taxonomy: CURRENCY, meaning: 'the currency of the payment is wrong' },
  CUST: { taxonomy: REJECTED, meaning: 'asked for by the debtor' },
  DNOR: { taxonomy: DETAILS, meaning: "the debtor's bank is not registered" },
  DS01: { taxonomy: SIGNATURE, meaning: 'the electronic signature is not accepted' },
  DS02: { taxonomy: SIGNATURE, meaning: 'the order was cancelled by its signers' },
  DS03: { taxonomy: SIGNATURE, meaning: 'the order was not signed in time' },
  DS0A: { taxonomy: SIGNATURE, meaning: 'further signatures are needed' },
  DS0B: { taxonomy: SIGNATURE, meaning: 'the signature of the file is wrong' },
  DS0C: { taxonomy: SIGNATURE, meaning: 'the signer is not known' },
  DS0D: { taxonomy: SIGNATURE, meaning: "the signer's certificate is not valid" },
  DS0E: { taxonomy: SIGNATURE, meaning: 'the certificate was revoked' },
  DS0F: { taxonomy: SIGNATURE, meaning: 'the certificate does not exist' },
  DS0H: { taxonomy: SIGNATURE, meaning: 'the signer may not sign for the account' },
  DT01: { taxonomy: DATE, meaning: 'the date is not valid' },
  DT02: { taxonomy: INVALID, meaning: 'the creation time is wrong' },
  DT03: { taxonomy: DATE, meaning: 'the date is no business day' },
  DT04: { taxonomy: INVALID, meaning: 'dates in the future are not taken' },
  DT05: { taxonomy: 'timing-and-sequence.missed-cut-off', meaning: 'the date does not fit the cut-off' },
  DT06: { taxonomy: REJECTED, meaning: 'the date of execution was changed' },
  DU01: { taxonomy: DUPLICATE, meaning: 'the message id is a duplicate' },
  DU02: { taxonomy: DUPLICATE, meaning: 'the payment information id is a duplicate' },
  DU03: { taxonomy: DUPLICATE, meaning: 'the transaction is a duplicate' },
  DU04: { taxonomy: DUPLICATE, meaning: 'the end-to-end id is a duplicate' },
  DU05: { taxonomy: DUPLICATE, meaning: 'the instruction id is a duplicate' },
  DUPL: { taxonomy: DUPLICATE, meaning: 'a duplicate payment' },
  ED05: { taxonomy: OUTAGE, meaning: 'the settlement failed' },
  FF01: { taxonomy: INVALID, meaning: 'the file format is not valid' },
  FF02: { taxonomy: INVALID, meaning: 'the format is not valid' },
  FF03: { taxonomy: INVALID, meaning: 'the payment type is not valid' },
  FF05: { taxonomy: INVALID, meaning: 'the local instrument is not valid' },
  FF07: { taxonomy: INVALID, meaning: 'the purpose is not valid' },
  FF08: { taxonomy: INVALID, meaning: 'the end-to-end id is wrong or missing' },
  FOCR: { taxonomy: REJECTED, meaning: 'returned after a cancellation request' },
  FR01: { taxonomy: HELD, meaning: 'suspected fraud' },
  FRAD: { taxonomy: HELD, meaning: 'suspected fraud' },
  FRNA: { taxonomy: HELD, meaning: 'suspected fraud, the payment is held' },
  LEGL: { taxonomy: HELD, meaning: 'a decision of law' },
  MD01: { taxonomy: REJECTED, meaning: 'there is no valid mandate' },
  MD02: { taxonomy: MISSING, meaning: 'information of the mandate is missing' },
  MD05: { taxonomy: REJECTED, meaning: 'the collection is not due' },
  MD06: { taxonomy: REJECTED, meaning: 'the debtor demands a refund' },
  MD07: { taxonomy: REJECTED, meaning: 'the debtor is deceased' },
  MS02: { taxonomy: REJECTED, meaning: 'refused by the customer, no reason given' },
  MS03: { taxonomy: REJECTED, meaning: 'refused by the bank, no reason given' },
  NARR: { taxonomy: REJECTED, meaning: 'the reason is given in words' },
  NOAS: { taxonomy: REJECTED, meaning: 'the beneficiary did not answer' },
  NOCM: { taxonomy: REJECTED, meaning: "the customer's account does not meet the terms" },
  RC01: { taxonomy: DETAILS, meaning: 'the bank identifier is wrong' },
  RC03: { taxonomy: DETAILS, meaning: "the debtor's bank identifier is wrong or missing" },
  RC04: { taxonomy: DETAILS, meaning: "the creditor's bank identifier is wrong or missing" },
  RC06: { taxonomy: DETAILS, meaning: "the debtor's BIC is wrong or missing" },
  RC07: { taxonomy: DETAILS, meaning: "the creditor's BIC is wrong or missing" },
  RF01: { taxonomy: DUPLICATE, meaning: 'the transaction reference is not unique' },
  RR01: {
    taxonomy: MISSING,
    meaning: "the debtor's account or identification is missing, as a regulation asks for it",
  },
  RR02: { taxonomy: MISSING, meaning: "the debtor's name or address is missing, as a regulation asks for it" },
  RR03: { taxonomy: MISSING, meaning: "the creditor's name or address is missing, as a regulation asks for it" },
  RR04: { taxonomy: HELD, meaning: 'a regulatory reason' },
  RR05: { taxonomy: MISSING, meaning: 'a regulatory report is wrong or missing' },
  RR06: { taxonomy: MISSING, meaning: 'tax information is wrong or missing' },
  RR07: { taxonomy: MISSING, meaning: 'the remittance information does not fit' },
  RR10: { taxonomy: INVALID, meaning: 'a character is not taken' },
  RR12: { taxonomy: INVALID, meaning: 'the identification does not fit' },
  SL01: { taxonomy: REJECTED, meaning: 'a service that the debtor agreed with the bank' },
  SL11: { taxonomy: REJECTED, meaning: "the creditor is not on the debtor's list of those allowed" },
  SL12: { taxonomy: REJECTED, meaning: "the creditor is on the debtor's list of those barred" },
  SL13: { taxonomy: HELD, meaning: 'more than the debtor allows' },
  SL14: { taxonomy: HELD, meaning: 'more than the debtor allows in a period' },
  TECH: { taxonomy: OUTAGE, meaning: 'a technical problem' },
  TM01: { taxonomy: 'timing-and-sequence.missed-cut-off', meaning: 'received after the cut-off' },
  TS01: { taxonomy: OUTAGE, meaning: 'the transmission was aborted' },
  TS04: { taxonomy: INVALID, meaning: 'a document stands in the place of an order' },
  UPAY: { taxonomy: REJECTED, meaning: 'the payment is not justified' },
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
