import { describe, expect, it } from '@jest/globals';
import { isWithin, NAVIGATION } from './navigation-items.js';
import { matchPages, objectResults } from './palette-entries.js';

describe('search', () => {
  const entry = (title: string) => ({
    id: title,
    kind: 'page' as const,
    icon: 'home' as const,
    title,
    run: () => undefined,
  });

  it('finds pages and actions by the beginning of their words', () => {
    const entries = [entry('Exceptions'), entry('Use the dark theme'), entry('Transactions')];
    expect(matchPages(entries, 'dark').map(({ title }) => title)).toEqual(['Use the dark theme']);
    expect(matchPages(entries, 'the dark').map(({ title }) => title)).toEqual(['Use the dark theme']);
    expect(matchPages(entries, ' ')).toHaveLength(3);
    expect(matchPages(entries, 'ark')).toHaveLength(0);
  });

  it('leads from a document to its transaction, or to its own page', () => {
    const visited: string[] = [];
    const found = {
      id: 'o1',
      type: 'sales-order',
      key: 'O-1',
      legalEntity: 'DE01',
      counterparty: null,
      amount: { amount: '5.00', currency: 'EUR' },
    };
    const results = objectResults(
      [
        { ...found, transactions: [{ id: 't1' }] },
        { ...found, transactions: [] },
        { ...found, type: 'signal', key: 's-1', transactions: [] },
      ],
      (href) => void visited.push(href),
    );
    results.forEach((result) => result.run());
    expect(visited).toEqual(['/transactions/t1', '/objects/o1', '/signals/s-1']);
    expect(results[0]).toMatchObject({ hint: 'sales order', title: 'O-1', aside: 'DE01 · EUR 5.00' });
  });
});

describe('the rail', () => {
  it('marks the screen that an address belongs to', () => {
    expect(isWithin('/exceptions/e1', '/exceptions')).toBe(true);
    expect(isWithin('/exceptions', '/')).toBe(false);
    expect(isWithin('/traces/abc', '/transactions')).toBe(true);
  });

  it('gives no key to two screens', () => {
    expect(new Set(NAVIGATION.map((item) => item.keys)).size).toBe(NAVIGATION.length);
  });
});
