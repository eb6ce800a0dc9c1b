import {
  convertMoney,
  ECB_REFERENCE_RATES,
  TECHNICAL_TYPES,
  toMinorUnits,
  type Money,
  type RateLookup,
} from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { loadRates } from '../../catalog/index.js';
import { findMoneyPlaces } from '../../lineage/index.js';
import { moneyOf } from '../domain/open-amount.js';
import { REPORTING_CURRENCY, type UrgencyFacts } from '../domain/priority.js';
import { routeException, type RoutedFacts } from '../domain/routing.js';
import { assignByRule } from '../domain/rule-assignment.js';
import { statutoryKindOf } from '../domain/statutory.js';
import type { ProblemFact, RatedProblem } from '../domain/stored-exception.js';
import { WAITED_FOR } from '../domain/waiting-money.js';
import { loadWorkers } from '../people/workers.js';
import { listRoutingRules } from '../routing-rule.repository.js';
import { loadUrgency, type SubjectUrgency } from '../urgency.repository.js';

/** What of a problem, or of the exception that tells it, is rated and routed. */
export type Rateable = Pick<
  ProblemFact,
  | 'objectId'
  | 'objectType'
  | 'hop'
  | 'taxonomy'
  | 'integration'
  | 'legalEntity'
  | 'amount'
  | 'currency'
  | 'lastOccurredAt'
>;

export type Rated<T> = T & Pick<RatedProblem, 'urgency' | 'route' | 'assignment'>;

/**
 * Rates and routes problems, and says where their money is held: due times, what they hold up, the rates of all and the rules are read
 * once for all of them.
 */
export async function rateProblems<T extends Rateable>(tx: Tx, problems: readonly T[], now: Date): Promise<Rated<T>[]> {
  if (problems.length === 0) return [];
  const urgencies = await loadUrgency(tx, problems, now);
  const places = await findMoneyPlaces(
    tx,
    problems.map(({ objectId }) => objectId),
  );
  const rateOf = await loadRates(tx, ECB_REFERENCE_RATES, problems.flatMap(rateNeeds));
  const ownRules = await listRoutingRules(tx);
  const workers = ownRules.some(({ personId }) => personId !== undefined) ? await loadWorkers(tx, now) : null;
  return problems.map((problem) => {
    const urgency = urgencyOf(problem, urgencies.get(problem.objectId), rateOf);
    const facts: RoutedFacts = { ...factsOf(problem), reportingMinor: urgency.reportingMinor };
    const route = routeException(facts, ownRules);
    const rated = { ...problem, ...places.get(problem.objectId), urgency, route };
    return workers === null || route.personId === undefined
      ? rated
      : { ...rated, assignment: assignByRule(route.personId, route.queue, workers, now) };
  });
}

function factsOf({ taxonomy, objectType, legalEntity, integration, hop }: Rateable) {
  return { taxonomy, objectType, legalEntity, integration, hop };
}

function urgencyOf(problem: Rateable, subject: SubjectUrgency | undefined, rateOf: RateLookup): UrgencyFacts {
  const money = moneyOf(problem.amount, problem.currency);
  const converted = money === null ? null : inReportingCurrency(money, dayOf(problem), rateOf);
  return {
    reportingMinor: converted?.toString() ?? null,
    isMoneyUnknown: money === null ? isMoneyHeldBy(problem.objectType) : converted === null,
    nextDueAt: subject?.nextDueAt ?? null,
    nextDueStep: subject?.nextDueStep ?? null,
    missedDueAt: subject?.missedDueAt ?? null,
    missedDueStep: subject?.missedDueStep ?? null,
    blocks: subject?.blocks ?? 0,
    statutory: statutoryKindOf({
      objectType: problem.objectType,
      purposes: subject?.purposes ?? [],
      integration: problem.integration,
      hop: problem.hop,
    }),
  };
}

/** Whether something of this type that shows no amount may hold money all the same: where none waits for it, it shows 0. */
function isMoneyHeldBy(objectType: string): boolean {
  return TECHNICAL_TYPES.has(objectType) || WAITED_FOR.has(objectType);
}

/** The rate of the day of the last failure: today's would change the order of the inbox every morning. */
function dayOf({ lastOccurredAt }: Rateable): string {
  return lastOccurredAt.toISOString().slice(0, 10);
}

function rateNeeds(problem: Rateable): { currency: string; date: string }[] {
  const money = moneyOf(problem.amount, problem.currency);
  if (money === null || money.currency === REPORTING_CURRENCY) return [];
  return [money.currency, REPORTING_CURRENCY].map((currency) => ({ currency, date: dayOf(problem) }));
}

/** The largest that fits the column; more than that is a mistake of its source, and large enough. */
const MOST_MINOR = 2n ** 63n - 1n;

function inReportingCurrency(money: Money, day: string, rateOf: RateLookup): bigint | null {
  const result = convertMoney(money, REPORTING_CURRENCY, ECB_REFERENCE_RATES, day, rateOf);
  if (!result.ok) return null;
  const minor = toMinorUnits(result.amount);
  return minor > MOST_MINOR ? MOST_MINOR : minor;
}
