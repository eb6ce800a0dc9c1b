import { describe, expect, it } from '@jest/globals';
import type { Attributes } from '../otlp/span-record.js';
import { AttributeNames, applyAttributeNames } from './attribute-names.js';
import { mayBecomeActivity } from './map-span.js';

const NAMES = new AttributeNames([
  { serviceName: '', attribute: 'app.order.id', financeAttribute: 'finance.sales_order.id' },
  { serviceName: 'billing', attribute: 'flow', financeAttribute: 'finance.integration.name' },
  { serviceName: 'billing', attribute: 'inv', financeAttribute: 'finance.invoice.id' },
  { serviceName: 'billing', attribute: 'app.order.id', financeAttribute: 'finance.contract.id' },
]);
const span = (serviceName: string, attributes: Attributes, endUnixNano = '1', statusCode = 0) => ({
  serviceName,
  attributes,
  endUnixNano,
  statusCode,
  parentSpanId: null,
  events: [],
});

describe('attributes that a team calls otherwise', () => {
  it.each<[string, string, Attributes, Attributes]>([
    ['of every service', 'erp', { 'app.order.id': '7' }, { 'app.order.id': '7', 'finance.sales_order.id': '7' }],
    ['of one service', 'billing', { inv: 4711 }, { inv: 4711, 'finance.invoice.id': 4711 }],
    [
      'what a service says of itself counts',
      'billing',
      { 'app.order.id': '7' },
      { 'app.order.id': '7', 'finance.contract.id': '7' },
    ],
    ['of another service', 'erp', { inv: 1 }, { inv: 1 }],
    ['the finance name is there', 'billing', { inv: 1, 'finance.invoice.id': 2 }, { inv: 1, 'finance.invoice.id': 2 }],
    ['an empty value adds nothing', 'billing', { inv: null }, { inv: null }],
  ])('%s', (_name, service, attributes, expected) => {
    expect(applyAttributeNames(attributes, NAMES.of(service))).toEqual(expected);
  });

  it('are not copied where nothing is added', () => {
    const attributes = { other: 1 };
    expect(applyAttributeNames(attributes, NAMES.of('billing'))).toBe(attributes);
  });
});

describe('a span may become an activity', () => {
  it.each<[string, ReturnType<typeof span>, boolean]>([
    ['with the long form', span('x', { 'finance.object.key.value': '1', 'finance.object.type': 'invoice' }), true],
    ['not with a key alone, by which the trace is found', span('x', { 'finance.object.key.value': '1' }), false],
    ['not with a type alone', span('x', { 'finance.object.type': 'invoice' }), false],
    ['with a shorthand alone', span('x', { 'finance.invoice.id': 4711 }), true],
    ['with the name of its team', span('billing', { inv: '1' }), true],
    ['not with the name of another team', span('x', { inv: '1' }), false],
    ['not with finance attributes that name no object', span('x', { 'finance.legal_entity': 'DE01' }), false],
    ['not while it is open', span('x', { 'finance.invoice.id': 4711 }, '0'), false],
    ['not without attributes', span('x', {}), false],
    ['failed, with the name that its team has for the integration', span('billing', { flow: 'f' }, '1', 2), true],
    ['not failed, with it', span('billing', { flow: 'f' }), false],
    ['not failed, with the name of another team', span('x', { flow: 'f' }, '1', 2), false],
  ])('%s', (_name, one, expected) => {
    expect(mayBecomeActivity(one, NAMES)).toBe(expected);
  });
});
