import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import fc from 'fast-check';
import { renderConsole } from '../../testing/render-console.js';
import { directOrder, prepareOrder, STEP_WIDTH } from './prepare-order.js';
import { WorkflowPage } from './workflow-page.js';
import { dueRuleWords, endWords, presenceOf, startWords, timesWords, workflowsAnswer } from './workflow-words.js';
import { WorkflowsPage } from './workflows-page.js';
import type { Workflow, WorkflowStep } from './workflows-documents.js';

const STEP: WorkflowStep = {
  name: 'invoice-posted',
  title: 'Invoice posted',
  position: 1,
  isRequired: true,
  on: 'invoice',
  per: 'invoice',
  after: ['contract-approved'],
  reachedBy: ['invoice.posted'],
  reportedBy: 'as reported by NetSuite or SAP S/4HANA',
  undoneBy: ['invoice.reversed'],
  given: [],
  ruleKind: 'service',
  dueRule: 'by 18:00 local time of the day of Goods issued',
  dueGiven: [],
  cardinality: 'at most one invoice for each delivery',
};
const FIRST: WorkflowStep = {
  ...STEP,
  name: 'contract-approved',
  title: 'Contract approved',
  position: 0,
  per: null,
  after: [],
  reportedBy: null,
  ruleKind: 'none',
  dueRule: null,
  cardinality: null,
};
const WORKFLOW: Workflow = {
  name: 'order-to-cash',
  title: 'Order to cash',
  version: '3f9a01bc',
  anchor: 'contract',
  given: [],
  unless: ['subscription', 'contract.validated'],
  restartedBy: [],
  cancelledBy: ['contract.cancelled'],
  follows: [{ from: 'contract', to: 'sales-order' }],
  hops: [{ integration: 's4hana-billing', proves: 'invoice-posted' }],
  milestones: [FIRST, STEP],
};
const ANSWERS = {
  Workflows: () => ({
    wrongWorkflowFiles: [],
    workflows: [WORKFLOW, { ...WORKFLOW, name: 'expenses', title: 'Expenses' }],
  }),
  IntegrationTitles: () => ({
    integrations: { edges: [{ node: { name: 's4hana-billing', title: 'Billing in S/4HANA' } }] },
  }),
};

describe('workflows', () => {
  it('are listed by title, and opened and left by keyboard', async () => {
    const user = userEvent.setup();
    const { visited } = renderConsole(<WorkflowsPage search={{ open: undefined }} />, ANSWERS);
    await screen.findByText('Order to cash');
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
      '2 workflows are declared, with 4 steps; 2 of these have a due rule.',
    );
    await user.keyboard('j{Enter}');
    expect(visited).toEqual(['/workflows?open=expenses']);
  });

  it('are left by keyboard', async () => {
    const user = userEvent.setup();
    const { visited } = renderConsole(<WorkflowsPage search={{ open: 'order-to-cash' }} />, ANSWERS);
    await screen.findByText('Its transactions');
    await user.keyboard('{Escape}');
    expect(visited).toEqual(['/workflows']);
  });

  it('say of each step its order, its rules and its hop, and lead to the transactions that stand there', async () => {
    renderConsole(<WorkflowPage name="order-to-cash" />, ANSWERS);
    await screen.findByText('Billing in S/4HANA');
    const row = within(screen.getByRole('table', { name: 'Steps' }))
      .getAllByRole('row')
      .at(-1)!;
    expect(row.textContent).toContain('Contract approved');
    expect(row.textContent).toContain('By 18:00 local time of the day of Goods issuedours to keep');
    expect(row.textContent).toContain('invoice posted, as reported by NetSuite or SAP S/4HANA');
    expect(row.textContent).toContain(
      'once for each invoice, at most one invoice for each delivery; undone by invoice reversed',
    );
    expect(
      within(row)
        .getAllByRole('link')
        .map((link) => link.getAttribute('href')),
    ).toEqual([
      '/transactions?workflow=order-to-cash&milestone=invoice-posted',
      '/transactions?workflow=order-to-cash&milestone=invoice-posted&standing=OVERDUE',
      '/transactions?workflow=order-to-cash&milestone=invoice-posted&standing=REACHED',
    ]);
    const order = screen.getByRole('list', { name: 'Steps in their order' });
    expect(
      within(order)
        .getAllByRole('link')
        .map((link) => link.textContent),
    ).toEqual(['Contract approvedrequired', 'Invoice postedrequireddue, after Contract approved']);
    expect(screen.getByRole('link', { name: 'Whether they are on time' }).getAttribute('href')).toBe(
      '/sla?workflow=order-to-cash&milestone=invoice-posted',
    );
  });

  it('say that there is none', async () => {
    renderConsole(<WorkflowsPage search={{ open: undefined }} />, {
      Workflows: () => ({ wrongWorkflowFiles: [], workflows: [] }),
    });
    expect(await screen.findByText(/Without one no transaction is made/)).toBeTruthy();
  });

  it('name the files that cannot be used, with line and reason', async () => {
    const problems = [
      { line: 12, reason: 'milestones[1].reachedBy: must name at least one activity type' },
      { line: null, reason: 'the name dunning is used by dunning.yaml already' },
    ];
    renderConsole(<WorkflowsPage search={{ open: undefined }} />, {
      Workflows: () => ({
        wrongWorkflowFiles: [{ file: 'reminders.yaml', workflow: 'reminders', problems }],
        workflows: [WORKFLOW],
      }),
    });
    const alert = await screen.findByRole('alert', { name: 'Workflow files that cannot be used' });
    expect(alert.textContent).toContain('1 workflow file cannot be used.');
    expect(alert.textContent).toContain('reminders.yaml');
    expect(alert.textContent).toContain('line 12: milestones[1].reachedBy: must name at least one activity type');
    expect(alert.textContent).toContain('the name dunning is used by dunning.yaml already');
    expect(screen.getByRole('heading', { name: /^1 workflow is declared/ })).toBeTruthy();
  });

  it('say that there is none of a name', async () => {
    renderConsole(<WorkflowPage name="no-such" />, ANSWERS);
    expect(await screen.findByText('There is no such workflow')).toBeTruthy();
  });

  it('say that they could not be read', async () => {
    renderConsole(<WorkflowsPage search={{ open: undefined }} />, {});
    expect(await screen.findByText('The list of workflows could not be loaded')).toBeTruthy();
  });
});

