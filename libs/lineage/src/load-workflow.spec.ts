import { describe, expect, it } from '@jest/globals';
import { parseWorkflow } from './load-workflow.js';
import { loadWorkflows, readWorkflowFolder } from './workflow-folder.js';
import { WorkflowError } from './workflow-reader.js';
import { workflowVersion } from './workflow-version.js';

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
    expect(readWorkflowFolder().wrong).toEqual([]);
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

  it('have a version that is of what they declare, not of how', () => {
    const version = workflowVersion(parseWorkflow(VALID, 'short.yaml'));
    const written = VALID.replace('follows:', '# links\nfollows:').replace('[invoice.posted]', '["invoice.posted"]');
    expect(workflowVersion(parseWorkflow(written, 'short.yaml'))).toBe(version);
    const changed = VALID.replace('[invoice.posted]', '[invoice.posted, invoice.corrected]');
    expect(workflowVersion(parseWorkflow(changed, 'short.yaml'))).not.toBe(version);
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
      name: 'a kind of source system that there is not',
      change: ['reachedBy: [invoice.posted]', 'reachedBy: [invoice.posted], bySystems: [netsuite, net-suite]'],
      problem: /milestones\.posted\.bySystems: "net-suite" is no kind of source system/,
    },
    {
      name: 'no kind of source system at all',
      change: ['reachedBy: [invoice.posted]', 'reachedBy: [invoice.posted], bySystems: []'],
      problem: /bySystems: must name at least one kind of source system/,
    },
    {
      name: 'kinds of source systems for what happens to a hub',
      change: [
        'hops:',
        `  - { name: cash, title: Cash, on: cash-position, after: [posted], reachedBy: [cash-position.updated], bySystems: [kyriba] }
hops:`,
      ],
      problem: /milestones\.cash\.bySystems: of a hub's activities only the earliest is looked for/,
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
    ...[
      {
        name: 'a link that cannot be on the way',
        field: '  - { from: payment, to: bank-entry, as: books }',
        problem: /follows: payment to bank-entry: no followed link leads from contract to payment/,
      },
      {
        name: 'a link to context',
        field: '  - { from: invoice, to: customer, as: bills }',
        problem: /context is never traversed/,
      },
      {
        name: 'a link from a hub to an object',
        field: '  - { from: cash-position, to: bank-entry, as: gathers }',
        problem: /from a hub only further hubs/,
      },
    ].map(({ name, field, problem }): { name: string; change: [string, string]; problem: RegExp } => ({
      name,
      change: ['milestones:', `${field}\nmilestones:`],
      problem,
    })),
    ...[
      {
        name: 'a flag that is none',
        field: 'required: no-not-really',
        problem: /milestones\[0\].required: must be true or false/,
      },
      { name: 'a condition of nothing', field: 'given: [soon]', problem: /given: "soon" is neither/ },
      { name: 'conditions without any', field: 'given: []', problem: /given: must name at least one/ },
      {
        name: 'a condition that nothing leads to',
        field: 'given: [payment]',
        problem: /given: no followed link leads from contract to payment/,
      },
      {
        name: 'a condition by what happens to a hub',
        field: 'given: [cash-position.updated]',
        problem: /happens to a hub/,
      },
      {
        name: 'a cardinality of nothing',
        field: 'expects: { atMost: 0, per: contract }',
        problem: /atMost: must be a whole number from 1/,
      },
      {
        name: 'a cardinality by what lies below',
        field: 'expects: { atMost: 1, per: cash-position }',
        problem: /no followed link leads from cash-position to invoice/,
      },
      {
        name: 'an end that is no milestone',
        field: 'notAfter: [nowhere]',
        problem: /notAfter: "nowhere" is no milestone/,
      },
      {
        name: 'an end that is the milestone itself',
        field: 'notAfter: [posted]',
        problem: /notAfter: "posted" is among the milestones it comes after/,
      },
      {
        name: 'an unknown kind of due rule',
        field: 'due: { kind: soon, commitment: service }',
        problem: /due.kind: must be one of business-duration, local-cut-off, stated-date, close-day/,
      },
      {
        name: 'a field of another kind of rule',
        field: "due: { kind: business-duration, commitment: service, after: approved, duration: PT4H, time: '18:00' }",
        problem: /due.time: is no field of a business-duration rule/,
      },
      {
        name: 'hours of a currency',
        field:
          'due: { kind: business-duration, commitment: service, after: approved, duration: PT4H, calendar: currency }',
        problem: /due.calendar: a currency has days/,
      },
      {
        name: 'an unknown calendar',
        field: "due: { kind: local-cut-off, commitment: service, after: approved, time: '18:00', calendar: lunar }",
        problem: /due.calendar: must be one of/,
      },
      {
        name: 'a date that nothing states',
        field: 'due: { kind: stated-date, commitment: service, date: dueDate }',
        problem: /due.of: must be a text/,
      },
      {
        name: 'a date that an object out of reach states',
        field: 'due: { kind: stated-date, commitment: service, of: payment, date: dueDate }',
        problem: /due.of: no followed link leads from contract to payment/,
      },
      {
        name: 'a day of close that no month has',
        field: 'due: { kind: close-day, commitment: service, after: approved, businessDay: 25 }',
        problem: /businessDay must be a whole number from 1 to 15/,
      },
    ].map(({ name, field, problem }): { name: string; change: [string, string]; problem: RegExp } => ({
      name,
      change: ['reachedBy: [invoice.posted] }', `reachedBy: [invoice.posted], ${field} }`],
      problem,
    })),
    {
      name: 'a hub milestone that is there only by something else',
      change: [
        'reachedBy: [contract.approved] }',
        'reachedBy: [contract.approved] }\n  - { name: seen, title: Seen, on: cash-position, given: [invoice], reachedBy: [cash-position.updated] }',
      ],
      problem: /seen.given: must name cash-position too/,
    },
    {
      name: 'a clock that starts beside the object',
      change: [
        'reachedBy: [contract.approved] }',
        'reachedBy: [contract.approved] }\n  - { name: seen, title: Seen, on: contract, after: [posted], reachedBy: [contract.seen], due: { kind: business-duration, commitment: service, after: posted, duration: PT1H } }',
      ],
      problem: /must be declared per invoice too, or per what lies downstream of it/,
    },
    {
      name: 'a start that every anchor has',
      change: ['anchor: contract', 'anchor: contract\ngiven: [contract]'],
      problem: /given: every anchor is a contract/,
    },
    {
      name: 'context that starts something always',
      change: ['anchor: contract', 'anchor: customer'],
      problem: /customer describes others and cannot start a transaction that leads to them/,
    },
  ])('refuse $name, saying where', ({ change: [from, to], problem }) => {
    expect(VALID).toContain(from);
    expect(problemsOf(VALID.replace(from, to)).join('\n')).toMatch(problem);
  });

  it.each<{ name: string; yaml: string; problem: RegExp }>([
    {
      name: 'milestones of which none is required',
      yaml: VALID.replaceAll('after:', 'required: false, after:').replace(
        'on: contract,',
        'on: contract, required: false,',
      ),
      problem: /milestones: at least one must be required/,
    },
    {
      name: 'a hub that begins anew',
      yaml: `
name: hub
title: Hub
anchor: bank-statement
restartedBy: [bank-statement.received]
milestones:
  - { name: received, title: Received, on: bank-statement, reachedBy: [bank-statement.received] }
`,
      problem: /restartedBy: a workflow with milestones of hubs cannot begin anew/,
    },
    {
      name: 'what describes others as an anchor, without saying when',
      yaml: `
name: change
title: Change
anchor: customer
milestones:
  - { name: changed, title: Changed, on: customer, reachedBy: [customer.changed] }
`,
      problem: /"given" has to say when it starts a transaction/,
    },
  ])('refuse $name', ({ yaml, problem }) => expect(problemsOf(yaml).join('\n')).toMatch(problem));

  it('tell every problem at once', () => {
    expect(
      problemsOf(VALID.replace('anchor: contract', 'anchor: agreement').replace('[invoice.posted]', '[posted]')),
    ).toHaveLength(2);
  });
});
