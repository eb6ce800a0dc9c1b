import { hashedUuid, type Uuid } from '@throughline/canonical';
import { normalisedValue } from '../master-data-rules.js';
import { readDecimal } from './exact-decimal.js';
import { type RuleObject, valuesOf } from './rule-facts.js';
import type { FactReference, ValidationRule } from './validation-rule.js';

/** A link of a rule to what has the same facts, and one of its lists. */
export type SameFactsKey = { link: string; key: Uuid };

/**
 * Keys by which objects with the same facts are found: one for each list of facts that are all stated. Two objects of one type and
 * one legal entity have a key in common when all facts of a list are the same; amounts count by their value, words as codes.
 */
export function sameFactsKeys(rule: ValidationRule, object: RuleObject): SameFactsKey[] {
  const lists = sameFactsOf(rule);
  if (lists.length === 0 || object.isPlaceholder || object.isUndone || !rule.about.includes(object.type)) return [];
  return lists.flatMap(({ link, facts, index }) => {
    const values = facts.map((fact) => normalised(fact, object));
    if (values.some((value) => value === '')) return [];
    const parts = [rule.name, link, String(index), object.type, object.legalEntity ?? '', ...values];
    return [{ link, key: hashedUuid(parts) }];
  });
}

type FactsList = { link: string; index: number; facts: readonly FactReference[] };

/** By rule: they are asked for at every object, and hardly any rule has some. */
const LISTS = new WeakMap<ValidationRule, readonly FactsList[]>();

function sameFactsOf(rule: ValidationRule): readonly FactsList[] {
  const known = LISTS.get(rule);
  if (known !== undefined) return known;
  const lists = [...rule.links].flatMap(([link, way]) =>
    'sameFacts' in way ? way.sameFacts.map((facts, index) => ({ link, index, facts })) : [],
  );
  LISTS.set(rule, lists);
  return lists;
}

/** "" = not stated, or nothing but punctuation. */
function normalised(fact: FactReference, object: RuleObject): string {
  const [value] = valuesOf(fact, { object, linked: new Map() });
  if (value === undefined || value.text === null) return '';
  if (fact.field !== 'amount') return normalisedValue(value.text, 'code');
  const amount = readDecimal(value.text);
  return amount === undefined ? '' : amount.toString();
}

/** Which of two objects with the same facts was there before: the other one is the duplicate. */
export function isEarlier(one: RuleObject, other: RuleObject): boolean {
  return one.firstOccurredAt === other.firstOccurredAt
    ? one.objectId < other.objectId
    : one.firstOccurredAt < other.firstOccurredAt;
}
