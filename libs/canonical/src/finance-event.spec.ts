import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isUsableAliasValue } from './alias-values.js';
import { parseFinanceEventData } from './finance-event.js';
import { activityTypeOfEvent, isActivityType } from './semantic-conventions.js';
import { isStorableText, toStorableJson } from './storable-text.js';

const ORDER_REJECTED = {
  system: 'sap-integration',
  integration: 'salesforce-contract-to-order',
  outcome: 'failure',
  objects: [
    {
      type: 'sales-order',
      keys: [{ system: 'salesforce', kind: 'order-number', value: ' O-100017 ' }],
      legalEntity: 'DE01',
      counterparty: 'Nordlicht GmbH',
      amount: { amount: '1200', currency: 'EUR' },
      direction: 'inflow',
    },
    { type: 'contract', keys: [{ system: 'salesforce', kind: 'contract-number', value: 'C-100017' }] },
  ],
  links: [{ from: 1, to: 0, qualifier: 'fulfils' }],
  problem: {
    code: 'mapping-and-master-data.missing-legal-entity-mapping',
    discriminators: { sellingUnit: 'DE01-BREMEN' },
    message: 'No legal entity is mapped to selling unit DE01-BREMEN',
    field: '/sellingUnit',
    payload: { sellingUnit: 'DE01-BREMEN', note: 'half \ud800 and \u0000' },
    payloadVersion: 1,
    headers: { 'x-first-death-queue': 'orders', authorization: 'Bearer s3cret' },
  },
};

function reasonsOf(value: unknown): string[] {
  const parsed = parseFinanceEventData(value);
  return parsed.ok ? [] : parsed.reasons;
}

