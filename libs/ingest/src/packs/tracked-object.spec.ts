import { describe, expect, it } from '@jest/globals';
import { namedObjects, objectsOfRun, trackedObject } from './tracked-object.js';

const shown = (text: string): string | undefined => {
  const found = trackedObject(text);
  return found && `${found.type} ${found.keys[0].system ?? '-'} ${found.keys[0].kind} ${found.keys[0].value}`;
};

describe('an object that a tracking id or a title names', () => {
  it.each([
    ['order-00000101', 'sales-order - order-number 00000101'],
    ['invoice:4711', 'invoice - invoice-number 4711'],
    ['purchase-order/45001', 'purchase-order - purchase-order-number 45001'],
    ['po-45001', 'purchase-order - purchase-order-number 45001'],
    ['Order 00000101', 'sales-order - order-number 00000101'],
    ['Invoice #INV-2024-0117', 'invoice - invoice-number INV-2024-0117'],
    ['Invoice INV-7', 'invoice - invoice-number INV-7'],
    ['Purchase Order 4500017', 'purchase-order - purchase-order-number 4500017'],
    ['salesforce.order-00000101', 'sales-order salesforce order-number 00000101'],
    ['sap-de.credit-memo:90000020', 'credit-memo sap-de credit-memo-number 90000020'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each([
    '',
    '4f2a1b89-c3d0-4e7f-a812-000000000001',
    'order-to-cash',
    'New order 00000101 came in',
    'run-7x',
    'trace123',
  ])('%j names none, or a run alone', (text) => {
    expect(shown(text) ?? 'run').toMatch(/^run/);
  });
});

describe('objects that the members of a payload name', () => {
  it('are its own members and those of the objects directly in it', () => {
    const named = (payload: unknown): string[] =>
      namedObjects(payload).map(({ type, keys }) => `${type} ${keys[0].value}`);
    expect(named({ orderId: 5, customerId: 'C1', other: 1 })).toEqual(['sales-order 5', 'customer C1']);
    expect(named({ order: { orderNumber: '00000101', id: 'x' } })).toEqual(['sales-order 00000101']);
    expect(named({ purchaseOrder: { number: '45001' }, vendor: { id: 7 } })).toEqual([
      'purchase-order 45001',
      'supplier 7',
    ]);
    // A bank account is no customer.
    expect(named({ accountNumber: '532013000' })).toEqual([]);
    expect(named([{ orderId: 5 }])).toEqual([]);
    expect(named({ orderId: ' ', invoiceNumber: null })).toEqual([]);
  });
});

describe('the objects of a run', () => {
  const run = { type: 'run', keys: [{ kind: 'run-id', value: 'r' }] };
  const order = { type: 'sales-order', keys: [{ kind: 'order-number', value: '1' }] };
  const customer = { type: 'customer', keys: [{ kind: 'customer-number', value: 'C' }] };
  const qualifiers = (documents: unknown, hasFailed: boolean): unknown[] =>
    objectsOfRun(run, documents, hasFailed).map((one) => {
      const { type, qualifier } = one as Record<string, unknown>;
      return `${String(type)} ${String(qualifier)}`;
    });

  it('what failed is the document, where one is named; else the run', () => {
    expect(qualifiers([customer, [order, undefined]], true)).toEqual([
      'run run',
      'customer related',
      'sales-order subject',
    ]);
    expect(qualifiers(customer, true)).toEqual(['run run', 'customer subject']);
    expect(qualifiers(undefined, true)).toEqual(['run subject']);
    expect(qualifiers([order, order], false)).toEqual(['run subject', 'sales-order related']);
  });
});
