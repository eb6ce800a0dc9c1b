import { describe, expect, it } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { ENGINEER, onePage } from '../../testing/signal-rows.js';
import { ExchangeRatesPage } from './exchange-rates-page.js';
import type { RateKind, RateRow } from './rate-documents.js';
import { guessFormat } from './rate-file.js';

const KIND: RateKind = {
  type: 'group-month-end',
  base: 'EUR',
  from: '2026-09-30',
  to: '2026-10-31',
  rates: 2,
  longestAgeDays: 45,
};
const RATE: RateRow = {
  type: 'group-month-end',
  date: '2026-10-31',
  base: 'EUR',
  currency: 'USD',
  rate: '1.15',
  source: 'Group treasury',
  importedAt: '2026-11-01T08:00:00.000Z',
};

const open = (kinds: RateKind[], importExchangeRates: unknown = {}) =>
  renderConsole(
    <ExchangeRatesPage search={{ type: undefined }} />,
    {
      ExchangeRateTypes: () => ({ exchangeRateKinds: kinds }),
      ExchangeRates: () => ({ exchangeRates: onePage([RATE]) }),
      ImportExchangeRates: () => ({ importExchangeRates }),
    },
    ENGINEER,
  );

async function takeIn(text: string) {
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Take in a file' }));
  const dialog = await screen.findByRole('dialog', { name: 'Take in a file of rates' });
  const field = dialog.querySelector<HTMLInputElement>('input[type=file]');
  if (field === null) throw new Error('there is no field for a file');
  const file = new File([text], 'rates.csv', { type: 'text/csv' });
  file.text ??= () => Promise.resolve(text);
  await user.upload(field, file);
  await user.click(within(dialog).getByLabelText('Where it is from'));
  await user.paste('Group treasury');
  await waitFor(() =>
    expect(within(dialog).getByRole('button', { name: 'Take it in' })).toHaveProperty('disabled', false),
  );
  await user.click(within(dialog).getByRole('button', { name: 'Take it in' }));
  return dialog;
}

describe('exchange rates', () => {
  it('are listed by type, with their days and where they are from', async () => {
    open([KIND]);
    const name = '2 rates of group month end from 2026-09-30 to 2026-10-31, each used for 45 days.';
    expect(await screen.findByRole('heading', { level: 1, name })).toBeTruthy();
    expect((await screen.findByRole('row', { name: /2026-10-31/ })).textContent).toContain('1 EUR = 1.15 USD');
  });

  it('are taken in from a file', async () => {
    const { api } = open([KIND], { __typename: 'ExchangeRatesImported', types: ['average'], added: 3, changed: 1, unchanged: 0 }); // prettier-ignore
    await takeIn('type,date,base,currency,rate\naverage,2026-10-31,EUR,USD,1.1\n');
    await waitFor(() =>
      expect(api.asked).toContainEqual({
        name: 'ImportExchangeRates',
        variables: {
          format: 'csv',
          text: 'type,date,base,currency,rate\naverage,2026-10-31,EUR,USD,1.1\n',
          source: 'Group treasury',
        },
      }),
    );
  });

  it('are refused line by line', async () => {
    open([], {
      __typename: 'CatalogFailure',
      message: 'The file of exchange rates cannot be taken as it is',
      problems: ['line 2: EUR has no rate to itself', 'line 3: USD has two rates of 2026-10-31'],
    });
    expect(await screen.findByText('There are no exchange rates')).toBeTruthy();
    const dialog = await takeIn('type,date,base,currency,rate\n');
    const alert = await within(dialog).findByRole('alert');
    expect(within(alert).getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'line 2: EUR has no rate to itself',
      'line 3: USD has two rates of 2026-10-31',
    ]); // prettier-ignore
  });

  it.each([
    ['the XML of the ECB', '\uFEFF<?xml version="1.0"?>', 'ecb-xml'],
    ['the CSV of the ECB', 'Date, USD, JPY, \n', 'ecb-csv'],
    ['a plain file', 'type;date;base;currency;rate\n', 'csv'],
    ['a plain file that begins with its dates', 'Date;Type;Base;Currency;Rate\n', 'csv'],
  ])('%s is known by how it begins', (_what, text, format) => {
    expect(guessFormat(text)).toBe(format);
  });
});
