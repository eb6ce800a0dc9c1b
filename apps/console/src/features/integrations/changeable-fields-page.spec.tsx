import { describe, expect, it } from '@jest/globals';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import { ChangeableFieldsPage } from './changeable-fields-page.js';

const corrections = {
  version: 2,
  fields: ['/sellingUnit'],
  contractType: null,
  changedByName: 'Erik Engineer',
  changedAt: '2026-11-20T08:00:00.000Z',
};
const plain = { fromSystem: 'salesforce', toSystem: 'sap-s4hana', canRequeue: true };
const ROWS = [
  { name: 'contract-to-order', title: 'Contract to order', ...plain, corrections },
  { name: 'order-to-invoice', title: 'Order to invoice', ...plain, corrections: null },
];
const SAVED = { __typename: 'CorrectionSettingSaved', integration: { name: 'x', title: 'Contract to order' } };

function page(
  openName: string | undefined,
  { saved = SAVED as object, rows = ROWS as object[], permissions = ['catalog.read', 'catalog.write'] } = {},
) {
  return renderConsole(
    <ChangeableFieldsPage search={{ open: openName }} />,
    {
      ChangeableFields: () => ({ integrations: { edges: rows.map((node) => ({ node })) } }),
      ChangeableHistory: () => ({
        integrations: {
          edges: [{ node: { name: 'contract-to-order', correctionHistory: [{ ...corrections, note: 'agreed' }] } }],
        },
        eventContracts: { edges: [{ node: { eventType: 'order.sent', version: 1, retiredAt: null } }] },
      }),
      SaveCorrectionSetting: () => ({ saveCorrectionSetting: saved }),
    },
    { ...ANALYST, permissions },
  );
}

const fill = (input: HTMLElement, value: string) => fireEvent.change(input, { target: { value } });

describe('what may be corrected', () => {
  it('answers how many integrations declare something, and what', async () => {
    page(undefined);
    expect(await screen.findByText('Payloads of 1 of 2 integrations may be corrected.')).toBeTruthy();
    expect(screen.getByText('/sellingUnit')).toBeTruthy();
    expect(screen.getByText('Nothing')).toBeTruthy();
  });

  it('declares places on the version that was seen', async () => {
    const { api } = page('contract-to-order');
    const user = userEvent.setup();
    const dialog = await screen.findByRole('dialog', { name: 'What may be corrected: Contract to order' });
    expect(await within(dialog).findByText(/agreed/)).toBeTruthy();
    fill(within(dialog).getByLabelText('Changeable places'), '/sellingUnit\n\n  /lines/*/costCentre ');
    fill(within(dialog).getByLabelText('Why'), 'asked for by sales');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked.find(({ name }) => name === 'SaveCorrectionSetting')?.variables).toEqual({
        integration: 'contract-to-order',
        basedOn: 2,
        fields: ['/sellingUnit', '/lines/*/costCentre'],
        contractType: null,
        note: 'asked for by sales',
      }),
    );
  });

  it('says at once what is no place, and what the catalog refuses', async () => {
    page('order-to-invoice', {
      saved: { __typename: 'CatalogFailure', code: 'CONFLICT', message: 'Erik has changed it', problems: [] },
    });
    const user = userEvent.setup();
    const dialog = await screen.findByRole('dialog');
    fill(within(dialog).getByLabelText('Changeable places'), 'sellingUnit');
    expect(within(dialog).getByText(/sellingUnit is no place/)).toBeTruthy();
    fill(within(dialog).getByLabelText('Why'), 'x');
    expect(within(dialog).getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(true);
    fill(within(dialog).getByLabelText('Changeable places'), '/sellingUnit');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('Erik has changed it');
  });

  it('is only read by who may not change the catalog', async () => {
    page('contract-to-order', { permissions: ['catalog.read'] });
    expect(await screen.findByText(/To declare fields you need the right/)).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says why it is empty', async () => {
    page(undefined, { rows: [] });
    expect(await screen.findByText('No integration is configured')).toBeTruthy();
  });
});
