import type { ValidationRule } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { describeRule } from './describe-rule.js';
import type { ValidationRuleType, ValidationRuleVersionType } from './graphql/validation-rule.types.js';
import { checkRule, shippedRules } from './rules-in-force.js';
import { listLeadingVersions, type RuleVersionRow } from './rule-version.repository.js';

/** All rules by name: what counts of each, or the latest draft where none counts yet. */
export async function listRules(tx: Tx): Promise<ValidationRuleType[]> {
  const rules = new Map(
    [...shippedRules()].map(([name, { rule, definition }]) => [name, toRule(rule, definition, rule.version)]),
  );
  for (const row of await listLeadingVersions(tx)) {
    const checked = checkRule(row.definition, row);
    const isActive = row.state === 'active';
    if (!checked.ok || (!isActive && rules.has(row.name))) continue;
    rules.set(row.name, toRule(checked.rule, row.definition, isActive ? row.version : 0));
  }
  return [...rules.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

function toRule(rule: ValidationRule, definition: string, activeVersion: number): ValidationRuleType {
  const { name, title, problem, severity, about } = rule;
  return {
    name,
    title,
    taxonomy: problem,
    severity,
    about: [...about],
    inWords: describeRule(rule),
    isShipped: shippedRules().has(name),
    activeVersion,
    definition,
  };
}

/** A version as people see it, with what is wrong with it by now. */
export function toVersion(row: RuleVersionRow): ValidationRuleVersionType {
  const checked = checkRule(row.definition, row);
  return { ...row, fault: checked.ok ? null : checked.problems.join('; ') };
}
