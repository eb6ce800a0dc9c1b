import { compareMoney, sumMoney, type Money } from '@throughline/canonical';
import { moneyOf, type StoredException } from '../../exceptions/index.js';

/** Money of a part of a plan in one currency of one legal entity. */
export type PlanSum = {
  legalEntity: string | null;
  currency: string;
  inflow: string;
  outflow: string;
  /** Objects. */
  count: number;
};

type Summed = Pick<StoredException, 'objectId' | 'legalEntity' | 'amount' | 'currency' | 'direction'>;

/** Sums per legal entity and currency; an object counts once, with the most that is told of it, and inflow is never netted with outflow. */
export function planSums(exceptions: readonly Summed[]): PlanSum[] {
  const objects = new Map<string, { legalEntity: string | null; direction: string | null; money: Money }>();
  for (const { objectId, legalEntity, amount, currency, direction } of exceptions) {
    const money = moneyOf(amount, currency);
    const known = objects.get(objectId)?.money;
    // its exceptions may say different money
    if (money === null || (known && (known.currency !== money.currency || compareMoney(known, money) >= 0))) continue;
    objects.set(objectId, { legalEntity, direction, money });
  }
  const groups = new Map<string, { legalEntity: string | null; currency: string; inflow: Money[]; outflow: Money[] }>();
  for (const { legalEntity, direction, money } of objects.values()) {
    const key = JSON.stringify([legalEntity, money.currency]);
    const group = groups.get(key) ?? { legalEntity, currency: money.currency, inflow: [], outflow: [] };
    groups.set(key, group);
    (direction === 'outflow' ? group.outflow : group.inflow).push(money);
  }
  return [...groups.values()]
    .map(({ legalEntity, currency, inflow, outflow }) => ({
      legalEntity,
      currency,
      inflow: sumMoney(inflow, currency).amount,
      outflow: sumMoney(outflow, currency).amount,
      count: inflow.length + outflow.length,
    }))
    .sort((left, right) => keyOf(left).localeCompare(keyOf(right)));
}

function keyOf({ legalEntity, currency }: PlanSum): string {
  return `${legalEntity ?? ''} ${currency}`;
}
