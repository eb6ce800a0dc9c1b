import { describe, expect, it } from '@jest/globals';
import { loadWorkflows, parseWorkflow } from './load-workflow.js';
import { WorkflowError } from './workflow-reader.js';

const VALID = `
name: short
title: Short
anchor: contract
follows:
  - { from: contract, to: invoice, as: bills }
  - { from: invoice, to: cash-position, as: gathers }
milestones:
  - { name: posted, title: Posted, on: invoice, per: invoice, after: [approved], reachedBy: [invoice.posted] }
  - { name: approved, title: Approved, on: contract, reachedBy: [contract.approved] }
hops:
  - { integration: billing, proves: posted }
`;

const problemsOf = (yaml: string): readonly string[] => {
  try {
    parseWorkflow(yaml, 'short.yaml');
    return [];
  } catch (error) {
    if (error instanceof WorkflowError) return error.problems;
    throw error;
  }
};

describe('workflow files', () => {
  it('are all usable, order to cash among them', () => {
    const orderToCash = loadWorkflows().find(({ name }) => name === 'order-to-cash');
    const always = orderToCash?.milestones.filter((rule) => rule.isRequired && rule.given.size === 0);
    expect(always?.map((rule) => rule.name)).toEqual([
      'contract-approved',
      'order-accepted',
      'invoice-posted',
      'payment-received',
      'cash-position-updated',
      'payment-applied',
    ]);
  });

  it('put milestones behind those they come after', () => {
    const { milestones } = parseWorkflow(VALID, 'short.yaml');
    expect(milestones.map(({ name, position }) => [name, position])).toEqual([
      ['approved', 0],
      ['posted', 1],
    ]);
  });

  it.each<{ name: string; change: [string, string]; problem: RegExp }>([
    { name: 'no YAML', change: ['name: short', 'name: [short'], problem: /./ },
    { name: 'a misspelt field', change: ['title: Short', 'titel: Short'], problem: /unknown field "titel"/ },
    {
      name: 'an unknown object type',
      change: ['anchor: contract', 'anchor: agreement'],
      problem: /anchor: "agreement" is no canonical object type/,
    },
    {
      name: 'an anchor that gathers others',
      change: ['anchor: contract', 'anchor: cash-position'],
      problem: /cannot start a transaction/,
    },
    {
      name: 'an activity type of nothing',
      change: ['[invoice.posted]', '[posted]'],
      problem: /"posted" is no activity type/,
    },
    {
      name: 'an activity of another type of object',
      change: ['[invoice.posted]', '[payment.received]'],
      problem: /happens to payment, not to invoice/,
    },
    {
      name: 'a milestone that nothing reaches',
      change: ['[invoice.posted]', '[]'],
      problem: /at least one activity type/,
    },
    {
      name: 'an unknown predecessor',
      change: ['after: [approved]', 'after: [signed]'],
      problem: /"signed" is no milestone/,
    },
    {
      name: 'a circle',
      change: ['on: contract, reachedBy', 'on: contract, after: [posted], reachedBy'],
      problem: /posted, approved come after one another in a circle/,
    },
    {
      name: 'a milestone named twice',
      change: ['name: approved', 'name: posted'],
      problem: /"posted" is declared twice/,
    },
    {
      name: 'a type that no link leads to',
      change: ['from: contract, to: invoice', 'from: quote, to: invoice'],
      problem: /no followed link leads from contract to invoice/,
    },
    { name: 'a milestone per hub', change: ['per: invoice', 'per: cash-position'], problem: /is a hub/ },
    {
      name: 'a hop that proves nothing',
      change: ['proves: posted', 'proves: settled'],
      problem: /"settled", which is no milestone/,
    },
    {
      name: 'a due rule by a milestone it does not come after',
      change: [
        'reachedBy: [contract.approved] }',
        'reachedBy: [contract.approved], due: { kind: business-duration, commitment: service, after: posted, duration: PT4H } }',
      ],
      problem: /not among the milestones it comes after/,
    },
    {
      name: 'a duration in days',
      change: [
        '[invoice.posted] }',
        '[invoice.posted], due: { kind: business-duration, commitment: service, after: approved, duration: P1D } }',
      ],
      problem: /not a duration/,
    },
  ])('refuse $name, saying where', ({ change: [from, to], problem }) => {
    expect(VALID).toContain(from);
    expect(problemsOf(VALID.replace(from, to)).join('\n')).toMatch(problem);
  });

  it('tell every problem at once', () => {
    expect(
      problemsOf(VALID.replace('anchor: contract', 'anchor: agreement').replace('[invoice.posted]', '[posted]')),
    ).toHaveLength(2);
  });
});
