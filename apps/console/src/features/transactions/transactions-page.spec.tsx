import { describe, expect, it } from '@jest/globals';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { parseTransactionsSearch, type TransactionsSearch } from '../../shared/url.js';
import { ANALYST, renderConsole } from '../../testing/render-console.js';
import type { TransactionRow } from './transaction-documents.js';
import { TransactionsPage } from './transactions-page.js';

const ROW: TransactionRow = {
  id: 't1',
  workflowTitle: 'Order to cash',
  state: 'LATE',
  legalEntity: 'DE01',
  counterparty: 'Acme',
  startedAt: '2026-09-01T08:00:00.000Z',
  completedAt: null,
  lastActivityAt: '2026-09-04T08:00:00.000Z',
  anchor: { type: 'contract', key: 'C-1' },
  amount: { amount: '1200.00', currency: 'EUR' },
  milestones: [],
};

type PageOptions = { rows?: TransactionRow[]; endCursor?: string | null; totalCount?: number };

const page = ({ rows = [ROW], endCursor = null, totalCount = rows.length }: PageOptions) => ({
  transactions: {
    totalCount,
    totalCountIsEstimate: endCursor !== null,
    pageInfo: { hasNextPage: endCursor !== null, endCursor },
    edges: rows.map((node) => ({ node })),
  },
});

function open(search: Partial<TransactionsSearch>, answer: (after: unknown) => PageOptions = () => ({})) {
  return renderConsole(
    <TransactionsPage search={{ ...parseTransactionsSearch({}), ...search }} />,
    {
      Transactions: ({ after }) => page(answer(after)),
      LegalEntities: () => ({ legalEntities: [] }),
      SourceSystemNames: () => ({
        sourceSystems: { edges: [{ node: { name: 'sap-de', kind: 'sap', title: 'SAP Germany' } }] },
      }),
    },
    ANALYST,
  );
}

describe('transactions', () => {
  it('are asked for by the address alone, and say by what they are narrowed', async () => {
    const { api } = open({
      state: ['LATE'],
      currency: 'EUR',
      min: '1000',
      milestone: 'invoice-posted',
      standing: 'OVERDUE',
    });
    const name = '1 late transaction, EUR, amount from 1,000, overdue: invoice posted.';
    expect(await screen.findByRole('heading', { level: 1, name })).toBeTruthy();
    expect(api.asked.find((one) => one.name === 'Transactions')?.variables).toMatchObject({
      filter: {
        states: ['LATE'],
        currencies: ['EUR'],
        amount: { from: '1000' },
        milestones: [{ name: 'invoice-posted', standing: 'OVERDUE' }],
      },
    });
  });

  it('lose one filter, or all, by a link', async () => {
    open({ state: ['LATE'], currency: 'EUR', party: 'Acme' });
    const only = await screen.findByRole('group', { name: 'Only' });
    const links = within(only).getAllByRole('link');
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['EUR', '/transactions?state=LATE&party=Acme'],
      ['with “Acme”', '/transactions?state=LATE&currency=EUR'],
    ]);
    expect(screen.getByRole('link', { name: 'Clear filters' }).getAttribute('href')).toBe('/transactions');
  });

  it('take a further filter from its field when it is entered, and drop what is none', async () => {
    const user = userEvent.setup();
    const { visited } = open({ state: ['LATE'] });
    await user.click(await screen.findByRole('button', { name: 'More filters' }));
    const fields = screen.getByRole('group', { name: 'More filters' });
    await user.type(within(fields).getByLabelText('Currency'), 'eur{Enter}');
    await user.type(within(fields).getByLabelText('Amount from'), 'much{Enter}');
    const [currency = ''] = visited;
    expect(currency).toBe('/transactions?state=LATE&currency=EUR');
    expect(visited.at(-1)).toBe('/transactions?state=LATE');
  });

  it('move, open and filter by keys', async () => {
    const user = userEvent.setup();
    const { visited } = open({});
    await screen.findByRole('grid', { name: 'Transactions' });
    await user.keyboard('j{Enter}');
    expect(visited).toEqual(['/transactions/t1']);
    await user.keyboard('f');
    expect(document.activeElement).toBe(screen.getByLabelText('Filter by key or customer'));
  });

  it('say why there is none, and how to see others', async () => {
    open({ system: 'sap-de' }, () => ({ rows: [] }));
    expect(await screen.findByText('No transaction matches these filters')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Clear the filters' }).getAttribute('href')).toBe('/transactions');
  });

  it('are looked for further back where the latest do not match, as often as it takes', async () => {
    const user = userEvent.setup();
    const { api } = open({ system: 'sap-de' }, (after) => {
      if (after === undefined) return { rows: [], endCursor: 'c1', totalCount: 3 };
      return after === 'c1' ? { rows: [], endCursor: 'c2' } : {};
    });
    const further = () => screen.findByRole('button', { name: 'Look further back' });
    await user.click(await further());
    await user.click(await further());
    expect(await screen.findByRole('grid', { name: 'Transactions' })).toBeTruthy();
    const cursors = api.asked.filter(({ name }) => name === 'Transactions').map(({ variables }) => variables['after']);
    expect(cursors).toEqual([undefined, 'c1', 'c2']);
  });
});
