import { type Instant, type Money, parseMoney } from '@throughline/canonical';
import { normalisedValue } from '../master-data-rules.js';
import { decimalText, readDecimal, scaled, withPercent } from './exact-decimal.js';
import { readFact } from './read-fact.js';
import { type FactValue, linkedObjects, type RuleSubject, sayFact, valuesOf } from './rule-facts.js';
import {
  comparisonsOf,
  fillWords,
  isComparison,
  type RuleComparison,
  type RuleCondition,
  type ValidationRule,
} from './validation-rule.js';

/** What a rule says of an object. That a fact is missing is never a violation, but where the rule asks for that. */
export type RuleVerdict =
  | { result: 'holds' }
  /** Which facts are missing, `missingFacts` tells. */
  | { result: 'cannot-be-told' }
  | {
      result: 'violated';
      message: string;
      discriminators: Readonly<Record<string, string>>;
      /** By how much the first comparison that is exceeded is; null = none is, or its currency is not known. */
      difference: Money | null;
      /** The latest fact about the objects concerned. */
      toldAt: Instant;
    };

/** Three-valued: of what is not stated nothing follows. */
type Truth = 'yes' | 'no' | 'unknown';

/** Whether an object keeps to a rule, from facts alone: whatever the order of the linked objects. */
export function evaluateRule(rule: ValidationRule, subject: RuleSubject): RuleVerdict {
  if (subject.object.isUndone) return { result: 'holds' };
  const truth = truthOf(rule.violatedWhen, subject);
  if (truth === 'no') return { result: 'holds' };
  if (truth === 'unknown') return { result: 'cannot-be-told' };
  const links = new Set(rule.links.keys());
  const concerned = [subject.object, ...[...links].flatMap((link) => linkedObjects(subject, link))];
  return {
    result: 'violated',
    message: fillWords(rule.message, (placeholder) => {
      const fact = readFact(placeholder, links);
      return typeof fact === 'string' ? placeholder : sayFact(fact, subject);
    }),
    discriminators: Object.fromEntries(rule.discriminators.map((fact) => [fact.text, sayFact(fact, subject)])),
    difference: differenceOf(rule.violatedWhen, subject),
    toldAt: concerned.map(({ lastOccurredAt }) => lastOccurredAt).reduce((last, one) => (one > last ? one : last)),
  };
}

function truthOf(condition: RuleCondition, subject: RuleSubject): Truth {
  if (isComparison(condition)) return compare(condition, subject);
  if ('not' in condition) return opposite(truthOf(condition.not, subject));
  const isAll = 'all' in condition;
  const deciding: Truth = isAll ? 'no' : 'yes';
  let truth = opposite(deciding);
  // Up to the one that decides: what only those behind it look at is not even looked for.
  for (const one of isAll ? condition.all : condition.any) {
    const next = truthOf(one, subject);
    if (next === deciding) return deciding;
    if (next === 'unknown') truth = next;
  }
  return truth;
}

function opposite(truth: Truth): Truth {
  return truth === 'unknown' ? truth : truth === 'yes' ? 'no' : 'yes';
}

/** Of several linked objects, one for which it holds is enough. */
function anyOf(truths: readonly Truth[]): Truth {
  if (truths.includes('yes')) return 'yes';
  return truths.length === 0 || truths.includes('unknown') ? 'unknown' : 'no';
}

function compare(comparison: RuleComparison, subject: RuleSubject): Truth {
  const { fact, operator } = comparison;
  if (fact.field === null && fact.link !== null) return isThere(fact.link, operator, subject);
  const values = valuesOf(fact, subject);
  if (operator === 'is-known') return anyOf(values.map(isStated));
  if (operator === 'is-missing') return anyOf(values.map((value) => opposite(isStated(value))));
  return anyOf(
    values.flatMap((left) => rightsOf(comparison, subject).map((rights) => compareValue(comparison, left, rights))),
  );
}

function isThere(link: string, operator: RuleComparison['operator'], subject: RuleSubject): Truth {
  if (linkedObjects(subject, link).length > 0) return operator === 'is-known' ? 'yes' : 'no';
  // what is only referred to was never told of its links
  if (subject.object.isPlaceholder) return 'unknown';
  return operator === 'is-known' ? 'no' : 'yes';
}

function isStated({ text, isSilent }: FactValue): Truth {
  if (text !== null) return 'yes';
  return isSilent ? 'unknown' : 'no';
}

