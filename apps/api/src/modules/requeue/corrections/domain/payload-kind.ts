import { compareMoney, parseMoney, type PointerPath } from '@throughline/canonical';
import {
  holdsAccount,
  LOCKED_IN_PAYMENTS,
  movesNothing,
  rolesOf,
  SOURCE_FIRST_IN_POSTINGS,
  type FieldRole,
} from './field-roles.js';
import { isList, isObject, isScalar, scalarText, type JsonTree } from './json-tree.js';

/** What the mapping read out of the payload and its object. */
export type MappedFacts = {
  objectType: string;
  objectKey: string;
  amount: string | null;
  currency: string | null;
  counterparty: string | null;
  /** Every value by which the object is known. */
  aliases: readonly string[];
};

/** Documents that move money when somebody carries them out. */
const PAYMENTS: ReadonlySet<string> = new Set(['payment', 'payment-batch', 'refund']);
/** Documents that are posted to a ledger. */
const POSTINGS: ReadonlySet<string> = new Set([
  'journal-entry',
  'invoice',
  'credit-memo',
  'supplier-invoice',
  'expense-report',
  'revenue-schedule',
  'billing-schedule',
  'goods-receipt',
  'settlement',
  'bank-entry',
  'tax-determination',
  'actuals-batch',
]);
/** Members that only payment instructions have, by their names without punctuation and case. */
const OF_PAYMENTS = /^(?:cstmrcdttrfinitn|cstmrdrctdbtinitn|pmtinf|cdttrftxinf|drctdbttxinf|endtoendid)$/;

/** One of these words is in every text that holds an order to pay, in any case. */
export const PAYMENT_WORDS = 'CstmrCdtTrfInitn|CstmrDrctDbtInitn|PmtInf|CdtTrfTxInf|DrctDbtTxInf';
/** The same in a text: a payment file as XML, or JSON within JSON. */
const PAYMENT_IN_TEXT = new RegExp(String.raw`[<":](?:${PAYMENT_WORDS})\\?["\s/>]`, 'i');
/** A document in a single value: XML, JSON, or the fields of a SWIFT message. */
const DOCUMENT_IN_TEXT = /^\s*(?:[<{]|:\d{2}[A-Z]?:)/;

export type PayloadKind = 'payment' | 'posting' | 'other';

/** Whose rules hold for a payload: by its object, and by its own form whatever object it was about. */
export function payloadKind(objectType: string, payload: JsonTree): PayloadKind {
  if (PAYMENTS.has(objectType) || hasFormOfPayment(payload)) return 'payment';
  return POSTINGS.has(objectType) ? 'posting' : 'other';
}

/** Found once of a payload, however many of its places are asked about; trees never change. */
const forms = new WeakMap<object, boolean>();

function hasFormOfPayment(payload: JsonTree): boolean {
  if (typeof payload !== 'object' || payload === null) return hasMember(payload, OF_PAYMENTS);
  const known = forms.get(payload) ?? hasMember(payload, OF_PAYMENTS);
  forms.set(payload, known);
  return known;
}

function hasMember(tree: JsonTree, name: RegExp): boolean {
  if (isList(tree)) return tree.some((element) => hasMember(element, name));
  if (!isObject(tree)) return typeof tree === 'string' && isPaymentText(tree);
  return [...tree].some(
    ([key, member]) => name.test(key.toLowerCase().replace(/[^a-z0-9]/g, '')) || hasMember(member, name),
  );
}

/** Whether a text, the whole payload or a value in it, holds an order to pay by its form. */
export function isPaymentText(text: string): boolean {
  return PAYMENT_IN_TEXT.test(text);
}

/** Whether a place of a payment instruction is known to move no money, whatever is written there. */
export function isFreeInPayment(path: PointerPath, value: JsonTree | undefined): boolean {
  return movesNothing(path) && !(typeof value === 'string' && DOCUMENT_IN_TEXT.test(value));
}

/** Which role of a payment instruction a place has that nobody changes here; undefined = none. */
export function lockedRole(path: PointerPath, value: JsonTree | undefined, facts: MappedFacts): FieldRole | undefined {
  const roles = rolesOf(path);
  return LOCKED_IN_PAYMENTS.find((role) => roles.has(role)) ?? mappedRole(value, facts);
}

/** Which role of a posting a place has that is put right at its source; undefined = none. */
export function sourceFirstRole(path: PointerPath): FieldRole | undefined {
  const roles = rolesOf(path);
  return SOURCE_FIRST_IN_POSTINGS.find((role) => roles.has(role));
}

/** What the mapping took a value for, whatever its member is called. */
function mappedRole(value: JsonTree | undefined, facts: MappedFacts): FieldRole | undefined {
  if (value === undefined || !isScalar(value)) return undefined;
  const text = scalarText(value).trim();
  if (holdsAccount(text)) return 'account';
  if (isSameNumber(text, facts.amount)) return 'amount';
  if (text === facts.currency) return 'currency';
  if (text === facts.counterparty) return 'beneficiary';
  return isOwnNumber(text, facts) ? 'identifier' : undefined;
}

/** Whether a value is the number by which the document itself is known. */
export function isOwnNumber(text: string, { objectKey, aliases }: MappedFacts): boolean {
  return text !== '' && (text === objectKey || aliases.includes(text));
}

function isSameNumber(left: string, right: string | null): boolean {
  const [one, other] = [parseMoney(left, 'EUR'), parseMoney(right, 'EUR')];
  return one.ok && other.ok && compareMoney(one.value, other.value) === 0;
}
