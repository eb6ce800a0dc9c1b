import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { ENGINEER } from '../../testing/signal-rows.js';
import type { EntitySetting, ToleranceSetting } from './legal-entity-documents.js';
import { LegalEntitiesPage } from './legal-entities-page.js';
import { basisPointsOf } from './tolerance-words.js';

const DE01: EntitySetting = {
  code: 'DE01',
  name: 'Nordlicht Werft GmbH',
  country: 'DE',
  currency: 'EUR',
  calendar: 'TARGET',
  timeZone: 'Europe/Berlin',
};

function open(
  legalEntities: EntitySetting[],
  moneyTolerances: ToleranceSetting[] = [],
  answers = {},
  viewer = ENGINEER,
) {
  return renderConsole(
    <LegalEntitiesPage />,
    {
      LegalEntitySettings: () => ({
        legalEntities,
        moneyTolerances,
        businessCalendars: [
          { name: 'TARGET', title: 'T2 (TARGET), euro' },
          { name: 'US-FED', title: 'Fedwire, US dollar' },
        ],
      }),
      ...answers,
    },
    viewer,
  );
}

describe('legal entities', () => {
  it('are said to be missing, and are added', async () => {
    const user = userEvent.setup();
    const { api } = open([], [], {
      SaveLegalEntity: () => ({
        saveLegalEntity: { __typename: 'LegalEntitySaved', legalEntity: { __typename: 'LegalEntity', code: 'FR01' } },
      }),
    });
    await screen.findByRole('heading', { level: 1, name: 'No legal entity is configured.' });
    await user.click(screen.getByRole('button', { name: 'Add an entity' }));
    const dialog = await screen.findByRole('dialog', { name: 'Add a legal entity' });
    const fill = async (label: string, text: string) => {
      await user.click(within(dialog).getByLabelText(label));
      await user.paste(text);
    };
    await fill('Code', 'FR01');
    await fill('Name', 'Nordlicht France SAS');
    await fill('Country', 'fr');
    await fill('Currency', 'eur');
    await fill('Time zone', 'Europe/Paris');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(api.asked).toContainEqual({
        name: 'SaveLegalEntity',
        variables: {
          code: 'FR01',
          name: 'Nordlicht France SAS',
          country: 'FR',
          currency: 'EUR',
          calendar: 'TARGET',
          timeZone: 'Europe/Paris',
          isNew: true,
        },
      }),
    );
  });

  it('are listed with what differences they let go; a refusal is said where it is asked', async () => {
    const user = userEvent.setup();
    open([DE01], [{ legalEntity: 'DE01', currency: 'EUR', amount: '5.00', basisPoints: 50 }], {
      SaveMoneyTolerance: () => ({
        saveMoneyTolerance: {
          __typename: 'CatalogFailure',
          message: 'The tolerance cannot be taken as it is',
          problems: ['amount: is below zero'],
        },
      }),
    });
    const row = await screen.findByRole('row', { name: /DE01 Nordlicht Werft GmbH DE EUR TARGET Europe\/Berlin/ });
    expect(row.textContent).toContain('EUR 5.00, at most 0.5 % of the amount');
    await user.click(within(row).getByRole('button', { name: 'Tolerance of DE01' }));
    const dialog = await screen.findByRole('dialog', { name: 'Differences that DE01 lets go' });
    const amount = within(dialog).getByLabelText('Amount');
    expect(amount).toHaveProperty('value', '5.00');
    await user.clear(amount);
    await user.paste('-1');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('amount: is below zero');
  });

  it('keep their code when they are changed', async () => {
    const user = userEvent.setup();
    open([DE01]);
    await user.click(await screen.findByRole('button', { name: 'Change DE01' }));
    const dialog = await screen.findByRole('dialog', { name: 'Change DE01' });
    expect(within(dialog).queryByLabelText('Code')).toBeNull();
    expect(within(dialog).getByLabelText('Name')).toHaveProperty('value', 'Nordlicht Werft GmbH');
  });

  it.each([
    ['', null],
    ['0.5', 50],
    ['100', 10_000],
    ['100.01', undefined],
    ['a half', undefined],
  ])('take the share "%s" as %s basis points', (entered, points) => {
    expect(basisPointsOf(entered)).toBe(points);
  });
});