/** The right sides that the left one is compared with one after the other; stated values are one together. */
function rightsOf({ other, values }: RuleComparison, subject: RuleSubject): FactValue[][] {
  if (other === null) return [values.map((text) => ({ text, currency: null, isSilent: false }))];
  return valuesOf(other, subject).map((value) => [value]);
}

function compareValue(comparison: RuleComparison, left: FactValue, rights: readonly FactValue[]): Truth {
  const { operator } = comparison;
  if (operator === 'is-not') return opposite(anyOf(rights.map((right) => isSame(left, right))));
  return anyOf(
    rights.map((right) => {
      switch (operator) {
        case 'is':
          return isSame(left, right);
        case 'before':
        case 'after':
          return isOrdered(operator, left, right);
        default:
          return isBeyond(comparison, left, right);
      }
    }),
  );
}

function isSame(left: FactValue, right: FactValue): Truth {
  if (left.text === null || right.text === null) return 'unknown';
  return toTruth(normalisedValue(left.text, 'code') === normalisedValue(right.text, 'code'));
}

const DAY = /^\d{4}-\d{2}-\d{2}/;

function isOrdered(operator: 'before' | 'after', left: FactValue, right: FactValue): Truth {
  const [earlier, later] = operator === 'before' ? [left, right] : [right, left];
  const [first, second] = [DAY.exec(earlier.text ?? '')?.[0], DAY.exec(later.text ?? '')?.[0]];
  return first === undefined || second === undefined ? 'unknown' : toTruth(first < second);
}

type Numbers = { left: bigint; right: bigint; currency: string | null };

/** Both sides as numbers; undefined = one is none, or they are amounts of two currencies. */
function numbersOf(left: FactValue, right: FactValue): Numbers | undefined {
  const [first, second] = [left, right].map(({ text }) => (text === null ? undefined : readDecimal(text)));
  if (first === undefined || second === undefined) return undefined;
  if (left.currency !== null && right.currency !== null && left.currency !== right.currency) return undefined;
  return { left: first, right: second, currency: left.currency ?? right.currency };
}

function isBeyond({ operator, tolerancePercent }: RuleComparison, left: FactValue, right: FactValue): Truth {
  const numbers = numbersOf(left, right);
  if (numbers === undefined) return 'unknown';
  const tolerance = readDecimal(tolerancePercent) ?? 0n;
  return operator === 'above'
    ? toTruth(scaled(numbers.left) > withPercent(numbers.right, tolerance))
    : toTruth(scaled(numbers.left) < withPercent(numbers.right, -tolerance));
}

function toTruth(is: boolean): Truth {
  return is ? 'yes' : 'no';
}

/** The whole difference: a tolerance says from when on it is one, not how large. */
function differenceOf(condition: RuleCondition, subject: RuleSubject): Money | null {
  for (const comparison of comparisonsOf(condition)) {
    const { fact, operator } = comparison;
    if (operator !== 'above' && operator !== 'below') continue;
    const sizes = valuesOf(fact, subject).flatMap((left) =>
      rightsOf(comparison, subject)
        .flat()
        .flatMap((right) => {
          const numbers = numbersOf(left, right);
          if (numbers === undefined || isBeyond(comparison, left, right) !== 'yes') return [];
          const size = numbers.left > numbers.right ? numbers.left - numbers.right : numbers.right - numbers.left;
          return [{ size, currency: numbers.currency }];
        }),
    );
    const [largest] = sizes.sort((one, other) => (one.size > other.size ? -1 : 1));
    if (largest === undefined) continue;
    const money = parseMoney(decimalText(largest.size), largest.currency ?? '');
    return money.ok ? money.value : null;
  }
  return null;
}

/** Facts of a rule that are not stated at this object, as the rule names them: why it cannot be told there. */
export function missingFacts({ violatedWhen }: ValidationRule, subject: RuleSubject): string[] {
  const facts = comparisonsOf(violatedWhen).flatMap(({ fact, other }) => (other === null ? [fact] : [fact, other]));
  const missing = facts.filter((fact) => {
    if (fact.field === null) return linkedObjects(subject, fact.link ?? '').length === 0;
    const values = valuesOf(fact, subject);
    return values.length === 0 || values.some(({ text }) => text === null);
  });
  return [...new Set(missing.map(({ text }) => text))].sort();
}
