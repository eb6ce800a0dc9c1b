import { describe, expect, it } from '@jest/globals';
import type { ObjectType } from '@throughline/canonical';
import fc from 'fast-check';
import { isContextLink } from '../links.js';
import { at } from '../testing/activity-builder.js';
import { evaluateRule, missingFacts, type RuleVerdict } from './evaluate-rule.js';
import { loadValidationRules } from './load-validation-rules.js';
import { neighboursIn, type RuleEdge } from './rule-neighbours.js';
import type { RuleObject, RuleSubject } from './rule-facts.js';
import type { ValidationRule } from './validation-rule.js';

type Stated = Partial<Omit<RuleObject, 'attributes'>> & { attributes?: Record<string, string> };
/** "invoice I" → what is stated of it. The first one is checked. */
type Objects = Record<string, Stated>;
/** "sales-order O → invoice I", or "sales-order O → invoice I: EUR 10.00". */
type Links = readonly string[];

const shipped = new Map(loadValidationRules().map(({ rule }) => [rule.name, rule]));

function objectOf(name: string, stated: Stated): RuleObject {
  const [type = '', key = ''] = name.split(' ');
  return {
    objectId: name,
    type: type as ObjectType,
    key,
    legalEntity: 'DE01',
    counterparty: null,
    amount: null,
    currency: null,
    direction: null,
    isPlaceholder: false,
    isUndone: false,
    firstOccurredAt: at('08:00'),
    lastOccurredAt: at('09:00'),
    ...stated,
    attributes: stated.attributes ?? {},
  };
}

function edgeOf(text: string): RuleEdge {
  const [ends = '', stated] = text.split(': ');
  const [from = '', to = ''] = ends.split(' → ');
  const [currency, amount] = stated?.split(' ') ?? [];
  const [fromType, toType] = [from, to].map((name) => name.split(' ')[0] as ObjectType) as [ObjectType, ObjectType];
  return {
    fromObjectId: from,
    toObjectId: to,
    qualifier: 'follows',
    fromType,
    toType,
    isContext: isContextLink(fromType, toType),
    amount: currency === undefined || amount === undefined ? null : { amount, currency },
  };
}

function subjectIn(rule: ValidationRule, objects: Objects, links: Links = []): RuleSubject {
  const known = new Map(Object.entries(objects).map(([name, stated]) => [name, objectOf(name, stated)]));
  const [first] = known.values();
  if (first === undefined) throw new Error('a case needs an object');
  return neighboursIn({ objects: known, edges: links.map(edgeOf) })(rule, first);
}

function verdictOf(rule: ValidationRule, objects: Objects, links: Links = []): RuleVerdict {
  return evaluateRule(rule, subjectIn(rule, objects, links));
}

function shippedRule(name: string): ValidationRule {
  const rule = shipped.get(name);
  if (rule === undefined) throw new Error(`no rule ${name}`);
  return rule;
}

const eur = (amount: string, more: Stated = {}): Stated => ({ amount, currency: 'EUR', ...more });

type Case = {
  rule: string;
  name: string;
  objects: Objects;
  links?: Links;
  result: RuleVerdict['result'];
  says?: string;
  difference?: string | null;
  missing?: string[];
};

