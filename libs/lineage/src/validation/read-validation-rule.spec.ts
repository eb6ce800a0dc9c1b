import { describe, expect, it } from '@jest/globals';
import { WorkflowError } from '../workflow-reader.js';
import { parseValidationRule } from './read-validation-rule.js';

const GOOD = `
name: large-order
version: 1
title: Order is large
problem: data-quality.invalid-value
severity: warning
about: sales-order
links: { customer: { steps: [{ attached: customer, as: placed-by }] } }
violatedWhen: { fact: amount, operator: above, value: '1000' }
message: '{key} is {amount}'
`;

/** The rule with one line in place of that which begins alike. */
const withLine = (line: string) => {
  const [name = ''] = line.split(':');
  const rest = GOOD.split('\n').filter((one) => !one.startsWith(`${name}:`));
  return [...rest, line].join('\n');
};

function problemsOf(yaml: string): readonly string[] {
  try {
    parseValidationRule(yaml, 'rule.yaml');
    return [];
  } catch (error) {
    if (error instanceof WorkflowError) return error.problems;
    throw error;
  }
}

describe('a validation rule', () => {
  it('is read', () => {
    expect(parseValidationRule(GOOD, 'rule.yaml')).toMatchObject({
      name: 'large-order',
      about: ['sales-order'],
      onlyOpen: true,
      amount: 'open',
      violatedWhen: { operator: 'above', values: ['1000'], tolerancePercent: '0' },
    });
    expect(problemsOf(GOOD)).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ['a field that nobody reads', 'colour: red', /^rule: has an unknown field "colour"/],
    ['a problem outside of the taxonomy', 'problem: bad', /^problem: "bad" is no code of the taxonomy/],
    ['a type that is none', 'about: [order]', /^about\[0\]: "order" is no canonical object type/],
    ['a severity that is none', 'severity: fatal', /^severity: must be one of error, warning, off/],
    [
      'an operator that is none',
      'violatedWhen: { fact: amount, operator: "=", value: "1" }',
      /^violatedWhen.operator: must be one of is-known/,
    ],
    [
      'a fact that is none',
      'violatedWhen: { fact: colour, operator: is-known }',
      /^violatedWhen.fact: "colour" is no fact/,
    ],
    [
      'a fact of a link that is not declared',
      'violatedWhen: { any: [{ fact: payer.key, operator: is-known }] }',
      /^violatedWhen.any\[0\].fact: "payer.key" is no fact: .*\(customer\)/,
    ],
    [
      'a comparison with nothing',
      'violatedWhen: { fact: amount, operator: above }',
      /^violatedWhen: above needs either a value or another fact/,
    ],
    [
      'a comparison with two things',
      'violatedWhen: { fact: amount, operator: above, value: "1", other: customer.amount }',
      /^violatedWhen: above needs either a value or another fact/,
    ],
    [
      'a size that is no number',
      'violatedWhen: { fact: amount, operator: above, value: many }',
      /^violatedWhen.value: must be a number/,
    ],
    [
      'a tolerance where nothing is sized',
      'violatedWhen: { fact: currency, operator: is, value: EUR, tolerancePercent: 1 }',
      /^violatedWhen.tolerancePercent: belongs to above and below/,
    ],
    [
      'objects compared as if they were a fact',
      'violatedWhen: { fact: customer, operator: is, value: C1 }',
      /^violatedWhen.fact: names objects/,
    ],
    ['no condition at all', 'violatedWhen: { all: [] }', /^violatedWhen.all: must hold at least one condition/],
    ['words about what is no fact', "message: 'too much: {colour}'", /^message: "colour" is no fact/],
    [
      'a difference where nothing is sized',
      'violatedWhen: { fact: key, operator: is-known }\namount: difference',
      /^amount: is the difference of a comparison above or below, and there is none/,
    ],
    [
      'a way of three steps',
      'links: { customer: { steps: [{ upstream: quote }, { upstream: quote }, { upstream: quote }] } }',
      /^links.customer.steps: must be one to 2 steps/,
    ],
    [
      'a link called like a fact',
      'links: { amount: { steps: [{ upstream: quote }] } }',
      /^links: has an unknown field "amount"/,
    ],
    [
      'the same facts as what is linked',
      'links: { customer: { steps: [{ attached: customer }] }, twin: { sameFacts: [[customer.key]] } }',
      /^links.twin.sameFacts\[0\]: "customer.key" is no fact of the object itself/,
    ],
  ])('is refused for %s, naming the place', (_name, line, expected) => {
    expect(problemsOf(withLine(line))).toEqual([expect.stringMatching(expected)]);
  });

  it('is refused when it is no YAML, or hides its size in aliases', () => {
    expect(problemsOf('{')).toHaveLength(1);
    expect(problemsOf(withLine('violatedWhen: { all: [&a { fact: key, operator: is-known }, *a] }'))).toHaveLength(1);
  });
});
