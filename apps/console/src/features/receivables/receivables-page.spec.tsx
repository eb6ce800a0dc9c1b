import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import type { ReceivablesPageQuery } from '../../gql/graphql.js';
import { parseReceivablesSearch } from '../../shared/url.js';
import { renderConsole } from '../../testing/render-console.js';
import { habitWords, receivablesAnswer } from './receivables-answer.js';
import { ReceivablesPage } from './receivables-page.js';

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const amounts = { open: eur('1250.00'), high: eur('1000.00'), medium: eur('0.00'), low: eur('250.00') };

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
          flags: ['open-exception'],
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
    expect(within(second!).getByRole('link').getAttribute('href')).toBe('/objects/i2');
    expect(second?.textContent).toContain('4 days after, by 20 payments');
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

  it('nothing doubtful is not mentioned', () => {
    expect(receivablesAnswer([{ ...amounts, low: eur('0.00') }])).toBe('Customers owe EUR 1,250.');
    expect(receivablesAnswer([{ ...amounts, low: amounts.open }])).toBe(
      'Customers owe EUR 1,250; none of it can be counted on yet.',
    );
    expect(receivablesAnswer([])).toBe('Customers owe nothing that is known of.');
  });
});
