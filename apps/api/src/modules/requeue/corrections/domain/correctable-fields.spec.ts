import { describe, expect, it } from '@jest/globals';
import { correctableFields } from './correctable-fields.js';
import { readJson } from './json-tree.js';

const schema = {
  $defs: {
    line: { type: 'object', required: ['tax'], properties: { tax: { enum: ['V0', 'V1'] }, text: { type: 'string' } } },
  },
  allOf: [{ properties: { region: { type: 'string', title: 'Sales region', description: 'As in the CRM' } } }],
  required: ['companyCode'],
  properties: {
    companyCode: { type: ['string', 'null'] },
    deliveredOn: { type: 'string', format: 'date' },
    isUrgent: { type: 'boolean' },
    either: { type: ['string', 'number'] },
    lines: { type: 'array', items: { $ref: '#/$defs/line' } },
    loop: { $ref: '#/properties/loop' },
  },
};

const fieldsOf = (payload: string, declared: string[], of: unknown = schema, objectType = 'sales-order') =>
  correctableFields(
    {
      base: readJson(payload),
      facts: { objectType, objectKey: 'O-1', amount: null, currency: null, counterparty: null, aliases: [] },
      declared,
      isMasked: (pointer) => pointer === '/secret',
      contractFaults: () => [],
    },
    of,
  );

describe('the fields of a form', () => {
  it('are the declared places, each position for itself, with what the schema says of them', () => {
    const { fields } = fieldsOf('{"companyCode":"","lines":[{"tax":"V1"},{"tax":"V9","text":"x"}]}', [
      '/companyCode',
      '/deliveredOn',
      '/region',
      '/lines/*/tax',
    ]);
    expect(fields).toMatchObject([
      { pointer: '/companyCode', label: 'Company code', kind: 'text', isRequired: true, valueJson: '""', lock: null },
      { pointer: '/deliveredOn', label: 'Delivered on', kind: 'date', isRequired: false, valueJson: null },
      { pointer: '/region', label: 'Sales region', description: 'As in the CRM', kind: 'text' },
      { pointer: '/lines/0/tax', label: 'Lines 1 · tax', kind: 'choice', choices: ['"V0"', '"V1"'], isRequired: true },
      { pointer: '/lines/1/tax', label: 'Lines 2 · tax', valueJson: '"V9"' },
    ]);
  });

  it.each([
    ['{"n":1.50}', '/n', 'number', '1.50'],
    ['{"b":true}', '/b', 'boolean', 'true'],
    ['{"t":null}', '/t', 'text', 'null'],
    ['{}', '/loop', 'text', null],
    ['{"either":1}', '/either', 'number', '1'],
    ['{"either":"1"}', '/either', 'text', '"1"'],
    ['{"x":1}', '/isUrgent', 'boolean', null],
  ])('of %s at %s are of a kind without a schema too', (payload, pointer, kind, valueJson) => {
    expect(fieldsOf(payload, [pointer]).fields).toMatchObject([{ kind, valueJson }]);
  });

  it('hide what is masked, and say what is locked or needs a word', () => {
    expect(fieldsOf('{"secret":"x"}', ['/secret']).fields).toMatchObject([{ isMasked: true, valueJson: null }]);
    expect(fieldsOf('{"amount":1}', ['/amount'], null, 'payment').fields).toMatchObject([
      { lock: { code: 'LOCKED_IN_PAYMENT' } },
    ]);
    expect(fieldsOf('{"amount":1}', ['/amount'], null, 'invoice').fields).toMatchObject([
      { lock: null, needsConfirmation: true },
    ]);
  });

  it('leave out places that the payload cannot have, and end at a number', () => {
    expect(fieldsOf('{"lines":{},"text":"x"}', ['/lines/*/tax', '/text/a', '/lines']).fields).toEqual([]);
    const many = `{"lines":[${Array.from({ length: 600 }, () => '{}').join(',')}]}`;
    const { fields, isTruncated } = fieldsOf(many, ['/lines/*/text']);
    expect([fields.length, isTruncated]).toEqual([500, true]);
  });
});
