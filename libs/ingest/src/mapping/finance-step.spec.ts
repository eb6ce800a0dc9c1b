import { OBJECT_ID_ATTRIBUTES } from '@throughline/canonical';
import { describe, expect, it } from '@jest/globals';
import type { Attributes } from '../otlp/span-record.js';
import { readFinanceStep } from './finance-step.js';

const read = (
  attributes: Attributes,
  more: { resource?: Attributes; serviceName?: string; senderSystem?: string } = {},
) => readFinanceStep({ attributes, resource: {}, serviceName: 'erp', ...more });
const shown = (attributes: Attributes) =>
  read(attributes)?.objects.map(
    (one) =>
      `${one.qualifier} ${one.type} ${one.aliases.map((alias) => `${alias.system}/${alias.kind}/${alias.scope}/${alias.value}`).join()}`,
  );

describe('shorthands', () => {
  it.each(OBJECT_ID_ATTRIBUTES)('%s alone names a %s', (attribute, type) => {
    expect(shown({ [attribute]: '4711' })).toEqual([`subject ${type} erp/${type}//4711`]);
  });

  it.each<[string, Attributes, string[]]>([
    ['a number', { 'finance.invoice.id': 4711 }, ['subject invoice erp/invoice//4711']],
    [
      'a number beyond 2^53',
      { 'finance.invoice.id': { int: '9007199254740993' } },
      ['subject invoice erp/invoice//9007199254740993'],
    ],
    [
      'several types: the document before what it is about',
      { 'finance.customer.id': 'C1', 'finance.sales_order.id': 'O1', 'finance.invoice.id': 'I1' },
      [
        'subject invoice erp/invoice//I1',
        'related sales-order erp/sales-order//O1',
        'related customer erp/customer//C1',
      ],
    ],
    [
      'the type of the activity says which is the subject',
      { 'finance.activity.type': 'sales-order.accepted', 'finance.sales_order.id': 'O1', 'finance.invoice.id': 'I1' },
      ['subject sales-order erp/sales-order//O1', 'related invoice erp/invoice//I1'],
    ],
    [
      'a list: each once, the step happened to all of them',
      { 'finance.payment.id': ['P1', ' P2 ', 'P1', 'N/A'], 'finance.customer.id': ['C1'] },
      ['subject payment erp/payment//P1', 'subject payment erp/payment//P2', 'related customer erp/customer//C1'],
    ],
    [
      'beside the long form a list of its type is related',
      { 'finance.object.type': 'payment', 'finance.object.key.value': 'P1', 'finance.payment.id': ['P2', 'P3'] },
      ['subject payment erp/payment//P1', 'related payment erp/payment//P2', 'related payment erp/payment//P3'],
    ],
    [
      'kind, scope and system by the name of the type',
      {
        'finance.journal_entry.id': '1900000123',
        'finance.key.kind.journal_entry': 'document-number',
        'finance.key.scope.journal_entry': 'DE01/2026',
        'finance.key.system.journal_entry': 'sap-de',
      },
      ['subject journal-entry sap-de/document-number/DE01/2026/1900000123'],
    ],
    [
      'beside the long form they are related, and the same object is not named twice',
      {
        'finance.object.type': 'invoice',
        'finance.object.key.value': 'I1',
        'finance.invoice.id': 'I1',
        'finance.payment.id': 'P1',
      },
      ['subject invoice erp/invoice//I1', 'related payment erp/payment//P1'],
    ],
  ])('%s', (_name, attributes, expected) => {
    expect(shown(attributes)).toEqual(expected);
  });

  it.each<[string, Attributes]>([
    ['a placeholder', { 'finance.invoice.id': '0000' }],
    ['an empty list', { 'finance.invoice.id': [] }],
    ['a map', { 'finance.invoice.id': { map: { a: 1 } } }],
  ])('%s names nothing', (_name, attributes) => {
    expect(read(attributes)).toBeUndefined();
  });
});

