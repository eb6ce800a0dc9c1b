import { beforeEach, describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderConsole } from '../../testing/render-console.js';
import { ReportingPanel } from './reporting-panel.js';

const none = {
  amount: null,
  rateType: 'ecb-reference',
  rateDate: null,
  rate: null,
  source: null,
  missing: 'no rate of BRL',
};

function openPanel() {
  return renderConsole(<ReportingPanel id="t1" />, {
    LegalEntities: () => ({
      legalEntities: ['EUR', 'USD'].map((currency) => ({
        ...{ code: currency, name: currency, country: 'DE', calendar: 'TARGET', timeZone: 'Europe/Berlin' },
        currency,
      })),
    }),
    ExchangeRateKinds: () => ({ exchangeRateKinds: [{ type: 'ecb-reference', base: 'EUR' }] }),
    TransactionReporting: ({ currency }) => ({
      transaction: {
        id: 't1',
        amount: { amount: '1000.00', currency: 'GBP' },
        amountIn: {
          ...{ rateType: 'ecb-reference', rateDate: '2026-11-27', rate: '1.2', source: 'ECB', missing: null },
          amount: { amount: '1200.00', currency },
        },
        exceptions: [
          {
            ...{ id: 'e1', state: 'OPEN', title: 'No company code', moneyAtRiskIn: none },
            moneyAtRisk: { amount: '400.00', currency: 'BRL' },
          },
          {
            ...{ id: 'e2', state: 'RESOLVED', title: 'Long gone', moneyAtRiskIn: none },
            moneyAtRisk: { amount: '1.00', currency: 'BRL' },
          },
        ],
      },
    }),
  });
}

describe('a transaction in the reporting currency', () => {
  beforeEach(() => window.localStorage.clear());

  it('shows its amount and what is held up, with the rate or that there is none', async () => {
    openPanel();
    await screen.findByText('Held up: No company code');
    const rows = within(screen.getByRole('table', { name: 'Amounts in EUR' })).getAllByRole('row');
    expect(rows.map((row) => row.textContent)).toEqual([
      'WhatAmountIn EUR, by which rate',
      'The transactionGBP 1,000.00EUR 1,200.00 ECB reference of Fri 27 Nov 2026, 1.2',
      'Held up: No company codeBRL 400.00no rate',
    ]);
  });

  it('asks anew in the currency that is chosen, and keeps it', async () => {
    const user = userEvent.setup();
    const { api } = openPanel();
    await screen.findByText('Held up: No company code');
    await user.click(screen.getByRole('combobox', { name: 'Reporting currency' }));
    await user.click(await screen.findByRole('option', { name: 'USD' }));
    await screen.findByText('In USD, by which rate');
    expect(api.asked.filter(({ name }) => name === 'TransactionReporting').at(-1)?.variables).toMatchObject({
      currency: 'USD',
      rateType: 'ecb-reference',
    });
    expect(window.localStorage.getItem('throughline.reportingCurrency')).toBe('"USD"');
  });
});