const CASES: Case[] = [
  {
    rule: 'missing-legal-entity',
    name: 'holds where the unit belongs to one',
    objects: { 'sales-order O': { attributes: { sellingUnit: 'BREMEN' } } },
    result: 'holds',
  },
  {
    rule: 'missing-legal-entity',
    name: 'is violated by a unit without one',
    objects: { 'sales-order O': { legalEntity: null, attributes: { sellingUnit: 'BREMEN' } } },
    result: 'violated',
    says: 'The unit BREMEN that O was sold by belongs to no legal entity.',
  },
  {
    rule: 'missing-legal-entity',
    name: 'holds where no unit is stated: nothing was to be mapped',
    objects: { 'sales-order O': { legalEntity: null } },
    result: 'holds',
  },
  {
    rule: 'missing-legal-entity',
    name: 'cannot be told of what is only referred to',
    objects: { 'sales-order O': { legalEntity: null, isPlaceholder: true } },
    result: 'cannot-be-told',
  },
  {
    rule: 'blocked-customer',
    name: 'cannot be told where nobody says whether the customer is active',
    objects: { 'sales-order O': {}, 'customer C': { attributes: { orderBlock: '' } } },
    links: ['customer C → sales-order O'],
    result: 'cannot-be-told',
  },
  {
    rule: 'blocked-customer',
    name: 'holds where the customer is said to be active',
    objects: { 'sales-order O': {}, 'customer C': { attributes: { isInactive: 'F', isBlocked: 'false' } } },
    links: ['customer C → sales-order O'],
    result: 'holds',
  },
  {
    rule: 'blocked-customer',
    name: 'is violated by an order block',
    objects: { 'sales-order O': {}, 'customer C': { attributes: { orderBlock: '01' } } },
    links: ['customer C → sales-order O'],
    result: 'violated',
    says: 'Customer C of O is blocked.',
  },
  {
    rule: 'blocked-customer',
    name: 'cannot be told without a customer',
    objects: { 'sales-order O': {} },
    result: 'cannot-be-told',
  },
  {
    rule: 'blocked-supplier',
    name: 'is violated by a supplier that is inactive',
    objects: { 'supplier-invoice S': {}, 'supplier V': { attributes: { isInactive: 'true' } } },
    links: ['supplier V → supplier-invoice S'],
    result: 'violated',
  },
  {
    rule: 'blocked-supplier',
    name: 'holds where it is active',
    objects: { 'supplier-invoice S': {}, 'supplier V': { attributes: { isInactive: 'false', isBlocked: 'no' } } },
    links: ['supplier V → supplier-invoice S'],
    result: 'holds',
  },
  {
    rule: 'blocked-supplier',
    name: 'cannot be told of a supplier of whom nothing is said',
    objects: { 'supplier-invoice S': {}, 'supplier V': { isPlaceholder: true } },
    links: ['supplier V → supplier-invoice S'],
    result: 'cannot-be-told',
  },
  {
    rule: 'billed-in-another-currency',
    name: 'holds in the currency of the order',
    objects: { 'invoice I': eur('10'), 'delivery D': {}, 'sales-order O': eur('10') },
    links: ['sales-order O → delivery D', 'delivery D → invoice I', 'sales-order O → invoice I'],
    result: 'holds',
  },
  {
    rule: 'billed-in-another-currency',
    name: 'is violated by another, also over the delivery',
    objects: { 'invoice I': { amount: '10', currency: 'USD' }, 'delivery D': {}, 'sales-order O': eur('10') },
    links: ['sales-order O → delivery D', 'delivery D → invoice I'],
    result: 'violated',
    says: 'I is billed in USD; ordered was in not known (not known), by what was delivered in EUR.',
  },
  {
    rule: 'billed-in-another-currency',
    name: 'cannot be told where the order has no amount',
    objects: { 'invoice I': eur('10'), 'sales-order O': {} },
    links: ['sales-order O → invoice I'],
    result: 'cannot-be-told',
    missing: ['order.currency', 'orderOfDelivery.currency'],
  },
  {
    rule: 'tax-code-mismatch',
    name: 'holds where the codes differ in writing only',
    objects: {
      'invoice I': { attributes: { taxCode: 'a-1' } },
      'sales-order O': { attributes: { taxCode: 'A1' } },
      'tax-determination T': { attributes: { taxCode: '0A1' } },
    },
    links: ['sales-order O → invoice I', 'tax-determination T → invoice I'],
    result: 'holds',
  },
  {
    rule: 'tax-code-mismatch',
    name: 'is violated by a determination that says otherwise',
    objects: {
      'invoice I': { attributes: { taxCode: 'A1' } },
      'tax-determination T': { attributes: { taxCode: 'A0' } },
    },
    links: ['tax-determination T → invoice I'],
    result: 'violated',
  },
  {
    rule: 'tax-code-mismatch',
    name: 'cannot be told without a code on one side',
    objects: { 'invoice I': { attributes: { taxCode: 'A1' } }, 'sales-order O': {} },
    links: ['sales-order O → invoice I'],
    result: 'cannot-be-told',
  },
  {
    rule: 'credit-over-limit',
    name: 'holds at the very limit',
    objects: {
      'sales-order O': {},
      'credit-exposure E': eur('1000.00', { attributes: { creditLimit: '1000' } }),
      'credit-limit L': eur('1000.000'),
    },
    links: ['credit-exposure E → sales-order O', 'credit-limit L → sales-order O'],
    result: 'holds',
  },
  {
    rule: 'credit-over-limit',
    name: 'is violated by a cent, and that is its amount',
    objects: { 'sales-order O': {}, 'credit-exposure E': eur('1000.01', { attributes: { creditLimit: '1000' } }) },
    links: ['credit-exposure E → sales-order O'],
    result: 'violated',
    difference: '0.01 EUR',
    says: 'With O the exposure E is EUR 1,000.01, over its limit.',
  },
  {
    rule: 'credit-over-limit',
    name: 'cannot be told across two currencies',
    objects: {
      'sales-order O': {},
      'credit-exposure E': eur('1000.01'),
      'credit-limit L': { amount: '1', currency: 'USD' },
    },
    links: ['credit-exposure E → sales-order O', 'credit-limit L → sales-order O'],
    result: 'cannot-be-told',
  },
  {
    rule: 'credit-over-limit',
    name: 'cannot be told by a limit that is no number',
    objects: { 'sales-order O': {}, 'credit-exposure E': eur('5', { attributes: { creditLimit: 'none' } }) },
    links: ['credit-exposure E → sales-order O'],
    result: 'cannot-be-told',
  },
  {
    rule: 'duplicate-supplier-invoice',
    name: 'is violated by the later one of the same number',
    objects: {
      'supplier-invoice S2': {
        counterparty: 'Acme',
        firstOccurredAt: at('09:00'),
        attributes: { invoiceNumberOfSupplier: 'R 0815' },
      },
      'supplier-invoice S1': { counterparty: 'ACME', attributes: { invoiceNumberOfSupplier: 'r-0815' } },
    },
    result: 'violated',
    says: 'S2 of Acme over not known says the same as S1, which came before it.',
  },
  {
    rule: 'duplicate-supplier-invoice',
    name: 'holds for the earlier one',
    objects: {
      'supplier-invoice S1': { counterparty: 'Acme', attributes: { invoiceNumberOfSupplier: 'R1' } },
      'supplier-invoice S2': {
        counterparty: 'Acme',
        firstOccurredAt: at('09:00'),
        attributes: { invoiceNumberOfSupplier: 'R1' },
      },
    },
    result: 'holds',
  },
  {
    rule: 'duplicate-supplier-invoice',
    name: 'is violated by amount and date, however the amount is written',
    objects: {
      'supplier-invoice S2': eur('100.00', {
        counterparty: 'Acme',
        firstOccurredAt: at('09:00'),
        attributes: { documentDate: '2026-09-01' },
      }),
      'supplier-invoice S1': eur('100', { counterparty: 'Acme', attributes: { documentDate: '2026-09-01' } }),
    },
    result: 'violated',
  },
  {
    rule: 'duplicate-supplier-invoice',
    name: 'holds for another entity, and after the earlier one was cancelled',
    objects: {
      'supplier-invoice S3': {
        counterparty: 'Acme',
        firstOccurredAt: at('09:00'),
        attributes: { invoiceNumberOfSupplier: 'R1' },
      },
      'supplier-invoice S1': {
        counterparty: 'Acme',
        legalEntity: 'US01',
        attributes: { invoiceNumberOfSupplier: 'R1' },
      },
      'supplier-invoice S2': { counterparty: 'Acme', isUndone: true, attributes: { invoiceNumberOfSupplier: 'R1' } },
    },
    result: 'holds',
  },
  {
    rule: 'duplicate-supplier-invoice',
    name: 'holds where facts are missing on both: nothing is the same as nothing',
    objects: { 'supplier-invoice S2': { firstOccurredAt: at('09:00') }, 'supplier-invoice S1': {} },
    result: 'holds',
  },
  {
    rule: 'duplicate-payment',
    name: 'is violated by the same amount, day and words',
    objects: {
      'payment P2': eur('7', {
        counterparty: 'Acme',
        direction: 'outflow',
        firstOccurredAt: at('09:00'),
        attributes: { valueDate: '2026-09-02', remittance: 'R1' },
      }),
      'payment P1': eur('7', {
        counterparty: 'Acme',
        direction: 'outflow',
        attributes: { valueDate: '2026-09-02', remittance: 'R1' },
      }),
    },
    result: 'violated',
  },
  {
    rule: 'duplicate-payment',
    name: 'holds for a monthly amount of another day',
    objects: {
      'payment P2': eur('7', {
        counterparty: 'Acme',
        direction: 'outflow',
        firstOccurredAt: at('09:00'),
        attributes: { valueDate: '2026-10-02', remittance: 'R1' },
      }),
      'payment P1': eur('7', {
        counterparty: 'Acme',
        direction: 'outflow',
        attributes: { valueDate: '2026-09-02', remittance: 'R1' },
      }),
    },
    result: 'holds',
  },
  {
    rule: 'approval-missing',
    name: 'holds with an approval',
    objects: {
      'purchase-order P': { attributes: { approvalRequired: 'true' } },
      'approval A': {},
      'goods-receipt G': {},
    },
    links: ['approval A → purchase-order P', 'purchase-order P → goods-receipt G'],
    result: 'holds',
  },
  {
    rule: 'approval-missing',
    name: 'holds while nothing follows from it',
    objects: { 'purchase-order P': { attributes: { approvalRequired: 'true' } } },
    result: 'holds',
  },
  {
    rule: 'approval-missing',
    name: 'is violated by what follows without one',
    objects: { 'purchase-order P': { attributes: { approvalRequired: 'true' } }, 'goods-receipt G': {} },
    links: ['purchase-order P → goods-receipt G'],
    result: 'violated',
  },
  {
    rule: 'approval-missing',
    name: 'cannot be told where nobody says that one is needed',
    objects: { 'purchase-order P': {}, 'goods-receipt G': {} },
    links: ['purchase-order P → goods-receipt G'],
    result: 'cannot-be-told',
  },
  {
    rule: 'billed-above-ordered',
    name: 'holds within one percent',
    objects: { 'purchase-order P': eur('100'), 'supplier-invoice S': eur('101') },
    links: ['purchase-order P → supplier-invoice S'],
    result: 'holds',
  },
  {
    rule: 'billed-above-ordered',
    name: 'is violated by all that is billed together',
    objects: { 'purchase-order P': eur('100'), 'supplier-invoice S1': eur('60'), 'supplier-invoice S2': eur('45.50') },
    links: ['purchase-order P → supplier-invoice S1', 'purchase-order P → supplier-invoice S2'],
    result: 'violated',
    difference: '5.50 EUR',
    says: 'There are EUR 105.50 billed on P, which is over EUR 100.00.',
  },
  {
    rule: 'billed-above-ordered',
    name: 'does not count what was reversed',
    objects: {
      'purchase-order P': eur('100'),
      'supplier-invoice S1': eur('60'),
      'supplier-invoice S2': eur('60', { isUndone: true }),
    },
    links: ['purchase-order P → supplier-invoice S1', 'purchase-order P → supplier-invoice S2'],
    result: 'holds',
  },
  {
    rule: 'billed-above-ordered',
    name: 'cannot be told where one of the invoices has no amount',
    objects: { 'purchase-order P': eur('100'), 'supplier-invoice S1': eur('600'), 'supplier-invoice S2': {} },
    links: ['purchase-order P → supplier-invoice S1', 'purchase-order P → supplier-invoice S2'],
    result: 'cannot-be-told',
    missing: ['billed.total'],
  },
  {
    rule: 'billed-above-ordered',
    name: 'counts of an invoice over several orders what it bills of this one',
    objects: { 'sales-order O1': eur('100'), 'sales-order O2': eur('50'), 'invoice I': eur('150') },
    links: ['sales-order O1 → invoice I: EUR 100.00', 'sales-order O2 → invoice I: EUR 50.00'],
    result: 'holds',
  },
  {
    rule: 'billed-above-ordered',
    name: 'is violated by what is billed of this order, whatever else the invoice bills',
    objects: { 'sales-order O1': eur('100'), 'sales-order O2': eur('50'), 'invoice I': eur('160') },
    links: ['sales-order O1 → invoice I: EUR 110.00', 'sales-order O2 → invoice I: EUR 50.00'],
    result: 'violated',
    difference: '10.00 EUR',
    says: 'There are EUR 110.00 billed on O1, which is over EUR 100.00.',
  },
  {
    rule: 'billed-above-ordered',
    name: 'cannot be told of an invoice over several orders that does not say how much of each',
    objects: { 'sales-order O1': eur('100'), 'sales-order O2': eur('50'), 'invoice I': eur('150') },
    links: ['sales-order O1 → invoice I', 'sales-order O2 → invoice I'],
    result: 'cannot-be-told',
    missing: ['billed.total'],
  },
];

