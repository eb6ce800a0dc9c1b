import { type Money, addMoney, compareMoney, isZero } from '@throughline/canonical';
import type { XmlTree } from '../../packs/xml-tree.js';
import { attributeAt, nodesAt, textAt } from '../iso20022/tree-path.js';
import { moneyOf } from './record-draft.js';

const KINDS = ['InstdAmt', 'TxAmt', 'CntrValAmt'];

/**
 * What an entry and its only transaction say of the way to the booked amount: the amount that was instructed in another
 * currency, the rate, and the charges. None of it is the amount of the entry.
 */
export function amountAttributes(entry: XmlTree, only: XmlTree | undefined): Record<string, string | undefined> {
  const trees = [only, entry].filter((tree) => tree !== undefined);
  const currency = attributeAt(entry, 'Ccy', 'Amt');
  return {
    instructedAmount: firstOf(trees, (tree) => otherAmount(tree, currency)),
    exchangeRate: firstOf(trees, (tree) =>
      firstOf(KINDS, (kind) => textAt(tree, 'AmtDtls', kind, 'CcyXchg', 'XchgRate')),
    ),
    charges: firstOf(trees, chargesOf),
  };
}

/** How a payment became the booked amount: what was paid, what of that the entry books, and what explains that they differ. */
export type WayToEntry = {
  paid: Money | undefined;
  booked: Money | undefined;
  explained: readonly { qualifier: 'charges' | 'converts'; amount: Money }[];
};

/** A transaction of an entry, and what is said of its amount: in the transaction, and by the entry where it is the only one. */
export type AmountsOfDetail = { detail: XmlTree; amount: Money | undefined; ofEntry: Money | undefined };

/**
 * The way of a transaction into its entry. Charges explain something only where they are what lies between the amount of the
 * transaction and the amount that was booked: taken from money that comes in, put on top of money that goes out.
 */
export function wayToEntry(
  { detail, amount, ofEntry }: AmountsOfDetail,
  entry: XmlTree | undefined,
  isCredit: boolean,
): WayToEntry {
  const instructed = amountAt(detail, 'AmtDtls', 'InstdAmt', 'Amt');
  const isConverted = amount !== undefined && instructed !== undefined && instructed.currency !== amount.currency;
  const converted = isConverted ? [{ qualifier: 'converts' as const, amount: instructed }] : [];
  const paid = amountAt(detail, 'AmtDtls', 'TxAmt', 'Amt') ?? amount;
  const booked = ofEntry ?? amount;
  if (amount !== undefined && ofEntry !== undefined && amount.currency !== ofEntry.currency)
    return foreignWay(amount, ofEntry, [detail, ...(entry === undefined ? [] : [entry])], isCredit);
  const fee = feeOf(detail) ?? (ofEntry === undefined || entry === undefined ? undefined : feeOf(entry));
  if (booked === undefined || paid === undefined || fee === undefined || isZero(fee))
    return { paid: amount, booked: amount, explained: converted };
  const charged = [{ qualifier: 'charges' as const, amount: fee }, ...converted];
  if (isCredit && isSum(paid, booked, fee)) return { paid, booked, explained: charged };
  if (!isCredit && isSum(booked, paid, fee)) return { paid, booked: paid, explained: charged };
  return { paid: amount, booked: amount, explained: converted };
}

/**
 * A transaction in another currency than its entry, as most banks send it: what it was converted to is its counter value, else
 * what was booked.
 */
function foreignWay(amount: Money, booked: Money, trees: readonly XmlTree[], isCredit: boolean): WayToEntry {
  const values = trees.flatMap((tree) => amountAt(tree, 'AmtDtls', 'CntrValAmt', 'Amt') ?? []);
  const value = values.find(({ currency }) => currency === booked.currency) ?? booked;
  const fee = trees.flatMap((tree) => feeOf(tree) ?? [])[0];
  const isCharged = fee !== undefined && (isCredit ? isSum(value, booked, fee) : isSum(booked, value, fee));
  return {
    paid: amount,
    booked: amount,
    explained: [
      ...(isCharged && !isZero(fee) ? [{ qualifier: 'charges' as const, amount: fee }] : []),
      { qualifier: 'converts', amount: value },
    ],
  };
}

/** The total of the charges, or the only one; undefined where the bank gave some back. */
function feeOf(detail: XmlTree): Money | undefined {
  const groups = nodesAt(detail, 'Chrgs');
  const records = groups.flatMap((group) => [group, ...nodesAt(group, 'Rcrd')]);
  if (records.some((record) => textAt(record, 'CdtDbtInd') === 'CRDT')) return undefined;
  const totals = groups.flatMap((group) => amountAt(group, 'TtlChrgsAndTaxAmt') ?? []);
  const singles = records.flatMap((record) => amountAt(record, 'Amt') ?? []);
  const stated = totals.length > 0 ? totals : singles;
  return stated.length === 1 ? stated[0] : undefined;
}

function amountAt(tree: Parameters<typeof textAt>[0], ...path: string[]): Money | undefined {
  return moneyOf(textAt(tree, ...path), attributeAt(tree, 'Ccy', ...path)).amount;
}

function isSum(whole: Money, part: Money, other: Money): boolean {
  const isOneCurrency = whole.currency === part.currency && part.currency === other.currency;
  return isOneCurrency && compareMoney(whole, addMoney(part, other)) === 0;
}

/** The instructed amount where it is in another currency than the account. */
function otherAmount(tree: XmlTree, currency: string | undefined): string | undefined {
  const amount = textAt(tree, 'AmtDtls', 'InstdAmt', 'Amt');
  const own = attributeAt(tree, 'Ccy', 'AmtDtls', 'InstdAmt', 'Amt');
  return amount === undefined || own === undefined || own === currency ? undefined : `${amount} ${own}`;
}

/** The total where it is stated, else the single charges: in records since version 04, repeated elements before. */
function chargesOf(tree: XmlTree): string | undefined {
  const at = (node: Parameters<typeof textAt>[0], name: string): string[] => {
    const amount = textAt(node, name);
    return amount === undefined ? [] : [`${amount} ${attributeAt(node, 'Ccy', name) ?? ''}`.trim()];
  };
  const groups = nodesAt(tree, 'Chrgs');
  const total = groups.flatMap((group) => at(group, 'TtlChrgsAndTaxAmt'));
  const single = groups.flatMap((group) => [group, ...nodesAt(group, 'Rcrd')].flatMap((one) => at(one, 'Amt')));
  const stated = total.length > 0 ? total : single;
  return stated.length === 0 ? undefined : stated.slice(0, 20).join(', ');
}

function firstOf<T>(values: readonly T[], read: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const found = read(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
