import { fromMinorUnits, type Money } from '@throughline/canonical';
import { REPORTING_CURRENCY } from '../exceptions/index.js';
import type { RequeueSumType } from './graphql/plan.types.js';
import type { RequeuePlanType } from './graphql/requeue.types.js';
import type { PlanSum } from './domain/plan-sums.js';
import type { HashedPlan } from './usecases/read-plan.js';
import { toMoney } from '../../graphql/money.type.js';

/** A plan as the API shows it. */
export function toPlan({ sent, leftOut, ...plan }: HashedPlan): RequeuePlanType {
  return { ...plan, sent: sent.map(toSum), leftOut: leftOut.map(toSum) };
}

export function toSum({ currency, inflow, outflow, ...rest }: PlanSum): RequeueSumType {
  return { ...rest, inflow: toMoney(inflow, currency)!, outflow: toMoney(outflow, currency)! };
}

/** Cents of the reporting currency as money. */
export function reportingMoney(minor: string): Money {
  return fromMinorUnits(BigInt(minor), REPORTING_CURRENCY);
}