describe.each(CASES)('$rule', ({ rule, name, objects, links, result, says, difference, missing }) => {
  it(name, () => {
    const verdict = verdictOf(shippedRule(rule), objects, links);
    const told = verdict.result === 'violated' ? verdict : undefined;
    expect(verdict.result).toBe(result);
    if (says !== undefined) expect(told?.message).toBe(says);
    if (difference !== undefined)
      expect(told?.difference && `${told.difference.amount} ${told.difference.currency}`).toBe(difference);
    if (missing !== undefined)
      expect(missingFacts(shippedRule(rule), subjectIn(shippedRule(rule), objects, links))).toEqual(missing);
  });
});

it('each shipped rule is shown violated and not violated', () => {
  const shown = new Set(CASES.map(({ rule, result }) => `${rule} ${result === 'violated'}`));
  expect([...shipped.keys()].filter((name) => !shown.has(`${name} true`) || !shown.has(`${name} false`))).toEqual([]);
});

/** Objects and links of every kind that shipped rules look at, with facts that agree, differ or are missing. */
const anyObject = fc.record({
  type: fc.constantFrom<ObjectType>(
    'invoice',
    'supplier-invoice',
    'sales-order',
    'purchase-order',
    'delivery',
    'customer',
    'supplier',
    'approval',
    'payment',
  ),
  amount: fc.option(fc.constantFrom('100', '100.00', '250.5')),
  currency: fc.option(fc.constantFrom('EUR', 'USD')),
  counterparty: fc.option(fc.constantFrom('Acme', 'ACME')),
  isPlaceholder: fc.boolean(),
  isUndone: fc.boolean(),
  attributes: fc.constantFrom<Record<string, string>>(
    {},
    { taxCode: 'A1', approvalRequired: 'true', documentDate: '2026-09-01', invoiceNumberOfSupplier: 'R1' },
    { taxCode: 'A2', isBlocked: 'true', orderBlock: '01', postingBlock: 'X', sellingUnit: 'U' },
  ),
  minute: fc.integer({ min: 10, max: 12 }),
});