describe('a workflow in words', () => {
  it('begins and ends', () => {
    expect(startWords(WORKFLOW)).toBe(
      'Begins with a contract, unless there is a subscription or “contract validated”.',
    );
    expect(startWords({ anchor: 'invoice', given: ['billing-schedule'], unless: [] })).toBe(
      'Begins with an invoice, once there is a billing schedule.',
    );
    expect(endWords(WORKFLOW)).toBe('It is cancelled by “contract cancelled”.');
    expect(endWords({ cancelledBy: [], restartedBy: ['customer.changed'] })).toBe(
      'It begins anew with “customer changed”.',
    );
    expect(endWords({ cancelledBy: [], restartedBy: [] })).toBeUndefined();
    expect(workflowsAnswer([])).toBe('No workflow is declared.');
  });

  it.each<[string, Partial<WorkflowStep>, string]>([
    ['required', {}, 'Required'],
    ['conditional', { given: ['delivery'] }, 'Required once there is a delivery'],
    ['optional', { isRequired: false }, 'Optional, once there is an invoice'],
    ['optional', { isRequired: false, per: null, on: 'cash-forecast' }, 'Optional, once there is a cash forecast'],
    [
      'optional',
      { isRequired: false, given: ['delivery', 'contract.credit-checked'] },
      'Optional, once there is a delivery or “contract credit checked”',
    ],
  ])('has steps that are %s: %j', (word, more, what) => {
    expect(presenceOf({ ...STEP, ...more })).toEqual({ word, what });
  });

  it('says how often a step is reached, and whose time its due rule is', () => {
    expect(timesWords(FIRST)).toBe('once');
    expect(dueRuleWords(FIRST)).toBeUndefined();
    expect(dueRuleWords({ ...STEP, ruleKind: 'expectation', dueGiven: ['credit-exposure.checked'] })).toEqual({
      rule: 'By 18:00 local time of the day of Goods issued',
      kind: 'expected of others, where there is “credit exposure checked”',
    });
  });
});

describe('the order of steps', () => {
  const steps = (order: Record<string, string[]>) => Object.entries(order).map(([name, after]) => ({ name, after }));

  it('leaves out lines that follow from others, and what is no step', () => {
    expect(directOrder(steps({ a: [], b: ['a'], c: ['a', 'b'], d: ['a', 'gone'] }))).toEqual([
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'a', to: 'd' },
    ]);
  });

  it('puts each step behind those it comes after, and none upon another', () => {
    const anyOrder = fc.array(fc.array(fc.nat(11), { maxLength: 3 }), { minLength: 1, maxLength: 12 }).map((all) =>
      all.map((before, index) => ({
        name: `s${index}`,
        after: [...new Set(before.filter((one) => one < index))].map((one) => `s${one}`),
      })),
    );
    fc.assert(
      fc.property(anyOrder, (all) => {
        const { steps: placed, width, height } = prepareOrder(all);
        const at = new Map(placed.map((one) => [one.step.name, one]));
        for (const { step, x, y } of placed) {
          expect(x >= 0 && y >= 0 && x + STEP_WIDTH <= width && y < height).toBe(true);
          for (const before of step.after) expect(at.get(before)!.x + STEP_WIDTH).toBeLessThan(x);
        }
        expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(all.length);
      }),
      { numRuns: 100 },
    );
  });
});