describe('reading the data of a finance event', () => {
  it('takes a whole one, with canonical amounts and only what can be stored', () => {
    expect(parseFinanceEventData(ORDER_REJECTED)).toEqual({
      ok: true,
      value: {
        ...ORDER_REJECTED,
        objects: [
          {
            ...ORDER_REJECTED.objects[0],
            keys: [{ system: 'salesforce', kind: 'order-number', value: 'O-100017' }],
            amount: { amount: '1200.00', currency: 'EUR' },
          },
          ORDER_REJECTED.objects[1],
        ],
        problem: {
          ...ORDER_REJECTED.problem,
          payload: { sellingUnit: 'DE01-BREMEN', note: 'half \ufffd and \ufffd' },
          headers: { 'x-first-death-queue': 'orders', authorization: '(redacted)' },
        },
      },
    });
  });

  it('takes the smallest one, and leaves unknown members out', () => {
    const smallest = {
      system: 'kyriba',
      objects: [{ type: 'payment', keys: [{ kind: 'payment-reference', value: 'P1' }] }],
    };
    expect(parseFinanceEventData({ ...smallest, future: true })).toEqual({ ok: true, value: smallest });
  });

  it('takes the days on which a link holds', () => {
    const link = { from: 1, to: 0, qualifier: 'prices', validFrom: '2026-01-01', validTo: '2026-12-31' };
    const parsed = parseFinanceEventData({ ...ORDER_REJECTED, links: [link] });
    expect(parsed.ok && parsed.value.links).toEqual([link]);
  });

  it('drops keys that identify nothing, and refuses an object that has no other', () => {
    const keys = [
      { kind: 'reference', value: 'NOTPROVIDED' },
      { kind: 'payment-reference', value: 'P1' },
    ];
    const parsed = parseFinanceEventData({ system: 'kyriba', objects: [{ type: 'payment', keys }] });
    expect(parsed.ok && parsed.value.objects[0].keys).toEqual([{ kind: 'payment-reference', value: 'P1' }]);
    expect(reasonsOf({ system: 'kyriba', objects: [{ type: 'payment', keys: keys.slice(0, 1) }] })).toEqual([
      '/objects/0/keys: none of the values can identify an object (blank, too long or a placeholder)',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['no object', 'text', 'data: expected a JSON object, got "text"'],
    ['no system', { ...ORDER_REJECTED, system: ' ' }, '/system: must not be blank'],
    ['no objects', { ...ORDER_REJECTED, objects: [], links: [] }, '/objects: names no business object'],
    ['objects of another form', { system: 'a', objects: {} }, '/objects: expected an array, got an object'],
    [
      'a type outside the vocabulary',
      { system: 'a', objects: [{ type: 'order', keys: [{ kind: 'k', value: 'v' }] }] },
      '/objects/0/type: "order" is not a canonical object type',
    ],
    [
      'a number as key',
      { system: 'a', objects: [{ type: 'invoice', keys: [{ kind: 'k', value: 4711 }] }] },
      '/objects/0/keys/0/value: expected text, got 4711 (a number loses leading zeros)',
    ],
    [
      'a NUL in a name',
      { ...ORDER_REJECTED, system: 'a\u0000b' },
      '/system: contains a NUL character or half a surrogate pair',
    ],
    [
      'a link to nowhere',
      { ...ORDER_REJECTED, links: [{ from: 1, to: 7, qualifier: 'fulfils' }] },
      '/links/0/to: must be the position of one of the 2 objects, got 7',
    ],
    [
      'a link that is valid from no day',
      { ...ORDER_REJECTED, links: [{ from: 1, to: 0, qualifier: 'fulfils', validFrom: 'soon' }] },
      '/links/0/validFrom: "soon" is not a date such as "2026-09-30"',
    ],
    [
      'a link that ends before it begins',
      {
        ...ORDER_REJECTED,
        links: [{ from: 1, to: 0, qualifier: 'fulfils', validFrom: '2026-02-01', validTo: '2026-01-31' }],
      },
      '/links/0/validTo: is before 2026-02-01, from which it is valid',
    ],
    [
      'a link to itself',
      { ...ORDER_REJECTED, links: [{ from: 1, to: 1, qualifier: 'fulfils' }] },
      '/links/0: links an object to itself',
    ],
    [
      'a failure without problem',
      { ...ORDER_REJECTED, problem: undefined },
      '/problem: is required when the outcome is failure',
    ],
    [
      'a problem without failure',
      { ...ORDER_REJECTED, outcome: 'success' },
      '/outcome: must be failure when a problem is given',
    ],
    [
      'an outcome of another word',
      { ...ORDER_REJECTED, outcome: 'failed' },
      '/outcome: must be one of success, failure, got "failed"',
    ],
    [
      'a code outside the taxonomy',
      { ...ORDER_REJECTED, problem: { code: 'E42', message: '' } },
      '/problem/code: "E42" is not <category>.<problem> of the problem taxonomy',
    ],
    [
      'a version of 0',
      { ...ORDER_REJECTED, problem: { ...ORDER_REJECTED.problem, payloadVersion: 0 } },
      '/problem/payloadVersion: must be a whole number from 1, got 0',
    ],
    [
      'headers that are a list',
      { ...ORDER_REJECTED, problem: { ...ORDER_REJECTED.problem, headers: ['a'] } },
      '/problem/headers: expected an object, got an array',
    ],
  ])('refuses %s, saying what and where', (_name, value, reason) => {
    expect(reasonsOf(value)).toContain(reason);
  });

  it('refuses negative amounts and floats', () => {
    const withAmount = (amount: unknown): unknown => ({
      system: 'a',
      objects: [{ type: 'invoice', keys: [{ kind: 'k', value: 'v1' }], amount }],
    });
    expect(reasonsOf(withAmount({ amount: '-5', currency: 'EUR' }))).toEqual([
      '/objects/0/amount: amounts are positive; the direction says which way the money moves',
    ]);
    expect(reasonsOf(withAmount({ amount: 5.5, currency: 'EUR' }))[0]).toContain(
      '/objects/0/amount: amount must be decimal text',
    );
    expect(reasonsOf(withAmount('5'))[0]).toContain('expected { "amount": "1234.50", "currency": "EUR" }');
  });

  it('never throws, and what it accepts it accepts again unchanged', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({
        system: fc.anything(),
        objects: fc.array(
          fc.record({
            type: fc.constant('invoice'),
            keys: fc.array(fc.record({ kind: fc.string(), value: fc.string() })),
          }),
        ),
      }),
    );
    fc.assert(
      fc.property(anything, (value) => {
        const once = parseFinanceEventData(value);
        if (once.ok) expect(parseFinanceEventData(once.value)).toEqual(once);
        else expect(once.reasons.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('alias values', () => {
  it.each([
    '',
    '  ',
    '0',
    '0000',
    '000.00',
    'NOTPROVIDED',
    'not provided',
    'N/A',
    'n.a.',
    'null',
    'NULL',
    'unknown',
    '---',
    '?',
    'XXXX',
    'NONREF',
    '[object Object]',
    '00000000-0000-0000-0000-000000000000',
    'x'.repeat(300),
  ])('%j is never one', (value) => {
    expect(isUsableAliasValue(value)).toBe(false);
  });

  it.each(['O-100017', '0000100234', '1', 'INV 7', 'Ünïted', '東京-1'])('%j is one', (value) => {
    expect(isUsableAliasValue(value)).toBe(true);
  });
});

describe('conventions', () => {
  it('reads the activity type of an event type', () => {
    expect(activityTypeOfEvent('finance.sales-order.accepted')).toBe('sales-order.accepted');
    expect(activityTypeOfEvent('com.example.order')).toBeUndefined();
    expect(activityTypeOfEvent('finance.Order Accepted')).toBeUndefined();
    expect(isActivityType('integration.run-failed')).toBe(true);
  });

  it('makes any JSON storable', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(isStorableText(JSON.stringify(toStorableJson(value)).replace(/\\u0000/g, '\u0000'))).toBe(true);
      }),
    );
  });
});
