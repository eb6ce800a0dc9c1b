import { parseMoney, toMinorUnits } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { invalidIf, isFailure, recordAct, refuse, type CatalogAct, type CatalogFailure } from '../../catalog/index.js';
import { REPORTING_CURRENCY } from '../domain/priority.js';
import type { QueueName } from '../domain/queues.js';
import { faultsOfRules, type RoutingRule } from '../domain/routing.js';
import { whyCannotHold } from '../domain/rule-assignment.js';
import { loadWorkers } from '../people/workers.js';
import { lockRoutingRules, replaceRoutingRules } from '../routing-rule.repository.js';
import { refuseChanged, revisionOf } from '../settings-revision.js';

/** A rule as a person states it; the amount is decimal text in the reporting currency. */
export type StatedRule = Omit<RoutingRule, 'queue' | 'fromMinor'> & { queue: string; fromAmount: string | null };

/** More than anybody reads. */
const MOST_RULES = 200;
const MOST_VALUES = 200;

/** Rules as a person states them, or everything that is wrong with them. */
export function readRules(stated: readonly StatedRule[]): RoutingRule[] | CatalogFailure {
  if (stated.length > MOST_RULES) return refuse('INVALID', `There may be at most ${MOST_RULES} rules`);
  const problems: string[] = [];
  const rules = stated.map(({ fromAmount, queue, ...rule }): RoutingRule => {
    const money = fromAmount === null ? null : parseMoney(fromAmount, REPORTING_CURRENCY);
    if (money?.ok === false) problems.push(...money.reasons.map((reason) => `rule "${rule.name}": ${reason}`));
    if (rule.name.trim() === '' || rule.name.length > 100)
      problems.push('a rule must have a name of at most 100 characters');
    if (Object.values(rule).some((values) => Array.isArray(values) && values.length > MOST_VALUES)) {
      problems.push(`rule "${rule.name}": a condition may list at most ${MOST_VALUES}`);
    }
    // what is no queue is one of the faults below
    return {
      ...rule,
      queue: queue as QueueName,
      ...(money?.ok === true && { fromMinor: String(toMinorUnits(money.value)) }),
    };
  });
  const invalid = invalidIf([...problems, ...faultsOfRules(rules, { isTotal: false })], 'The rules');
  return invalid ?? rules;
}

/** Refuses rules that name somebody who cannot hold work of the queue they lead to; null = all can. */
export async function refuseAssignees(
  tx: Tx,
  rules: readonly RoutingRule[],
  now: Date,
): Promise<CatalogFailure | null> {
  if (rules.every(({ personId }) => personId === undefined)) return null;
  const workers = await loadWorkers(tx, now);
  const problems = rules.flatMap(({ name, queue, personId }) => {
    const why = personId === undefined ? null : whyCannotHold(personId, queue, workers);
    return why === null ? [] : [`rule "${name}": ${why}`];
  });
  return invalidIf(problems, 'The rules') ?? null;
}

/**
 * Puts a tenant's own rules in force, all of them at once; what waits already is moved only when they are applied to it.
 * `seen` = the revision of those that the person changed; null = whichever there are.
 */
export async function saveRoutingRules(
  tx: Tx,
  act: CatalogAct,
  stated: readonly StatedRule[],
  seen: string | null,
): Promise<RoutingRule[] | CatalogFailure> {
  const rules = readRules(stated);
  if (isFailure(rules)) return rules;
  const refusal = await refuseAssignees(tx, rules, act.now);
  if (refusal !== null) return refusal;
  const before = await lockRoutingRules(tx);
  const subject = { type: 'routing-rules', id: tx.tenantId };
  const stale = await refuseChanged(tx, { subject, words: 'the rules', revision: revisionOf(before) }, seen);
  if (stale !== null) return stale;
  await replaceRoutingRules(tx, rules);
  await recordAct(tx, act, 'routing-rules.saved', subject, { before, after: rules });
  return rules;
}
