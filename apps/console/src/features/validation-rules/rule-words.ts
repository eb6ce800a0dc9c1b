import { count } from '../../shared/format/words.js';
import type { RuleRow, RuleTrialAnswer } from './rule-documents.js';

/** Versions that wait for a second person. */
export function waitingVersions({ versions }: Pick<RuleRow, 'versions'>): number {
  return versions.filter(({ state }) => state === 'draft').length;
}

/** "12 rules are in force; 3 of them are violated, by 41 objects; 1 version waits to be approved." */
export function rulesAnswer(rules: readonly RuleRow[]): string {
  const inForce = rules.filter(({ activeVersion, severity }) => activeVersion > 0 && severity !== 'off');
  const violated = inForce.filter(({ violations }) => violations > 0);
  const objects = violated.reduce((sum, { violations }) => sum + violations, 0);
  const waiting = rules.reduce((sum, rule) => sum + waitingVersions(rule), 0);
  const parts = [
    `${count(inForce.length, 'rule is', 'rules are')} in force`,
    violated.length === 0
      ? 'nothing violates them'
      : `${violated.length === 1 ? 'one is' : `${violated.length} of them are`} violated, by ${count(objects, 'object')}`,
    ...(waiting === 0 ? [] : [`${count(waiting, 'version waits', 'versions wait')} to be approved`]),
  ];
  return `${parts.join('; ')}.`;
}

type Trial = Extract<RuleTrialAnswer, { trial: unknown }>['trial'];

/** "Of 812 stored objects 3 would be violated; of 20 it cannot be told." */
export function trialAnswer({ looked, isAll, violated, cannotBeTold }: Trial): string {
  if (looked === 0)
    return isAll ? 'Nothing of that kind is stored.' : 'Nothing of that kind was among those looked at.';
  const of = isAll ? `Of ${count(looked, 'stored object')}` : `Of a sample of ${count(looked, 'stored object')}`;
  const violating = violated === 0 ? 'none would violate it' : `${violated} would violate it`;
  return `${of} ${violating}${cannotBeTold === 0 ? '' : `; of ${cannotBeTold} it cannot be told`}.`;
}

/** What a new rule begins as. */
export function newRule(name: string): string {
  return `name: ${name}
version: 1
title: What is wrong, without the document
problem: data-quality.invalid-value
# error opens an exception, warning is counted here alone, off looks at nothing
severity: warning
about: [invoice]
links:
  order:
    steps: [{ upstream: sales-order }]
violatedWhen:
  all:
    - { fact: currency, operator: is-not, other: order.currency }
amount: open
message: '{key} is in {currency}, {order.key} in {order.currency}.'
`;
}