describe('any facts', () => {
  it('in any order give the same verdict, and one that can be said', () => {
    fc.assert(
      fc.property(
        fc.array(anyObject, { minLength: 1, maxLength: 8 }),
        fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 12 }),
        fc.integer({ min: 1, max: 1_000 }),
        (stated, pairs, turn) => {
          const objects = stated.map(({ type, minute, ...facts }, index) =>
            objectOf(`${type} ${index}`, { ...facts, firstOccurredAt: at(`08:${minute}`) }),
          );
          const edges = pairs.flatMap(([from, to]) => {
            const [one, other] = [objects[from], objects[to]];
            return one === undefined || other === undefined || one === other
              ? []
              : [edgeOf(`${one.objectId} → ${other.objectId}`)];
          });
          const turned = <T>(list: readonly T[]) =>
            list.map((_, index) => list[(index + turn) % list.length] as T).reverse();
          const mapOf = (list: readonly RuleObject[]) => new Map(list.map((object) => [object.objectId, object]));
          const first = neighboursIn({ objects: mapOf(objects), edges });
          const second = neighboursIn({ objects: mapOf(turned(objects)), edges: turned(edges) });
          for (const rule of shipped.values()) {
            for (const object of objects.filter(({ type }) => rule.about.includes(type))) {
              const verdict = evaluateRule(rule, first(rule, object));
              expect(evaluateRule(rule, second(rule, object))).toEqual(verdict);
              if (verdict.result === 'violated') expect(verdict.message).not.toMatch(/[{}]/);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
