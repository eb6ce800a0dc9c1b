import { compareMoney, type Money } from '@throughline/canonical';
import { moneyOf, type StoredException } from '../../exceptions/index.js';
import { countedOnce, type Held } from './counted-once.js';

/** Money of a part of a plan in one currency of one legal entity. */
export type PlanSum = {
  legalEntity: string | null;
  currency: string;
  inflow: string;
  outflow: string;
  /** Objects. */
  count: number;
};

type Summed = Pick<StoredException, 'objectId' | 'legalEntity' | 'amount' | 'currency' | 'direction'> & Held;
type OfObject = Held & { legalEntity: string | null; direction: string | null; money: Money };

/**
 * Sums per legal entity and currency; an object counts once, with the most that is told of it, and with what holds its money. Inflow is
 * never netted with outflow.
 */
export function planSums(exceptions: readonly Summed[]): PlanSum[] {
  const objects = new Map<string, OfObject>();
  for (const { objectId, legalEntity, amount, currency, direction, moneyPartId, moneyWholeId } of exceptions) {
    const money = moneyOf(amount, currency);
    const known = objects.get(objectId)?.money;
    // its exceptions may say different money
    if (money === null || (known && (known.currency !== money.currency || compareMoney(known, money) >= 0))) continue;
    const held = { objectId, moneyPartId: moneyPartId ?? null, moneyWholeId: moneyWholeId ?? null };
    objects.set(objectId, { ...held, legalEntity, direction, money });
  }
  type Group = { legalEntity: string | null; currency: string; inflow: OfObject[]; outflow: OfObject[] };
  const groups = new Map<string, Group>();
  for (const one of objects.values()) {
    const { legalEntity, direction, money } = one;
    const key = JSON.stringify([legalEntity, money.currency]);
    const group = groups.get(key) ?? { legalEntity, currency: money.currency, inflow: [], outflow: [] };
    groups.set(key, group);
    (direction === 'outflow' ? group.outflow : group.inflow).push(one);
  }
  return [...groups.values()]
    .map(({ legalEntity, currency, inflow, outflow }) => ({
      legalEntity,
      currency,
      inflow: countedOnce(inflow, currency).amount,
      outflow: countedOnce(outflow, currency).amount,
      count: inflow.length + outflow.length,
    }))
    .sort((left, right) => keyOf(left).localeCompare(keyOf(right)));
}

function keyOf({ legalEntity, currency }: PlanSum): string {
  return `${legalEntity ?? ''} ${currency}`;
}