describe('the facts of a step', () => {
  const facts = (attributes: Attributes) =>
    read(attributes)?.objects.map(({ aliases: _aliases, type: _type, ...rest }) => rest);

  it('are of the object, the currency in any case', () => {
    expect(
      facts({
        'finance.invoice.id': '1',
        'finance.amount': '10.5',
        'finance.currency': 'eur',
        'finance.legal_entity': 'DE01',
      }),
    ).toEqual([{ qualifier: 'subject', legalEntity: 'DE01', amount: { amount: '10.50', currency: 'EUR' } }]);
  });

  it('of a list are of each, but the amount, which is a total', () => {
    const list = { 'finance.invoice.id': ['1', '2'], 'finance.amount': '10.50', 'finance.currency': 'EUR' };
    const each = { qualifier: 'subject', direction: 'inflow' };
    expect(facts({ ...list, 'finance.direction': 'inflow' })).toEqual([each, each]);
  });

  it.each<[string, Attributes, string]>([
    ['a float', { 'finance.amount': 12.5, 'finance.currency': 'EUR' }, '12.5'],
    ['a negative one', { 'finance.amount': '-5', 'finance.currency': 'EUR' }, '-5'],
    ['one without currency', { 'finance.amount': '5' }, '5'],
  ])('%s is no money, and is shown as it was sent', (_name, attributes, sent) => {
    expect(facts({ 'finance.invoice.id': '1', ...attributes })).toEqual([
      { qualifier: 'subject', attributes: { unusableAmount: sent } },
    ]);
  });
});

describe('links of a step', () => {
  const links = (attributes: Attributes) => read(attributes)?.links;
  const INVOICE_OF_ORDER = {
    'finance.activity.type': 'invoice.posted',
    'finance.invoice.id': 'I1',
    'finance.sales_order.id': 'O1',
    'finance.customer.id': 'C1',
  };

  it('go from the related object to the subject, where it is said how', () => {
    expect(links(INVOICE_OF_ORDER)).toEqual([]);
    expect(links({ ...INVOICE_OF_ORDER, 'finance.link.sales_order': 'bills' })).toEqual([
      { from: 1, to: 0, qualifier: 'bills' },
    ]);
    // The subject does not follow from itself.
    expect(links({ ...INVOICE_OF_ORDER, 'finance.link.invoice': 'credits' })).toEqual([]);
  });

  it('go from each of several, or to each of several, but never from all to all', () => {
    const payment = { 'finance.activity.type': 'payment.applied', 'finance.link.invoice': 'settles' };
    expect(links({ ...payment, 'finance.payment.id': 'P1', 'finance.invoice.id': ['I1', 'I2'] })).toEqual([
      { from: 1, to: 0, qualifier: 'settles' },
      { from: 2, to: 0, qualifier: 'settles' },
    ]);
    expect(links({ ...payment, 'finance.payment.id': ['P1', 'P2'], 'finance.invoice.id': 'I1' })).toEqual([
      { from: 2, to: 0, qualifier: 'settles' },
      { from: 2, to: 1, qualifier: 'settles' },
    ]);
    expect(links({ ...payment, 'finance.payment.id': ['P1', 'P2'], 'finance.invoice.id': ['I1', 'I2'] })).toEqual([]);
  });
});

describe('the source system of a step', () => {
  const INVOICE = { 'finance.invoice.id': '1' };
  it.each<[string, Parameters<typeof read>, string | undefined]>([
    [
      'on the span',
      [{ ...INVOICE, 'finance.source_system': 'a' }, { resource: { 'finance.source_system': 'b' } }],
      'a',
    ],
    ['on the resource', [INVOICE, { resource: { 'finance.source_system': 'b' }, senderSystem: 'c' }], 'b'],
    ['of the key that sent it', [INVOICE, { senderSystem: 'c' }], 'c'],
    ['else the service', [INVOICE, { senderSystem: '' }], 'erp'],
    ['nobody knows', [INVOICE, { serviceName: '' }], undefined],
  ])('%s', (_name, parameters, expected) => {
    expect(read(...parameters)?.system).toBe(expected);
  });
});
