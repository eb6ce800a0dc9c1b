import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { CompensationPage } from './compensation-page.js';

const REVERSE = {
  action: 'REVERSE',
  objectTypes: ['invoice', 'credit-memo'],
  taxonomies: [],
  path: '/reversals',
  proofActivity: 'invoice.reversed',
  proofMilestone: null,
  withinMinutes: 60,
  postingDate: 'ORIGINAL_OR_NEXT_OPEN',
};
const ROW = {
  name: 'billing-to-erp',
  title: 'Billing to ERP',
  toSystem: 'sap-s4hana',
  canRequeue: true,
  compensations: { version: 3, actions: [REVERSE] },
  compensationHistory: [
    { version: 3, note: 'agreed', changedByName: 'Farid', changedAt: '2026-11-20T08:00:00.000Z', actions: [REVERSE] },
  ],
};
const SAVED = {
  __typename: 'CompensationSettingSaved',
  integration: { name: 'billing-to-erp', title: 'Billing to ERP' },
};

function page({ row = ROW as object, saved = SAVED as object, permissions = ['catalog.read', 'catalog.write'] } = {}) {
  return renderConsole(
    <CompensationPage integration="billing-to-erp" />,
    {
      CompensationSetting: () => ({ integrations: { edges: [{ node: row }] } }),
      SaveCompensationSetting: () => ({ saveCompensationSetting: saved }),
    },
    { ...ANALYST, permissions },
  );
}

const fill = (input: HTMLElement, value: string) => fireEvent.change(input, { target: { value } });

describe('what an integration undoes', () => {
  it('is said in a sentence, with its versions', async () => {
    page();
    expect(await screen.findByText('Billing to ERP: Reverse invoice and credit memo.')).toBeTruthy();
    expect(screen.getByText(/agreed/)).toBeTruthy();
  });

  it('is declared on the version that was seen', async () => {
    const { api } = page();
    const user = userEvent.setup();
    await user.click(await screen.findByRole('button', { name: 'Add an action' }));
    const added = within(screen.getByRole('group', { name: '2. Reverse' }));
    fill(added.getByLabelText('Kinds of document'), 'sales-order, delivery');
    fill(added.getByLabelText('Proved by'), 'order-to-cash/order-cancelled');
    fill(screen.getByLabelText('Why'), 'month end');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SaveCompensationSetting')?.variables).toEqual({
        integration: 'billing-to-erp',
        basedOn: 3,
        note: 'month end',
        actions: [
          REVERSE,
          {
            action: 'REVERSE',
            objectTypes: ['sales-order', 'delivery'],
            taxonomies: [],
            path: null,
            proofActivity: null,
            proofMilestone: 'order-to-cash/order-cancelled',
            withinMinutes: 60,
            postingDate: 'ORIGINAL_OR_NEXT_OPEN',
          },
        ],
      }),
    );
  });

  it('says what the catalog refuses, and at which place', async () => {
    page({
      saved: {
        __typename: 'CatalogFailure',
        code: 'INVALID',
        message: 'What is undone cannot be taken as it is',
        problems: ['actions.1.path: must stay on the host of the target'],
      },
    });
    const user = userEvent.setup();
    fill(await screen.findByLabelText('Why'), 'month end');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('actions.1.path: must stay on the host of the target')).toBeTruthy();
  });

  it('leads to the other pages of its integration', async () => {
    page();
    const tabs = within(await screen.findByRole('navigation', { name: 'Pages of the integration' }));
    expect(tabs.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual([
      '/integrations/billing-to-erp/target',
      '/integrations/billing-to-erp/sending',
      '/integrations/billing-to-erp/compensation',
    ]);
    expect(tabs.getByRole('link', { current: true }).textContent).toBe('Undo');
  });

  it('is only read without the right to change the catalog', async () => {
    page({ permissions: ['catalog.read'] });
    expect(await screen.findByText(/you need the right to change the catalog/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    expect(screen.queryByRole('button', { name: /Remove/ })).toBeNull();
  });

  it('says when there is no target yet', async () => {
    page({ row: { ...ROW, canRequeue: false, compensations: null, compensationHistory: [] } });
    expect(await screen.findByText(/It has no target yet/)).toBeTruthy();
    expect(screen.getByText('Billing to ERP undoes nothing: nobody can reverse or cancel through it.')).toBeTruthy();
  });
});
