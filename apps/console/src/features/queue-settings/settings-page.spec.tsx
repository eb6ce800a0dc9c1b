import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { moveRule, peopleToName, ruleInWords, toEdited, toInput } from './rule-text.js';
import type { QueueSettings, RuleSetting } from './settings-documents.js';
import { QueueSettingsPage } from './settings-page.js';

const KEEPER = { ...ANALYST, permissions: [...ANALYST.permissions, 'catalog.write'] };

const tax: QueueSettings = {
  name: 'tax',
  revision: 'seen-1',
  title: 'Tax',
  purpose: 'Tax codes.',
  lead: null,
  members: [{ id: 'p1', displayName: 'Anna Lindqvist' }],
  workingHours: { calendar: 'TARGET', title: 'T2 (TARGET), euro', timeZone: 'Europe/Berlin', isOpen: true },
  ownHours: null,
  targets: [
    { band: 'P1', response: 'PT30M', resolution: 'PT4H', isOwn: false },
    { band: 'P2', response: 'PT45M', resolution: 'PT8H', isOwn: true },
  ],
};
const rule = (name: string, over: Partial<RuleSetting> = {}): RuleSetting => ({
  name,
  queue: { name: 'tax', title: 'Tax' },
  taxonomies: null,
  objectTypes: null,
  legalEntities: null,
  integrations: null,
  fromAmount: null,
  person: null,
  whyNobody: null,
  isDefault: false,
  ...over,
});
const large = rule('large', { objectTypes: ['invoice'], fromAmount: { amount: '5000.00', currency: 'EUR' } });
const other = rule('other', {
  person: { id: 'p1', displayName: 'Anna Lindqvist' },
  whyNobody: 'Anna Lindqvist is away until 2026-10-04, and nobody stands in.',
  legalEntities: ['DE01', 'US01'],
});

const openPage = (answers: Parameters<typeof renderConsole>[1] = {}) =>
  renderConsole(
    <QueueSettingsPage />,
    {
      AcceptanceLimits: () => ({ acceptanceLimits: [] }),
      QueueSettings: () => ({
        queues: [tax],
        routingRules: [large, other, rule('rest', { isDefault: true })],
        routingRulesRevision: 'rules-1',
      }),
      ...answers,
    },
    KEEPER,
  );

describe('the settings of queues', () => {
  it('show people, hours and rules in words and order', async () => {
    openPage();
    await screen.findByText('1 queue, 1 without a lead; 2 rules of your own before the shipped ones.');
    const [, rules] = screen.getAllByRole('table');
    const rows = within(rules as HTMLElement).getAllByRole('row');
    expect(rows[1]?.textContent).toContain('at invoice from');
    expect(rows[1]?.textContent).toContain('nobody');
    expect(rows[2]?.textContent).toContain('of DE01 or US01');
    expect(rows[2]?.textContent).toContain('Anna Lindqvist is away until 2026-10-04, and nobody stands in.');
    expect(rows[3]?.textContent).toContain('everything');
  });

  it('move a rule by saving all of them in their new order', async () => {
    const user = userEvent.setup();
    const { api } = openPage({
      SaveRoutingRules: () => ({ saveRoutingRules: { __typename: 'RoutingRulesSaved', rules: [] } }),
    });
    const [down] = await screen.findAllByRole('button', { name: 'Down' });
    if (down) await user.click(down);
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SaveRoutingRules')?.variables).toEqual({
        rules: [
          { name: 'other', queue: 'tax', personId: 'p1', legalEntities: ['DE01', 'US01'] },
          { name: 'large', queue: 'tax', objectTypes: ['invoice'], fromAmount: '5000.00' },
        ],
        seen: 'rules-1',
      }),
    );
  });

  it('let a rule name one of the members of its queue', async () => {
    const user = userEvent.setup();
    const { api } = openPage({
      SaveRoutingRules: () => ({ saveRoutingRules: { __typename: 'RoutingRulesSaved', rules: [] } }),
    });
    const [change] = await screen.findAllByRole('button', { name: 'Change' });
    if (change) await user.click(change);
    const dialog = await screen.findByRole('dialog', { name: 'large' });
    await user.click(within(dialog).getByRole('combobox', { name: 'Assigned to' }));
    const choices = await screen.findAllByRole('option', { hidden: true });
    expect(choices.filter(({ textContent }) => textContent === 'Anna Lindqvist')).toHaveLength(1);
    await user.click(screen.getByRole('option', { name: 'Anna Lindqvist', hidden: true }));
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SaveRoutingRules')?.variables).toMatchObject({
        rules: [{ name: 'large', personId: 'p1' }, { name: 'other' }],
      }),
    );
  });

  it('say where the rules would send an exception', async () => {
    const user = userEvent.setup();
    openPage({
      TryRoutingRules: ({ exceptionId }) => ({
        tryRoutingRules: {
          __typename: 'RoutingTrial',
          queue: { name: 'tax', title: `Tax ${String(exceptionId)}` },
          rule: 'large',
          isDefault: false,
          assigneeName: null,
          whyNobody: 'Anna is away.',
        },
      }),
    });
    await user.click(await screen.findByLabelText('Try on an exception'));
    await user.paste('https://console.test/exceptions/e1');
    await user.keyboard('{Enter}');
    expect(await screen.findByText('Goes to Tax e1, by the rule “large”. Nobody gets it: Anna is away.')).toBeTruthy();
  });

  it('change only what differs of a queue', async () => {
    const user = userEvent.setup();
    const { api } = openPage({
      SetQueueHours: () => ({
        setQueueHours: { __typename: 'CatalogFailure', message: 'There is no such calendar', problems: [] },
      }),
    });
    await user.click(await screen.findByRole('button', { name: 'Change Tax' }));
    const dialog = await screen.findByRole('dialog', { name: 'Tax' });
    await user.type(within(dialog).getByLabelText('Working hours'), 'X');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('There is no such calendar');
    expect(api.asked.map(({ name }) => name).filter((name) => name.startsWith('Set'))).toEqual(['SetQueueHours']);
  });
});

