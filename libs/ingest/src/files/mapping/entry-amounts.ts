import { type Money, sumMoney } from '@throughline/canonical';
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

/** What the bank took for an entry and its only transaction, in one currency; undefined where it does not say. */
export function chargesIn(entry: XmlTree, only: XmlTree): Money | undefined {
  const stated = [chargesOf(only), chargesOf(entry)].find((text) => text !== undefined)?.split(', ') ?? [];
  const amounts = stated.map((text) => moneyOf(...(text.split(' ') as [string, string?])).amount);
  const [first] = amounts;
  const isOfOneCurrency = amounts.every((amount) => amount !== undefined && amount.currency === first?.currency);
  return first === undefined || !isOfOneCurrency ? undefined : sumMoney(amounts as Money[], first.currency);
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
