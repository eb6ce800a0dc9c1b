import { type Direction, type Money, isUsableAliasValue } from '@throughline/canonical';
import { returnNames } from '../../mapping/return-names.js';
import type { AccountKey } from '../account-key.js';
import { reasonOf } from './bank-reasons.js';
import { BANK_SYSTEM, directionOf, type DraftActivity, type DraftKey, type DraftObject } from './record-draft.js';

/** An entry that takes a payment back, whatever format tells of it. */
export type ReturningEntry = {
  /** All its names: a return and a payment that are known by it alone have one by each of them. */
  keys: readonly DraftKey[];
  direction: Direction;
  /** Value date; undefined = none that exists was said. */
  valueOn: string | undefined;
};

export type DraftLink = NonNullable<DraftActivity['links']>[number];

/** What a bank says of why a payment came back. */
export type ReturnReason = { code: string | undefined; said: string };

/**
 * The name of an entry that takes a payment back which all formats give it: a camt entry is known by account and reference alone
 * and one of MT940 or BAI2 by more than these, so that the two would be two entries with a return each. Of other entries these
 * names are kept apart, since a bank's reference is not unique.
 */
export function returningEntryKey(entry: {
  account: AccountKey | undefined;
  reference: string | undefined;
  isCredit: boolean;
  amount: Money | undefined;
  valueOn: string | undefined;
  /** How often the file had the reference before, from 1. */
  occurrence: number;
}): DraftKey[] {
  const { account, reference, isCredit, amount, valueOn, occurrence } = entry;
  if (account === undefined || amount === undefined || valueOn === undefined) return [];
  if (reference === undefined || !isUsableAliasValue(reference)) return [];
  const scope = `${account.value}/${valueOn}/${isCredit ? 'C' : 'D'}${amount.amount} ${amount.currency}`;
  return [
    { kind: 'returning-entry', scope: occurrence > 1 ? `${scope}#${occurrence}` : scope, value: reference.trim() },
  ];
}

/** The payment of an entry that is known by the entry alone, by its place in it from 1. */
export function paymentOfEntryKeys(entry: Pick<ReturningEntry, 'keys'>, place: number): DraftKey[] {
  return entry.keys.map((key) => ({ kind: OF_ENTRY, scope: identityOf(key), value: `transaction ${place}` }));
}

const OF_ENTRY = 'entry-transaction';

/**
 * Money that comes back is not the payment booked once more: it is a return, and that is what the entry books. It is known by its
 * entry, and by each name of the payment with amount and value date.
 */
export function returnObject(
  entry: ReturningEntry,
  payment: Pick<DraftObject, 'keys'> | undefined,
  index: number,
  amount: Money | undefined,
  counterparty?: string,
): DraftObject {
  const { keys, direction, valueOn } = entry;
  // Further ones of a batch booking by their place.
  const place = index === 0 ? '' : `/${index + 1}`;
  const ofEntry = keys.map((key) => ({
    kind: 'entry-return',
    scope: identityOf(key),
    value: `${key.value ?? ''}${place}`,
  }));
  const named = (payment?.keys ?? []).flatMap(({ kind, scope = '', value, system = BANK_SYSTEM }) =>
    value === undefined || kind === OF_ENTRY ? [] : [{ system, kind, scope, value }],
  );
  const ofPayment = returnNames(named, amount, valueOn);
  return { ref: `return ${index}`, type: 'return', keys: [...ofEntry, ...ofPayment], amount, direction, counterparty };
}

/** The return takes back, and is booked. */
export function returnLinks(payment: string, { ref, amount }: DraftObject): DraftLink[] {
  return [
    { from: payment, to: ref!, qualifier: 'returns', amount },
    { from: ref!, to: 'entry', qualifier: 'books', amount },
  ];
}

/**
 * That a payment came back is a fact, which undoes that it was received and applied, and a problem. A payment that is known by
 * this entry alone has its amount, and had gone the other way. `known`: as the entry names it, whose return the entry tells.
 */
export function returned(
  { code, said }: ReturnReason,
  known: DraftObject | undefined,
  entry: ReturningEntry,
  subject: DraftObject,
  attributes: Record<string, string | undefined> = {},
): DraftActivity[] {
  const keys = known?.keys ?? paymentOfEntryKeys(entry, 1);
  const isKnownElsewhere = keys.some(({ kind }) => kind !== OF_ENTRY);
  const payment: DraftObject = {
    ...(known ?? { ref: 'payment', type: 'payment', attributes }),
    keys,
    ...(!isKnownElsewhere && { amount: subject.amount, direction: directionOf(entry.direction === 'outflow') }),
  };
  const entryObject: DraftObject = { ref: 'entry', type: 'bank-entry', keys: subject.keys, qualifier: 'related' };
  // Of a payment that is known elsewhere the entry itself says what came back.
  const back = known === undefined ? returnObject(entry, undefined, 0, subject.amount) : undefined;
  const fact: DraftActivity = {
    type: 'payment.returned',
    objects: [payment, entryObject, ...(back === undefined ? [] : [back])],
    links: back === undefined ? [] : returnLinks(payment.ref!, back),
  };
  const message = said === '' ? `returned${code === undefined ? '' : ` (${code})`}: ${reasonOf(code).meaning}` : said;
  const problem = { taxonomy: 'cash-and-payment.returned', discriminators: { reason: code ?? '' }, message };
  return [fact, { type: 'payment.failed', objects: [payment, entryObject], problem }];
}

/** A key in one text, for what is known by it alone. */
export function identityOf({ kind, scope, value }: DraftKey): string {
  return `${kind}/${scope ?? ''}/${value ?? ''}`.slice(0, 256);
}
