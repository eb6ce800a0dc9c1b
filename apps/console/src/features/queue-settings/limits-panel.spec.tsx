import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { LimitsPanel } from './limits-panel.js';

const BOTH = { ...ANALYST, permissions: [...ANALYST.permissions, 'catalog.write', 'exception.approve'] };

const euro = (amount: string) => ({ amount, currency: 'EUR' });
const version = (makerId: string, over: object = {}) => ({
  version: 1,
  state: 'draft',
  limit: euro('5000.00'),
  note: 'Agreed with the auditors',
  createdAt: '2026-11-20T08:00:00.000Z',
  createdBy: { id: makerId, displayName: 'Bruno Keller' },
  approvedBy: null,
  ...over,
});

function openPanel(makerId: string) {
  const saved = (name: string) => () => ({
    [name]: { __typename: 'AcceptanceLimitSaved', limit: { legalEntity: 'DE01' } },
  });
  return renderConsole(
    <LimitsPanel />,
    {
      AcceptanceLimits: () => ({
        acceptanceLimits: [
          { legalEntity: 'DE01', limit: euro('1000.00'), isGeneral: true, versions: [version(makerId)] },
          {
            legalEntity: 'US01',
            limit: euro('250.00'),
            isGeneral: false,
            versions: [
              version('p9', {
                state: 'active',
                limit: euro('250.00'),
                approvedBy: { id: 'p8', displayName: 'Kim Lee' },
              }),
            ],
          },
        ],
      }),
      SaveAcceptanceLimit: saved('saveAcceptanceLimit'),
      ApproveAcceptanceLimit: saved('approveAcceptanceLimit'),
      DiscardAcceptanceLimit: saved('discardAcceptanceLimit'),
    },
    BOTH,
  );
}

describe('limits of legal entities', () => {
  it('show what counts and what waits, and are put in force by another person', async () => {
    const user = userEvent.setup();
    const { api } = openPanel('p9');
    const table = await screen.findByRole('table');
    const [, general, own] = within(table).getAllByRole('row');
    expect(general?.textContent).toContain('the general one');
    expect(general?.textContent).toContain('by Bruno Keller: Agreed with the auditors');
    expect(own?.textContent).toContain('approved by Kim Lee');
    await user.click(screen.getByRole('button', { name: 'Put in force' }));
    await waitFor(() =>
      expect(api.asked).toContainEqual({
        name: 'ApproveAcceptanceLimit',
        variables: { legalEntity: 'DE01', version: 1 },
      }),
    );
  });

  it('are not put in force by who stated them', async () => {
    const user = userEvent.setup();
    const { api } = openPanel(ANALYST.id);
    await user.click(await screen.findByRole('button', { name: 'Put in force' }));
    expect(api.asked.map(({ name }) => name)).not.toContain('ApproveAcceptanceLimit');
  });

  it('are stated with a reason, or given up for the general one', async () => {
    const user = userEvent.setup();
    const { api } = openPanel('p9');
    await user.click(await screen.findByRole('button', { name: 'Change the limit of US01' }));
    const dialog = await screen.findByRole('dialog', { name: 'Limit of US01' });
    await user.clear(within(dialog).getByLabelText('Limit in EUR'));
    await user.click(within(dialog).getByLabelText('Why'));
    await user.paste('Not needed any more');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked).toContainEqual({
        name: 'SaveAcceptanceLimit',
        variables: { legalEntity: 'US01', amount: null, note: 'Not needed any more' },
      }),
    );
  });
});
