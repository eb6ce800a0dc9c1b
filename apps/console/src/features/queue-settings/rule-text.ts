import type { RoutingRuleInput } from '../../gql/graphql.js';
import { formatMoney } from '../../shared/format/money.js';
import type { RuleSetting } from './settings-documents.js';

/** One rule while it is changed: lists as a person writes them, separated by commas. */
export type EditedRule = {
  name: string;
  queue: string;
  taxonomies: string;
  objectTypes: string;
  legalEntities: string;
  integrations: string;
  fromAmount: string;
  /** Who is given what it routes; empty = nobody. */
  personId: string;
  personName: string;
};

const LISTS = ['taxonomies', 'objectTypes', 'legalEntities', 'integrations'] as const;

export const NEW_RULE: EditedRule = {
  name: '',
  queue: 'data-repair',
  taxonomies: '',
  objectTypes: '',
  legalEntities: '',
  integrations: '',
  fromAmount: '',
  personId: '',
  personName: '',
};

/** "customer or invoice of DE01 from EUR 5,000: to Tax", the conditions of a rule in words. */
export function ruleInWords(rule: RuleSetting): string {
  const parts = [
    either('problem', rule.taxonomies),
    either('at', rule.objectTypes),
    either('of', rule.legalEntities),
    either('over', rule.integrations),
    rule.fromAmount ? `from ${formatMoney(rule.fromAmount)}` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'everything' : parts.join(' ');
}

function either(word: string, values: readonly string[] | null | undefined): string {
  return values && values.length > 0 ? `${word} ${values.join(' or ')}` : '';
}

export function toEdited({ name, queue, fromAmount, person, ...rule }: RuleSetting): EditedRule {
  const listed = (values: readonly string[] | null | undefined) => (values ?? []).join(', ');
  return {
    name,
    queue: queue.name,
    taxonomies: listed(rule.taxonomies),
    objectTypes: listed(rule.objectTypes),
    legalEntities: listed(rule.legalEntities),
    integrations: listed(rule.integrations),
    fromAmount: fromAmount?.amount ?? '',
    personId: person?.id ?? '',
    personName: person?.displayName ?? '',
  };
}

/** Whom a rule can name: those who are offered, and who it names already, who may be one of them no longer. */
export function peopleToName(
  { personId, personName }: EditedRule,
  offered: readonly { id: string; displayName: string }[],
): { value: string; label: string }[] {
  const isLost = personId !== '' && offered.every(({ id }) => id !== personId);
  return [
    ...(isLost ? [{ value: personId, label: `${personName} (cannot get it)` }] : []),
    ...offered.map(({ id, displayName }) => ({ value: id, label: displayName })),
  ];
}

/** As the API takes it: a list that says nothing is no condition. */
export function toInput(rule: EditedRule): RoutingRuleInput {
  const { personId } = rule;
  const input: RoutingRuleInput = { name: rule.name.trim(), queue: rule.queue, ...(personId !== '' && { personId }) };
  for (const list of LISTS) {
    const values = rule[list]
      .split(',')
      .map((value) => value.trim())
      .filter((value) => value !== '');
    if (values.length > 0) input[list] = values;
  }
  return rule.fromAmount.trim() === '' ? input : { ...input, fromAmount: rule.fromAmount.trim() };
}

/** The rules with one of them a place further up or down. */
export function moveRule<T>(rules: readonly T[], from: number, by: -1 | 1): T[] {
  const to = from + by;
  const [moved, other] = [rules[from], rules[to]];
  if (moved === undefined || other === undefined) return [...rules];
  return rules.map((rule, index) => (index === from ? other : index === to ? moved : rule));
}
