import type { ObjectType } from '@throughline/canonical';

/** Instructions that move money. */
export const MOVES_MONEY: ReadonlySet<string> = new Set<ObjectType>(['payment', 'payment-batch', 'refund']);

/**
 * Whether sending it again moves money. Then two people are needed, one of them in the treasury role, and no date that has passed is
 * overlooked: no rule, no limit and no emergency sets that aside.
 */
export function needsTreasury(objectType: string): boolean {
  return MOVES_MONEY.has(objectType);
}
