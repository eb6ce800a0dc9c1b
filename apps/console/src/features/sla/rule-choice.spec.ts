import { describe, expect, it } from '@jest/globals';
import { ruleChoices, ruleId, ruleOf, ruleWords } from './rule-choice.js';

const rule = (workflow: string, milestone: string, ruleKind = 'service') => ({
  workflow,
  milestone,
  title: milestone.replace('-', ' '),
  description: `4 h after ${workflow}`,
  ruleKind,
});
const RULES = [
  rule('order-to-cash', 'payment-applied'),
  rule('order-to-cash', 'payment-received', 'expectation'),
  rule('quote-to-cash', 'payment-applied'),
  rule('quote-to-cash', 'order-created'),
];

describe('the rule that is reported on', () => {
  it('is one of a workflow, or one that several share', () => {
    expect(ruleChoices(RULES)).toEqual([
      { group: 'Every workflow', items: [{ value: '/payment-applied', label: 'payment applied, in 2 workflows' }] },
      { group: 'Order to cash', items: [{ value: 'order-to-cash/payment-applied', label: 'payment applied' }] },
      {
        group: 'Quote to cash',
        items: [
          { value: 'quote-to-cash/payment-applied', label: 'payment applied' },
          { value: 'quote-to-cash/order-created', label: 'order created' },
        ],
      },
    ]);
    expect(ruleChoices([])).toEqual([]);
  });

  it.each([
    [{ workflow: undefined, milestone: undefined }, '/payment-applied'],
    [{ workflow: 'order-to-cash', milestone: 'order-created' }, 'order-to-cash/order-created'],
  ])('%j is %s, and back', (asked, id) => {
    expect(ruleId(asked)).toBe(id);
    expect(ruleId(ruleOf(id))).toBe(id);
  });

  it.each([
    [{}, 'payment applied, of 2 workflows together: order to cash, quote to cash.'],
    [{ workflow: 'order-to-cash' }, 'payment applied (order to cash): 4 h after order-to-cash.'],
    [{ milestone: 'payment-received' }, 'No rule is declared for “payment received”.'],
  ])('is said: %j', (asked, words) => {
    expect(ruleWords(RULES, { workflow: undefined, milestone: undefined, ...asked })).toBe(words);
  });
});