describe('the parts of a queue', () => {
  it('are saved one after the other, each on what the one before made of it', async () => {
    const user = userEvent.setup();
    const saved = (name: string, revision: string) => () => ({
      [name]: { __typename: 'QueueSaved', queue: { name: 'tax', revision } },
    });
    const { api } = openPage({
      SetQueueHours: saved('setQueueHours', 'seen-2'),
      SetQueueTargets: saved('setQueueTargets', 'seen-3'),
    });
    await user.click(await screen.findByRole('button', { name: 'Change Tax' }));
    const dialog = await screen.findByRole('dialog', { name: 'Tax' });
    await user.type(within(dialog).getByLabelText('Working hours'), 'X');
    const field = within(dialog).getByRole('textbox', { name: 'P2: over within' });
    await user.clear(field);
    await user.type(field, '6:30');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(api.asked.some(({ name }) => name === 'SetQueueTargets')).toBe(true));
    const seenBy = (act: string) => api.asked.find(({ name }) => name === act)?.variables['seen'];
    expect([seenBy('SetQueueHours'), seenBy('SetQueueTargets')]).toEqual(['seen-1', 'seen-2']);
  });
});

describe('the targets of a queue', () => {
  it('are typed in hours, and those that are as shipped stay so', async () => {
    const user = userEvent.setup();
    const { api } = openPage({
      SetQueueTargets: () => ({
        setQueueTargets: { __typename: 'QueueSaved', queue: { name: 'tax', revision: 'seen-2' } },
      }),
    });
    await user.click(await screen.findByRole('button', { name: 'Change Tax' }));
    const dialog = await screen.findByRole('dialog', { name: 'Tax' });
    const field = within(dialog).getByRole('textbox', { name: 'P2: over within' });
    await user.clear(field);
    await user.type(field, 'soon');
    expect(within(dialog).getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true);
    await user.clear(field);
    await user.type(field, '6:30');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SetQueueTargets')?.variables).toEqual({
        queue: 'tax',
        seen: 'seen-1',
        targets: [{ band: 'P2', response: 'PT0H45M', resolution: 'PT6H30M' }],
      }),
    );
  });
});

describe('a rule', () => {
  it('comes back from its text as it was', () => {
    expect(toInput(toEdited(other))).toEqual({
      name: 'other',
      queue: 'tax',
      personId: 'p1',
      legalEntities: ['DE01', 'US01'],
    });
    expect(toInput(toEdited(large))).not.toHaveProperty('personId');
    const ben = { id: 'p2', displayName: 'Ben' };
    expect(peopleToName(toEdited(large), [ben])).toEqual([{ value: 'p2', label: 'Ben' }]);
    // who left the queue is still whom the rule names, until somebody changes it
    expect(peopleToName(toEdited(other), [ben])[0]).toEqual({ value: 'p1', label: 'Anna Lindqvist (cannot get it)' });
    expect(ruleInWords(rule('x', { taxonomies: ['platform'], integrations: ['a', 'b'] }))).toBe(
      'problem platform over a or b',
    );
  });

  it('does not move beyond the ends', () => {
    expect(moveRule(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moveRule(['a', 'b'], 0, 1)).toEqual(['b', 'a']);
  });
});
