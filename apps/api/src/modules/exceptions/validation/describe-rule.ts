import {
  type FactReference,
  isComparison,
  type RuleComparison,
  type RuleCondition,
  type ValidationRule,
} from '@throughline/lineage';

const SAID: Readonly<Record<RuleComparison['operator'], string>> = {
  'is-known': 'is stated',
  'is-missing': 'is not stated',
  is: 'is',
  'is-not': 'is other than',
  above: 'is above',
  below: 'is below',
  before: 'is before',
  after: 'is after',
};

/** "currency is other than order.currency, or …": what a rule is violated by, for people. */
export function describeRule({ violatedWhen, about, onlyOpen }: ValidationRule): string {
  const what = about.map((type) => type.replaceAll('-', ' ')).join(', ');
  return `${onlyOpen ? 'Open ' : ''}${what}: violated when ${describe(violatedWhen, false)}.`;
}

function describe(condition: RuleCondition, isNested: boolean): string {
  if (isComparison(condition)) return describeComparison(condition);
  if ('not' in condition) return `not (${describe(condition.not, false)})`;
  const parts = 'all' in condition ? condition.all : condition.any;
  const text = parts.map((part) => describe(part, parts.length > 1)).join('all' in condition ? ' and ' : ' or ');
  return isNested && parts.length > 1 ? `(${text})` : text;
}

function describeComparison({ fact, operator, values, other, tolerancePercent }: RuleComparison): string {
  if (fact.field === null) return `there is ${operator === 'is-known' ? 'a' : 'no'} ${fact.text}`;
  const right = other === null ? values.join(' or ') : factWords(other);
  const tolerance = tolerancePercent === '0' ? '' : ` by more than ${tolerancePercent} %`;
  return [factWords(fact), SAID[operator], right].filter((part) => part !== '').join(' ') + tolerance;
}

/** "attributes.taxCode of order". */
function factWords({ link, field, text }: FactReference): string {
  const name = field === null ? text : typeof field === 'object' ? field.attribute : FIELD_WORDS[field];
  return link === null ? name : `${name} of ${link}`;
}

const FIELD_WORDS: Readonly<Record<Exclude<FactReference['field'], null | object>, string>> = {
  key: 'number',
  type: 'type',
  legalEntity: 'legal entity',
  counterparty: 'counterparty',
  amount: 'amount',
  currency: 'currency',
  direction: 'direction',
  total: 'sum of amounts',
  count: 'number of objects',
};
