import { subtractMoney, zeroMoney, type Money } from '@throughline/canonical';
import type { CompensationAction } from '@throughline/contracts';
import { moneyOf } from '../../../exceptions/index.js';
import type { PlanSum } from '../../domain/plan-sums.js';

/** What undoing a document does to the money of it: it is taken back. Telling of it moves none. Decimal text; null = not known. */
export function effectOn(action: CompensationAction, amount: string | null, currency: string | null): string | null {
  const money = moneyOf(amount, currency);
  if (money === null) return null;
  return action === 'notify' ? zeroMoney(money.currency).amount : turned(money).amount;
}

/** Sums of documents as what undoing them does. */
export function effectSums(action: CompensationAction, sums: readonly PlanSum[]): PlanSum[] {
  return sums.map((sum) => ({
    ...sum,
    inflow: effectOn(action, sum.inflow, sum.currency) ?? sum.inflow,
    outflow: effectOn(action, sum.outflow, sum.currency) ?? sum.outflow,
  }));
}

function turned(money: Money): Money {
  return subtractMoney(zeroMoney(money.currency), money);
}
