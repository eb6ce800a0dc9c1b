import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { FourEyesPage } from './four-eyes-page.js';

const KEEPER = {
  ...ANALYST,
  permissions: [...ANALYST.permissions, 'catalog.read', 'catalog.write', 'requeue.approve'],
};

const rule = (more: object) => ({
  name: 'large-amount',
  title: 'Large amounts',
  amountFrom: { amount: '100000.00', currency: 'EUR' },
  countFrom: null,
  activitiesFrom: null,
  closedPeriods: false,
  legalEntities: null,
  integrations: null,
  objectTypes: null,
  actions: null,
  modes: null,
  people: 2,
  role: null,
  excludesTouchers: false,
  ...more,
});

const version = (more: object) => ({
  version: 2,
  state: 'draft',
  note: 'Stricter for France',
  createdAt: '2026-11-20T09:00:00.000Z',
  createdBy: { id: 'somebody', displayName: 'Erik Moreau' },
  approvedBy: null,
  definition: 'version: 2',
  fault: null,
  ...more,
});

function open(versions: object[] = []) {
  return renderConsole(
    <FourEyesPage />,
    {
      FourEyesRules: () => ({
        fourEyesRules: {
          version: 1,
          isShipped: true,
          definition: 'version: 1',
          expiresAfterHours: 72,
          reviewWithinBusinessDays: 2,
          rules: [
            rule({}),
            rule({
              name: 'french',
              title: 'France',
              amountFrom: null,
              countFrom: 200,
              activitiesFrom: null,
              closedPeriods: false,
              legalEntities: ['FR01'],
              objectTypes: ['credit-memo'],
              modes: ['corrected', 'extract-anew'],
              people: 3,
              role: 'controller',
              excludesTouchers: true,
            }),
          ],
          limits: [
            { role: 'approver', person: null, perDay: { amount: '1000000.00', currency: 'EUR' } },
            { role: null, person: 'cfo@acme.example', perDay: null },
          ],
          versions,
        },
      }),
      SaveFourEyesRules: () => ({ saveFourEyesRules: { __typename: 'FourEyesRulesSaved', rules: { version: 1 } } }),
      ApproveFourEyesRules: () => ({
        approveFourEyesRules: { __typename: 'FourEyesRulesSaved', rules: { version: 2 } },
      }),
    },
    KEEPER,
  );
}

describe('who approves what', () => {
  it('is told in words: rules and limits', async () => {
    open([version({})]);
    await screen.findByRole('heading', {
      name: '2 rules ask for a second person before something is sent again; 1 change waits for approval.',
    });
    const rows = within(screen.getByText('Large amounts').closest('table')!).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual([
      'RuleWhenNeeds',
      'Large amountsFrom EUR 100,000.002 people',
      'FranceFrom 200 documents of credit memo in FR01 sent corrected or extracted anew3 people, one of them controller, nobody who worked on it',
    ]);
    expect(screen.getByText('cfo@acme.example').closest('tr')?.textContent).toContain('without limit');
  });

  it('is changed by a draft with a note', async () => {
    const user = userEvent.setup();
    const { api } = open();
    fireEvent.change(await screen.findByLabelText('Definition'), { target: { value: 'version: 1 # stricter' } });
    await user.click(screen.getByRole('button', { name: 'Save as new version' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('Note'), 'Stricter');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked).toContainEqual({
        name: 'SaveFourEyesRules',
        variables: { definition: 'version: 1 # stricter', note: 'Stricter' },
      }),
    );
  });

  it('is put in force by another person than who saved it', async () => {
    const user = userEvent.setup();
    const { api } = open([version({}), version({ version: 3, createdBy: { id: KEEPER.id, displayName: 'You' } })]);
    const [other, own] = await screen.findAllByRole('button', { name: 'Put in force' });
    expect(own?.getAttribute('aria-disabled')).toBe('true');
    await user.click(other!);
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Put in force' }));
    await waitFor(() => expect(api.asked).toContainEqual({ name: 'ApproveFourEyesRules', variables: { version: 2 } }));
  });
});
