import { describe, expect, it } from '@jest/globals';
import { correctableFields, correctableLists } from './correctable-fields.js';
import type { CorrectionGround } from './field-locks.js';
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

const groundOf = (payload: string, declared: string[], objectType = 'sales-order'): CorrectionGround => ({
  base: readJson(payload),
  facts: { objectType, objectKey: 'O-1', amount: null, currency: null, counterparty: null, aliases: [] },
  declared,
  isMasked: (pointer) => pointer === '/secret',
  contractFaults: () => [],
});
const fieldsOf = (payload: string, declared: string[], of: unknown = schema, objectType = 'sales-order') =>
  correctableFields(groundOf(payload, declared, objectType), of);

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
    const many = `{"lines":[${Array.from({ length: 2_600 }, () => '{}').join(',')}]}`;
    const { fields, isTruncated } = fieldsOf(many, ['/lines/*/text', '/lines/*/tax']);
    expect([fields.length, isTruncated]).toEqual([5_000, true]);
  });

  it('stand together of one element, whatever is declared between them', () => {
    const payload = '{"lines":[{"taxes":[{"code":"a"},{"code":"b"}]},{"taxes":[]}]}';
    const declared = ['/lines/*/text', '/region', '/lines/*/taxes/*/code', '/lines/-'];
    expect(fieldsOf(payload, declared).fields.map(({ pointer }) => pointer)).toEqual([
      '/lines/0/text',
      '/lines/0/taxes/0/code',
      '/lines/0/taxes/1/code',
      '/lines/1/text',
      '/region',
    ]);
  });
});

describe('the lists of a form', () => {
  const listsOf = (payload: string, declared: string[], objectType?: string) =>
    correctableLists(groundOf(payload, declared, objectType), schema);

  it('are those that are declared as such, with what may be written in an element that is added', () => {
    const declared = ['/lines/-', '/lines/*/tax', '/lines/*/text', '/lines/*/taxes/*/code', '/other/*/text'];
    expect(listsOf('{"lines":[{"tax":"V1"}],"other":[]}', declared)).toMatchObject([
      {
        pointer: '/lines',
        label: 'Lines',
        length: 1,
        newFields: [
          { pointer: '/lines/1/tax', label: 'Lines 2 · tax', kind: 'choice', isRequired: true, valueJson: null },
          { pointer: '/lines/1/text', kind: 'text', lock: null },
        ],
      },
    ]);
  });

  it.each([
    ['lists of single values', '{"tags":["a"]}', ['/tags/-', '/tags/*'], ['/tags: /tags/1']],
    [
      'lists in elements of lists',
      '{"o":[{"l":[]},{"l":[{}]}]}',
      ['/o/*/l/-', '/o/*/l/*/x'],
      ['/o/0/l: /o/0/l/0/x', '/o/1/l: /o/1/l/1/x'],
    ],
    ['none where nothing is a list', '{"lines":{"-":"a"}}', ['/lines/-', '/none/-'], []],
    ['one that only gives elements up', '{"lines":[{}]}', ['/lines/-'], ['/lines: ']],
  ])('are %s', (_what, payload, declared, lists) => {
    const told = listsOf(payload, declared).map(
      ({ pointer, newFields }) => `${pointer}: ${newFields.map((field) => field.pointer).join(' ')}`,
    );
    expect(told).toEqual(lists);
  });

  it('say what is locked in an element that is added', () => {
    const declared = ['/notes/-', '/notes/*/note', '/notes/*/amount'];
    const [list] = listsOf('{"notes":[]}', declared, 'payment');
    expect(list?.newFields.map(({ lock }) => lock?.code)).toEqual([undefined, 'LOCKED_IN_PAYMENT']);
  });
});
