import { type Direction, type Money, money } from '@throughline/canonical';
import type { MoneyLink, MoneyNode } from '../money/money-flows.js';
import { at } from './activity-builder.js';

/** "970.00 EUR"; null stays null. */
export function amountOf(text: string | null): Money | null {
  if (text === null) return null;
  const [amount = '', currency = ''] = text.split(' ');
  return money(amount, currency);
}

/** An object of a money case: its name is "type name", e.g. "invoice 9001". */
export type NodeDraft = {
  amount?: string;
  entity?: string;
  direction?: Direction;
  isSettled?: boolean;
  /** "09:30": it was cancelled or rejected then. */
  undone?: string;
};

/** A link of a money case: "payment P1 settles invoice I1" is ['invoice I1', 'settles', 'payment P1', '970.00 EUR']. */
export type LinkDraft = readonly [from: string, qualifier: string, to: string, amount?: string];

/** Nodes by name; an empty draft has no amount. */
export function moneyNodes(drafts: Readonly<Record<string, NodeDraft>>): Map<string, MoneyNode> {
  return new Map(
    Object.entries(drafts).map(([name, draft]) => [
      name,
      {
        objectId: name,
        type: name.split(' ')[0]!,
        legalEntity: draft.entity ?? null,
        amount: amountOf(draft.amount ?? null),
        direction: draft.direction ?? null,
        isSettled: draft.isSettled ?? false,
        undoneAt: draft.undone === undefined ? null : at(draft.undone),
      },
    ]),
  );
}

/** Links, each a minute after the one before. */
export function moneyLinks(drafts: readonly LinkDraft[]): MoneyLink[] {
  return drafts.map(([fromObjectId, qualifier, toObjectId, amount], index) => ({
    fromObjectId,
    toObjectId,
    qualifier,
    amount: amountOf(amount ?? null),
    firstOccurredAt: at(`08:${String(index).padStart(2, '0')}`),
    establishedAt: at(`08:${String(index).padStart(2, '0')}`),
  }));
}
