import type { ObjectType } from '@throughline/canonical';

/** What a violation does: an error opens an exception, a warning is counted and listed at the rule, off looks at nothing. */
export const RULE_SEVERITIES = ['error', 'warning', 'off'] as const;

export type RuleSeverity = (typeof RULE_SEVERITIES)[number];

/** Money at risk: what is open at the object, by how much the first comparison that holds is exceeded, or none. */
export const RULE_AMOUNTS = ['open', 'difference', 'none'] as const;

export type RuleAmount = (typeof RULE_AMOUNTS)[number];

/** The closed set of what a condition can say. */
export const RULE_OPERATORS = [
  /** The fact is stated, or is not; of a link: there is such an object, or there is none. */
  'is-known',
  'is-missing',
  /** Compared as codes: case, spacing, punctuation and leading zeros do not count. */
  'is',
  'is-not',
  /** Amounts and numbers as exact decimals, beyond a tolerance in percent of the right side. */
  'above',
  'below',
  /** Dates, by their day. */
  'before',
  'after',
] as const;

export type RuleOperator = (typeof RULE_OPERATORS)[number];

/** Facts of an object that are no attributes. `total` adds up the amounts of all objects of a link, `count` counts them. */
export const RULE_FIELDS = [
  'key',
  'type',
  'legalEntity',
  'counterparty',
  'amount',
  'currency',
  'direction',
  'total',
  'count',
] as const;

/** One fact: of the object itself, or of each object that a link leads to; null as field = the linked objects themselves. */
export type FactReference = {
  text: string;
  link: string | null;
  field: (typeof RULE_FIELDS)[number] | { attribute: string } | null;
};

/** A comparison of one fact with values or with another fact. */
export type RuleComparison = {
  fact: FactReference;
  operator: RuleOperator;
  /** Any of them. */
  values: readonly string[];
  other: FactReference | null;
  /** Decimal text; "0" = none. */
  tolerancePercent: string;
};

export type RuleCondition =
  { all: readonly RuleCondition[] } | { any: readonly RuleCondition[] } | { not: RuleCondition } | RuleComparison;

/** One step of a way: over flow links against or along their direction, or to what is attached. */
export type RuleStep = {
  direction: 'upstream' | 'downstream' | 'attached';
  types: readonly ObjectType[];
  /** Of the link; null = any. */
  qualifier: string | null;
};

/** Objects that a rule looks at beside its own: over one or two links, or earlier ones of its type with the same facts. */
export type RuleLink = { steps: readonly RuleStep[] } | { sameFacts: readonly (readonly FactReference[])[] };

/** A declared rule about stored objects. */
export type ValidationRule = {
  name: string;
  version: number;
  /** What is wrong, without the object: the words of the group. */
  title: string;
  /** Taxonomy code. */
  problem: string;
  severity: RuleSeverity;
  about: readonly ObjectType[];
  /** Looks only at what is under way: at objects of a running transaction, or of none. */
  onlyOpen: boolean;
  links: ReadonlyMap<string, RuleLink>;
  violatedWhen: RuleCondition;
  /** Facts that tell one problem from another of this rule, with their names. */
  discriminators: readonly FactReference[];
  amount: RuleAmount;
  /** What is wrong with this object; {facts} in braces. */
  message: string;
};

/** Whether a condition is a comparison. */
export function isComparison(condition: RuleCondition): condition is RuleComparison {
  return 'operator' in condition;
}

/** All comparisons of a condition, in their order. */
export function comparisonsOf(condition: RuleCondition): RuleComparison[] {
  if (isComparison(condition)) return [condition];
  if ('not' in condition) return comparisonsOf(condition.not);
  return ('all' in condition ? condition.all : condition.any).flatMap(comparisonsOf);
}

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** What stands in braces in words. */
export function placeholdersOf(words: string): string[] {
  return [...words.matchAll(PLACEHOLDER)].map(([, inner = '']) => inner.trim());
}

/** The words with what stands in braces replaced. */
export function fillWords(words: string, valueOf: (placeholder: string) => string): string {
  return words.replace(PLACEHOLDER, (_whole, inner: string) => valueOf(inner.trim()));
}
