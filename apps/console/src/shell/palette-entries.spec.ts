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

describe('what an object was found by', () => {
  const found = {
    id: 'o1',
    type: 'payment',
    key: 'P-1',
    legalEntity: null,
    counterparty: 'Acme',
    amount: null,
    transactions: [],
  };
  const matched = (match: Parameters<typeof objectResults>[0][number]['match']) =>
    objectResults([{ ...found, ...(match && { match }) }], () => undefined)[0]?.foundBy;

  it.each([
    ['its own key', { kind: 'KEY', value: 'P-1', name: 'number', system: 'kyriba' }, undefined],
    ['another key', { kind: 'KEY', value: '0000004711', name: 'number', system: 'sap-de' }, '0000004711 · sap-de'],
    ['a reference', { kind: 'REFERENCE', value: 'E2E-7', name: 'endToEndId', system: null }, 'E2E-7 · EndToEndId'],
    ['the counterparty', { kind: 'COUNTERPARTY', value: 'Acme', name: 'counterparty', system: null }, undefined],
    ['nothing that was told', undefined, undefined],
  ] as const)('%s', (_name, match, expected) => {
    expect(matched(match)).toBe(expected);
  });
});

describe('the rail', () => {
  it('marks the screen that an address belongs to', () => {
    expect(isWithin('/exceptions/e1', '/exceptions')).toBe(true);
    expect(isWithin('/exceptions', '/')).toBe(false);
    expect(isWithin('/traces/abc', '/transactions')).toBe(true);
    expect(isWithin('/certificates/a1', '/requeues')).toBe(true);
  });

  it('gives no key to two screens', () => {
    expect(new Set(NAVIGATION.map((item) => item.keys)).size).toBe(NAVIGATION.length);
  });
});
