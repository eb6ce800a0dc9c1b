import {
  loadValidationRules,
  parseValidationRule,
  type ShippedRule,
  type ValidationRule,
  WorkflowError,
} from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { listActiveVersions } from './rule-version.repository.js';

/** Longest definition, in characters. */
const LONGEST_DEFINITION = 50_000;

// A key at the very beginning of a line is one of the definition's own.
const VERSION_LINE = /^version:[ \t]*\d+[ \t]*(?=#|\r?$)/m;

/** A definition with its number, ready to be stored, or everything that is wrong with it. */
export type CheckedRule = { ok: true; definition: string; rule: ValidationRule } | { ok: false; problems: string[] };

let shipped: ReadonlyMap<string, ShippedRule> | undefined;

/** The rules that come with the product, by name; read once. */
export function shippedRules(): ReadonlyMap<string, ShippedRule> {
  shipped ??= new Map(loadValidationRules().map((one) => [one.rule.name, one]));
  return shipped;
}

/** Reads a definition under a name and a version number; null = those that it states. */
export function checkRule(text: string, expected: { name: string; version: number } | null): CheckedRule {
  if (text.length > LONGEST_DEFINITION)
    return { ok: false, problems: [`definition: is longer than ${LONGEST_DEFINITION} characters`] };
  const definition = expected === null ? text : text.replace(VERSION_LINE, `version: ${expected.version}`);
  try {
    const rule = parseValidationRule(definition, expected?.name ?? 'rule');
    const problems: string[] = [];
    if (expected !== null && rule.name !== expected.name)
      problems.push(`name: is ${JSON.stringify(rule.name)}, must be ${JSON.stringify(expected.name)}`);
    if (expected !== null && rule.version !== expected.version)
      problems.push(`version: is ${rule.version}, must be ${expected.version} on a line of its own`);
    return problems.length === 0 ? { ok: true, definition, rule } : { ok: false, problems };
  } catch (error) {
    if (error instanceof WorkflowError) return { ok: false, problems: [...error.problems] };
    throw error;
  }
}

/** Definitions read before, by their text: the same ones are asked for with every change of the lineage. */
const read = new Map<string, CheckedRule>();
const MOST_KEPT = 1_000;

function readOnce(definition: string, expected: { name: string; version: number }): CheckedRule {
  const known = read.get(definition);
  if (known !== undefined) return known;
  if (read.size >= MOST_KEPT) read.clear();
  const checked = checkRule(definition, expected);
  read.set(definition, checked);
  return checked;
}

/**
 * The rules that count: a tenant's own in place of the shipped ones of the same name. One that this version of the program cannot
 * read any more is left out, and the shipped one counts; its page says so.
 */
export async function rulesInForce(tx: Tx): Promise<ValidationRule[]> {
  const rules = new Map([...shippedRules()].map(([name, { rule }]) => [name, rule]));
  for (const { name, version, definition } of await listActiveVersions(tx)) {
    const checked = readOnce(definition, { name, version });
    if (checked.ok) rules.set(name, checked.rule);
  }
  return [...rules.values()].filter(({ severity }) => severity !== 'off');
}
