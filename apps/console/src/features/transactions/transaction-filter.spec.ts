import { describe, expect, it } from '@jest/globals';
import { parseTransactionsSearch, type TransactionsSearch } from '../../shared/url.js';
import { chipsOf, filterOf, isNarrowed, widened } from './transaction-filter.js';

const NONE = parseTransactionsSearch({});

describe('filters of transactions', () => {
  it.each<[Partial<TransactionsSearch>, Record<string, unknown>, string[]]>([
    [{}, {}, []],
    [
      { state: ['LATE'], entity: ['DE01'], text: 'so 1' },
      { states: ['LATE'], legalEntities: ['DE01'], text: 'so 1' },
      [],
    ],
    [{ workflow: 'order-to-cash' }, { workflows: ['order-to-cash'] }, ['order to cash']],
    [{ region: ['APAC', 'EMEA'] }, { regions: ['APAC', 'EMEA'] }, ['APAC', 'EMEA']],
    [{ currency: 'EUR', min: '1000' }, { currencies: ['EUR'], amount: { from: '1000' } }, ['EUR', 'amount from 1,000']],
    [{ max: '5.5' }, { amount: { to: '5.5' } }, ['amount up to 5.5']],
    [
      { system: 'sap-de', party: 'Acme' },
      { systems: ['sap-de'], counterparty: 'Acme' },
      ['through sap-de', 'with “Acme”'],
    ],
    [
      { milestone: 'invoice-posted', standing: 'OVERDUE' },
      { milestones: [{ name: 'invoice-posted', standing: 'OVERDUE' }] },
      ['overdue: invoice posted'],
    ],
    [{ standing: 'OVERDUE' }, {}, []],
    [{ period: '2026-09' }, { postingPeriod: '2026-09' }, ['posted in 2026-09']],
    [
      { dueFrom: '2026-09-01', dueTo: '2026-09-30', valueTo: '2026-09-04' },
      { dueOn: { from: '2026-09-01', to: '2026-09-30' }, valueOn: { to: '2026-09-04' } },
      ['due 2026-09-01 to 2026-09-30', 'value date up to 2026-09-04'],
    ],
    [{ account: 'DE89370400440532013000' }, { bankAccount: 'DE89370400440532013000' }, ['account DE89…3000']],
    [{ age: '2' }, { minAgeHours: 48 }, ['started 2 days ago or earlier']],
    [
      { from: '2026-09-01T00:00:00.000Z' },
      { lastActivityAt: { from: '2026-09-01T00:00:00.000Z' } },
      ['last activity from 2026-09-01'],
    ],
  ])('%j', (part, filter, chips) => {
    const search = { ...NONE, ...part };
    expect(filterOf(search)).toEqual(filter);
    expect(chipsOf(search).map(({ name }) => name)).toEqual(chips);
    expect(isNarrowed(search)).toBe(Object.keys(filter).length > 0);
  });

  it('are cleared one by one, and all at once', () => {
    const search: TransactionsSearch = {
      ...NONE,
      order: 'started',
      region: ['EMEA', 'APAC'],
      min: '1',
      milestone: 'invoice-posted',
      standing: 'OVERDUE',
      dueFrom: '2026-09-01',
    };
    let left = search;
    for (let chips = chipsOf(left); chips.length > 0; chips = chipsOf(left)) left = chips[0]!.without;
    expect(left).toEqual({ ...NONE, order: 'started' });
    expect(widened(search)).toEqual({ ...NONE, order: 'started' });
  });
});
