import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import type { ReceivablesPageQuery } from '../../gql/graphql.js';
import { parseReceivablesSearch } from '../../shared/url-lineage.js';
import { renderConsole } from '../../testing/render-console.js';
import { habitWords, receivablesAnswer, togetherWords } from './receivables-answer.js';
import { ReceivablesPage } from './receivables-page.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const amounts = {
  open: eur('1250.00'),
  high: eur('1000.00'),
  medium: eur('0.00'),
  low: eur('250.00'),
  converted: null,
};

const RECEIVABLES: ReceivablesPageQuery['receivables'] = {
  asOf: '2026-11-20',
  unknownInvoices: 1,
  isTruncated: false,
  totals: [amounts],
  lines: [
    {
      ...amounts,
      legalEntity: 'DE01',
      region: 'DE',
      currency: 'EUR',
      expectedOn: '2026-11-27',
      invoices: 2,
      flags: [{ flag: 'open-exception', invoices: 1 }],
      largest: [
        {
          object: { id: 'i1', key: '9001' },
          counterparty: 'Acme',
          open: eur('1000.00'),
          dueOn: '2026-11-23',
          confidence: 'high',
          flags: [],
          usualDelayDays: 4,
          paymentsSeen: 20,
        },
        {
          object: { id: 'i2', key: '9002' },
          counterparty: 'Acme',
          open: eur('250.00'),
          dueOn: '2026-11-23',
          confidence: 'low',
          flags: ['open-exception', 'payment-undone'],
          usualDelayDays: 4,
          paymentsSeen: 20,
        },
      ],
    },
  ],
};

function openReceivables(search: Record<string, string>, receivables = RECEIVABLES) {
  return renderConsole(<ReceivablesPage search={parseReceivablesSearch(search)} />, {
    LegalEntities: () => ({
      legalEntities: [
        { code: 'DE01', name: 'Acme DE', calendar: 'TARGET', timeZone: 'Europe/Berlin', currency: 'EUR' },
      ],
    }),
    ExchangeRateKinds: () => ({ exchangeRateKinds: [] }),
    ReceivablesPage: () => ({ receivables }),
  });
}

describe('receivables', () => {
  it('answer with what is owed and what cannot be counted on', async () => {
    openReceivables({});
    expect(
      await screen.findByRole('heading', { name: 'Customers owe EUR 1,250; EUR 250 of it cannot be counted on yet.' }),
    ).toBeTruthy();
    expect(screen.getByText(/open amount of 1 invoice cannot be known/)).toBeTruthy();
    expect(screen.getByText('1 open exception')).toBeTruthy();
    expect(screen.queryByRole('table', { name: 'Invoices of this line' })).toBeNull();
  });

  it('open the invoices of a line with their flags', async () => {
    openReceivables({});
    const link = await screen.findByRole('link', { name: '2 invoices' });
    const address = link.getAttribute('href') ?? '';
    expect(address.startsWith('/receivables?line=')).toBe(true);
    openReceivables({ line: new URLSearchParams(address.split('?')[1]).get('line') ?? '' });
    const invoices = await screen.findByRole('table', { name: 'Invoices of this line' });
    const [, , second] = within(invoices).getAllByRole('row');
    expect(second?.textContent).toContain('9002');
    expect(second?.textContent).toContain('open exception');
    expect(second?.textContent).toContain('payment voided, reversed or rejected');
    expect(within(second!).getByRole('link').getAttribute('href')).toBe('/objects/i2');
    expect(second?.textContent).toContain('4 days after, by 20 payments');
  });

  it('are shown in the currency that the address asks for, or say that there is no rate', async () => {
    const converted = {
      ...{ rateType: 'average', rateDate: '2026-10-31', rate: '1.1', source: 'group', missing: null },
      amount: { amount: '1375.00', currency: 'USD' },
    };
    const none = { ...converted, amount: null, rateDate: null, rate: null, source: null, missing: 'no rate of EUR' };
    const [line] = RECEIVABLES.lines;
    const { api } = openReceivables(
      { in: 'USD', rate: 'average' },
      { ...RECEIVABLES, totals: [{ ...amounts, converted }], lines: [{ ...line!, converted: none }] },
    );
    expect(await screen.findByText('Together USD 1,375 by average rates.')).toBeTruthy();
    expect(api.asked.find(({ name }) => name === 'ReceivablesPage')?.variables).toEqual({
      convertTo: 'USD',
      rateType: 'average',
    });
    expect(screen.getByText('average of Sat 31 Oct 2026, 1.1')).toBeTruthy();
    expect(screen.getByText('no rate')).toBeTruthy();
  });

  it('are left as they are where that is wished', async () => {
    const { api } = openReceivables({ in: 'none' });
    await screen.findByRole('link', { name: '2 invoices' });
    expect(api.asked.find(({ name }) => name === 'ReceivablesPage')?.variables).toEqual({});
    expect(screen.queryByText(/by which rate/)).toBeNull();
  });

  it('say why there is nothing', async () => {
    openReceivables({}, { ...RECEIVABLES, lines: [], totals: [], unknownInvoices: 0 });
    expect(await screen.findByText('No open invoice is known')).toBeTruthy();
  });
});

describe('in words', () => {
  it.each<[number | null, number, string]>([
    [null, 0, 'no payment seen yet'],
    [0, 3, 'when it is due, by 3 payments'],
    [1, 1, '1 day after, by 1 payment'],
    [-2, 5, '2 days before, by 5 payments'],
  ])('a habit of %p days', (days, seen, words) => {
    expect(habitWords(days, seen)).toBe(words);
  });

  it('what it comes to together, and what is not in that', () => {
    const of = (currency: string, amount: string | null) => ({
      open: { amount: '1.00', currency },
      converted: { amount: amount === null ? null : eur(amount) },
    });
    const reporting = { currency: 'EUR', rateType: 'ecb-reference' };
    expect(togetherWords([of('EUR', '10')], reporting)).toBeUndefined();
    expect(togetherWords([of('EUR', '10'), of('USD', '5.5')], reporting)).toBe(
      'Together EUR 15 by ECB reference rates.',
    );
    expect(togetherWords([of('EUR', '10'), of('USD', null)], reporting)).toBe(
      'Together EUR 10 by ECB reference rates, without USD, of which there is no rate.',
    );
    expect(togetherWords([of('USD', null)], reporting)).toBe(
      'Nothing of it can be converted to EUR: there is no ECB reference rate.',
    );
  });

  it('nothing doubtful is not mentioned', () => {
    expect(receivablesAnswer([{ ...amounts, low: eur('0.00') }])).toBe('Customers owe EUR 1,250.');
    expect(receivablesAnswer([{ ...amounts, low: amounts.open }])).toBe(
      'Customers owe EUR 1,250; none of it can be counted on yet.',
    );
    expect(receivablesAnswer([])).toBe('Customers owe nothing that is known of.');
  });
});
