import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import type { Rule, RuleRow } from './rule-documents.js';
import { rulesAnswer, trialAnswer } from './rule-words.js';
import { RulesPage } from './rules-page.js';

const row = (name: string, over: Partial<RuleRow> = {}): RuleRow => ({
  name,
  title: `Title of ${name}`,
  taxonomy: 'data-quality.duplicate',
  severity: 'error',
  about: ['supplier-invoice'],
  isShipped: true,
  activeVersion: 1,
  violations: 0,
  versions: [],
  ...over,
});

const draft = {
  version: 2,
  state: 'draft',
  note: 'Tighter',
  createdAt: '2026-11-20T08:00:00.000Z',
  createdBy: { id: 'somebody', displayName: 'Emma Engineer' },
  approvedBy: null,
  approvedAt: null,
  definition: 'name: twice\nversion: 2\n',
  fault: null,
};
const rule: Rule = {
  ...row('twice', { title: 'Supplier invoice is there twice' }),
  inWords: 'Open supplier invoice: violated when there is a earlier.',
  definition: 'name: twice\nversion: 1\n',
  violations: 1,
  firstViolations: [
    { object: { id: 'o1', type: 'supplier-invoice', key: 'S-2' }, message: 'S-2 says the same as S-1' },
  ],
  versions: [draft],
};
const trial = {
  looked: 12,
  isAll: true,
  violated: 2,
  cannotBeTold: 3,
  first: [{ object: { id: 'o1', type: 'supplier-invoice', key: 'S-2' }, message: 'S-2 says the same as S-1' }],
  missing: [{ fact: 'counterparty', count: 3 }],
};

/** Who keeps the catalog, and may put in force what others made. */
const KEEPER = { ...ANALYST, permissions: [...ANALYST.permissions, 'catalog.write', 'exception.approve'] };

const openPage = (open?: string, answers: Parameters<typeof renderConsole>[1] = {}) =>
  renderConsole(
    <RulesPage search={{ open }} />,
    {
      ValidationRules: () => ({
        validationRules: [row('twice', { violations: 1 }), row('mine', { isShipped: false })],
      }),
      ValidationRule: ({ name }) => ({ validationRule: name === 'twice' ? rule : null }),
      ...answers,
    },
    KEEPER,
  );

describe('the rules', () => {
  it('say what is violated, and open by keyboard', async () => {
    const user = userEvent.setup();
    const { visited } = openPage();
    await screen.findByText('2 rules are in force; one is violated, by 1 object.');
    await user.keyboard('j{Enter}');
    expect(visited).toEqual(['/rules?open=twice']);
  });

  it('can be tried before they are saved, and say where they cannot be read', async () => {
    const user = userEvent.setup();
    let answer: unknown = { __typename: 'ValidationRuleTried', trial };
    openPage('twice', { TryValidationRule: () => ({ tryValidationRule: answer }) });
    await user.click(await screen.findByRole('button', { name: 'Try it' }));
    expect(await screen.findByText('Of 12 stored objects 2 would violate it; of 3 it cannot be told.')).toBeTruthy();
    expect(screen.getByText('Missing: counterparty (3)')).toBeTruthy();
    answer = { __typename: 'CatalogFailure', message: 'The rule cannot be read', problems: ['problem: is no code'] };
    await user.click(screen.getByRole('button', { name: 'Try it' }));
    expect((await screen.findByRole('alert')).textContent).toContain('problem: is no code');
  });

  it('are put in force by another person, who sees what counts then', async () => {
    const user = userEvent.setup();
    const { api } = openPage('twice', {
      ApproveValidationRule: () => ({
        approveValidationRule: { __typename: 'ValidationRuleSaved', rule: { name: 'twice' } },
      }),
    });
    await user.click(await screen.findByRole('button', { name: 'Put in force' }));
    const dialog = await screen.findByRole('dialog', { name: 'Put version 2 in force' });
    expect(dialog.textContent).toContain('version: 2');
    await user.click(within(dialog).getByRole('button', { name: 'Put in force' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'ApproveValidationRule')?.variables).toEqual({
        name: 'twice',
        version: 2,
      }),
    );
  });

  it('are begun with an example, which has to be saved with a note', async () => {
    const user = userEvent.setup();
    openPage('not-there-yet');
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: /Definition/ });
    expect(field.value).toContain('name: not-there-yet');
    await user.click(screen.getByRole('button', { name: 'Save as new version' }));
    const dialog = await screen.findByRole('dialog', { name: 'Save as new version' });
    expect(within(dialog).getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true);
  });

  it('say that they could not be read', async () => {
    renderConsole(<RulesPage search={{ open: undefined }} />, {});
    expect(await screen.findByText('The list of rules could not be loaded')).toBeTruthy();
  });
});

describe('sentences about rules', () => {
  it.each<[RuleRow[], string]>([
    [[row('a')], '1 rule is in force; nothing violates them.'],
    [
      [row('a', { violations: 2 }), row('b', { violations: 1 }), row('c', { severity: 'off' })],
      '2 rules are in force; 2 of them are violated, by 3 objects.',
    ],
    [
      [row('a', { activeVersion: 0, versions: [{ version: 1, state: 'draft' }] })],
      '0 rules are in force; nothing violates them; 1 version waits to be approved.',
    ],
  ])('%#', (rules, sentence) => {
    expect(rulesAnswer(rules)).toBe(sentence);
  });

  it.each([
    [{ looked: 0 }, 'Nothing of that kind is stored.'],
    [{ isAll: false, violated: 0, cannotBeTold: 0 }, 'Of a sample of 12 stored objects none would violate it.'],
  ])('%o', (over, sentence) => {
    expect(trialAnswer({ ...trial, ...over })).toBe(sentence);
  });
});
