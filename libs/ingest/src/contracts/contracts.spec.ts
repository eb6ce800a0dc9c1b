import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { StoredSignal } from '../mapping/stored-signal.js';
import { checkCompatibility } from './check-compatibility.js';
import { compileContract, ContractError, type JsonSchema } from './compile-contract.js';
import {
  contractViolation,
  EventContracts,
  validateAgainstContract,
  type EventContract,
} from './contract-violation.js';
import { InvalidPattern, LinearPattern } from './linear-pattern.js';

const INVOICE: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['number', 'total'],
  properties: {
    number: { type: 'string', pattern: '^INV-[0-9]{4}-\\d+$' },
    total: { type: 'number', minimum: 0, multipleOf: 0.01 },
    currency: { enum: ['EUR', 'USD'] },
    dueOn: { type: 'string', format: 'date' },
    lines: { type: 'array', items: { $ref: '#/$defs/line' } },
  },
  $defs: {
    line: {
      type: 'object',
      required: ['amount'],
      properties: { amount: { type: 'number' } },
      additionalProperties: false,
    },
  },
};
const GOOD = { number: 'INV-2026-7', total: 19.99, currency: 'EUR', dueOn: '2026-09-30', lines: [{ amount: 1 }] };

describe('a contract', () => {
  const issues = (change: object): unknown => validateAgainstContract(compileContract(INVOICE), { ...GOOD, ...change });

  it('is kept', () => expect(issues({ further: 'members are welcome' })).toEqual([]));

  it.each([
    ['a missing member', { number: undefined }, '/number', 'is missing'],
    ['a wrong type', { total: '19.99' }, '/total', 'must be number'],
    ['a bound', { total: -1 }, '/total', 'must be >= 0'],
    ['a fraction', { total: 1.005 }, '/total', 'must be multiple of 0.01'],
    ['a value outside its list', { currency: 'GBP' }, '/currency', 'must be one of "EUR", "USD"'],
    ['a pattern', { number: 'X' }, '/number', expect.stringContaining('must match pattern')],
    ['a format', { dueOn: '2026-02-30' }, '/dueOn', expect.stringContaining('must match format "date"')],
    [
      'a member that is not allowed',
      { lines: [{ amount: 1 }, { amount: 1, 'a/b': 2 }] },
      '/lines/1/a~1b',
      'is not allowed',
    ],
  ])('is broken by %s, with its place', (_title, change, place, reason) => {
    // As it arrives: what is undefined is not there.
    const payload: unknown = JSON.parse(JSON.stringify({ ...GOOD, ...change }));
    expect(validateAgainstContract(compileContract(INVOICE), payload)).toEqual([{ place, reason }]);
  });

  it('tells the first places, and no values', () => {
    const found = issues({ total: 'secret', currency: 'secret', number: 'secret' }) as object[];
    expect(found).toHaveLength(3);
    expect(JSON.stringify(found)).not.toContain('secret');
  });

  it.each([
    ['another document', { $ref: 'https://evil.example/schema.json' }, /another document/],
    ['a file', { properties: { a: { $ref: 'other.json#/x' } } }, /properties\/a\/\$ref/],
    ['an older draft', { $schema: 'http://json-schema.org/draft-07/schema#' }, /2020-12/],
    ['a pattern that looks ahead', { pattern: '(?=a)a' }, /looks ahead/],
    ['a pattern with a back-reference', { patternProperties: { '(a)\\1': {} } }, /refers back/],
    ['a pattern of a million states', { pattern: '(a{500}){500}' }, /states/],
    ['unique items without bound', { type: 'array', uniqueItems: true }, /maxItems/],
    ['a nesting without end', nested(100), /nested deeper/],
    ['more than may be compiled', { enum: ['x'.repeat(300_000)] }, /larger than/],
    ['an unknown type', { type: 'money' }, /type/],
    ['a reference to nowhere', { $ref: '#/$defs/none' }, /resolve/],
    ['code in an id', { properties: { a: { $id: 'x' } } }, /only the schema as a whole/],
    ['what is no schema', [] as unknown as JsonSchema, /JSON object/],
  ])('is not made of %s', (_title, schema, message) => {
    expect(() => compileContract(schema as JsonSchema)).toThrow(ContractError);
    expect(() => compileContract(schema as JsonSchema)).toThrow(message);
  });

  it('ends on hostile payloads: deep ones, and schemas that refer to themselves', () => {
    const tree = compileContract({ type: 'object', properties: { child: { $ref: '#' } } });
    expect(tree.validate(nested(150, 'child'), 0)).toEqual([]);
    expect(tree.validate(nested(5_000, 'child'), 0)).toEqual([
      { place: '', reason: 'is nested deeper than 200 levels' },
    ]);
    expect(compileContract({ allOf: [{ $ref: '#' }] }).validate({}, 0)).toEqual([
      expect.objectContaining({ place: '' }),
    ]);
  });
});

describe('patterns run in linear time', () => {
  it.each(['(a+)+$', '^(a|a)*$', '(a|aa)+$', '^(([a-z])+.)+[A-Z]([a-z])+$', '(.*)*x', '.*.*.*.*.*=.*'])(
    '%s',
    (pattern) => {
      const started = performance.now();
      expect(new LinearPattern(pattern).test(`${'a'.repeat(15_000)}!`)).toBe(false);
      expect(performance.now() - started).toBeLessThan(2_000);
    },
  );

  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '\\d',
    '\\w',
    '\\.',
    'é',
    '\\u0061',
    '\\p{L}',
    '^',
    '$',
    '\\b',
  );
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { depthSize: 'small' },
      atom,
      fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => left + right),
      fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(${left}|${right})`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,}', '*?'))
        .map(([inner, count]) => `(?:${inner})${count}`),
    ),
  }));

  it("say what JavaScript's own engine says", () => {
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[ab.1é ]{0,8}$/), (source, text) => {
        expect(new LinearPattern(source).test(text)).toBe(new RegExp(source, 'u').test(text));
      }),
      { numRuns: 1_500 },
    );
  });

  it.each(['(', 'a{2000}', '(?<!a)b', '(?i:a)'])('%s is not taken', (source) => {
    expect(() => new LinearPattern(source)).toThrow(InvalidPattern);
  });
});

describe('compatibility', () => {
  const object = (properties: object, more: object = {}): JsonSchema => ({ type: 'object', properties, ...more });
  const base = object({ id: { type: 'string' }, amount: { type: 'number' } }, { required: ['id'] });

  it.each<[string, JsonSchema, JsonSchema, string[], string[]]>([
    ['the same', base, base, [], []],
    [
      'a new optional member',
      base,
      object({ id: { type: 'string' }, amount: { type: 'number' }, note: { type: 'string' } }, { required: ['id'] }),
      [],
      [],
    ],
    ['a new required member', base, { ...(base as object), required: ['id', 'amount'] }, ['/required'], []],
    ['a member no longer required', base, { ...(base as object), required: [] }, [], ['/required']],
    [
      'a wider type',
      base,
      object({ id: { type: ['string', 'null'] }, amount: { type: 'number' } }, { required: ['id'] }),
      [],
      ['/properties/id/type'],
    ],
    [
      'integer for number',
      base,
      object({ id: { type: 'string' }, amount: { type: 'integer' } }, { required: ['id'] }),
      ['/properties/amount/type'],
      [],
    ],
    [
      'one value more',
      object({ c: { enum: ['EUR'] } }),
      object({ c: { enum: ['EUR', 'USD'] } }),
      [],
      ['/properties/c/enum'],
    ],
    [
      'a list where any text was',
      object({ c: { type: 'string' } }),
      object({ c: { type: 'string', enum: ['EUR'] } }),
      ['/properties/c/enum'],
      [],
    ],
    [
      'a stricter bound',
      object({ a: { type: 'number', minimum: 0 } }),
      object({ a: { type: 'number', minimum: 1 } }),
      ['/properties/a/minimum'],
      [],
    ],
    [
      'a longer text',
      object({ a: { type: 'string', maxLength: 10 } }),
      object({ a: { type: 'string', maxLength: 20 } }),
      [],
      ['/properties/a/maxLength'],
    ],
    [
      'no further members',
      object({ a: {} }),
      object({ a: {} }, { additionalProperties: false }),
      ['/additionalProperties'],
      [],
    ],
    [
      'a member taken out of a closed one',
      object({ a: {}, b: {} }, { additionalProperties: false }),
      object({ a: {} }, { additionalProperties: false }),
      ['/properties/b'],
      [],
    ],
    [
      'a pattern',
      object({ a: { type: 'string' } }),
      object({ a: { type: 'string', pattern: '^x' } }),
      ['/properties/a/pattern'],
      [],
    ],
    [
      'elements of lists',
      object({ a: { type: 'array', items: { type: 'string' } } }),
      object({ a: { type: 'array', items: { type: 'number' } } }),
      ['/properties/a/items/type'],
      ['/properties/a/items/type'],
    ],
    [
      'references resolved',
      { $ref: '#/$defs/x', $defs: { x: object({ a: { type: 'string' } }) } },
      object({ a: { type: 'string' } }),
      [],
      [],
    ],
    [
      'a choice more',
      { anyOf: [{ type: 'string' }] },
      { anyOf: [{ type: 'string' }, { type: 'number' }] },
      [],
      ['/anyOf'],
    ],
    ['one of the choices', { type: 'string' }, { anyOf: [{ type: 'string' }, { type: 'number' }] }, [], ['/type']],
    ['what cannot be compared', { type: 'object' }, { type: 'object', not: { required: ['x'] } }, ['/not'], []],
    ['nothing allowed', base, false, [''], []],
    [
      'allOf of a writer',
      { allOf: [{ required: ['a'] }, { properties: { a: { type: 'string' } } }], type: 'object' },
      object({ a: { type: 'string' } }, { required: ['a'] }),
      [],
      [],
    ],
    [
      'trees',
      { type: 'object', properties: { child: { $ref: '#' }, n: { type: 'number' } } },
      { type: 'object', properties: { child: { $ref: '#' }, n: { type: 'string' } } },
      ['/properties/n/type'],
      ['/properties/n/type'],
    ],
    [
      'a name among members of which it is said what they are like',
      { type: 'object', additionalProperties: { type: 'string' } },
      { type: 'object', properties: { n: { type: 'number' } }, additionalProperties: { type: 'string' } },
      ['/properties/n/type'],
      ['/properties/n/type'],
    ],
  ])('%s', (_title, before, after, backward, forward) => {
    const places = (mode: 'backward' | 'forward'): string[] =>
      checkCompatibility(before, after, mode).map((one) => one.place);
    expect(places('backward')).toEqual(backward);
    expect(places('forward')).toEqual(forward);
    expect(checkCompatibility(before, after, 'full')).toHaveLength(backward.length + forward.length);
    expect(checkCompatibility(before, after, 'none')).toEqual([]);
  });

  it('that is found holds: what the old contract takes, the new one takes', () => {
    const leaf = fc.oneof(
      fc.record({ type: fc.constantFrom('string', 'number', 'integer', 'boolean') }),
      fc.record({ enum: fc.uniqueArray(fc.constantFrom('a', 'b', 1), { minLength: 1 }) }),
      fc.record({ type: fc.constant('number'), minimum: fc.integer({ min: -2, max: 2 }) }),
      fc.record({ type: fc.constant('string'), maxLength: fc.integer({ min: 0, max: 3 }) }),
    );
    const schema = fc.record({
      type: fc.constant('object'),
      properties: fc.record({ a: leaf, b: leaf }, { requiredKeys: ['a'] }),
      required: fc.subarray(['a', 'b']),
      additionalProperties: fc.boolean(),
    }) as fc.Arbitrary<JsonSchema>;
    const value = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('a', 'b', 'long text', 1, -1, 0.5, true));
    fc.assert(
      fc.property(schema, schema, value, (before, after, payload) => {
        const named = Object.keys((before as { properties: object }).properties);
        // Members that the old version does not name are taken as not sent.
        fc.pre(Object.keys(payload).every((name) => named.includes(name)));
        fc.pre(checkCompatibility(before, after, 'backward').length === 0);
        fc.pre(validateAgainstContract(compileContract(before), payload).length === 0);
        expect(validateAgainstContract(compileContract(after), payload)).toEqual([]);
      }),
      { numRuns: 25, maxSkipsPerRun: 1_000 },
    );
  }, 30_000);
});

describe('a signal against its contract', () => {
  const contract = (version: number, schema: JsonSchema, isRetired = false): EventContract => ({
    eventType: 'invoice.posted',
    version,
    schema,
    isRetired,
  });
  const contracts = new EventContracts([
    contract(1, { required: ['a'] }),
    contract(2, { required: ['b'] }),
    contract(3, { required: ['c'] }, true),
  ]);
  const signal = (
    body: string,
    attributes: StoredSignal['attributes'] = {},
    more: Partial<StoredSignal> = {},
  ): StoredSignal => ({
    kind: 'cloud-event',
    scopedKey: 'k',
    sourceSystem: '',
    sourceKind: '',
    type: 'invoice.posted',
    source: '/x',
    externalId: '1',
    occurredAt: null,
    attributes,
    contentType: 'application/json',
    body: Buffer.from(body),
    ...more,
  });

  it.each([
    ['the latest that is not retired', '{"b":1}', {}, undefined],
    [
      'the latest, broken',
      '{"a":1}',
      {},
      { code: 'contract-violation', place: '/b', reason: 'contract "invoice.posted" version 2: /b is missing' },
    ],
    ['the version that dataschema ends with', '{"a":1}', { dataschema: 'urn:acme:invoice:1' }, undefined],
    ['the version of dataschemaversion', '{"a":1}', { dataschemaversion: '1' }, undefined],
    [
      'a version that nobody registered',
      '{"b":1}',
      { dataschemaversion: '7' },
      expect.objectContaining({ reason: expect.stringContaining('taken are 1, 2') }),
    ],
    [
      'a retired version',
      '{"c":1}',
      { dataschemaversion: '3' },
      expect.objectContaining({ code: 'contract-violation' }),
    ],
    ['an address is no version', '{"b":1}', { dataschema: 'https://schemas.example:8080' }, undefined],
    [
      'the form of finance events is none either',
      '{"b":1}',
      { dataschema: 'urn:throughline:finance-event:1' },
      undefined,
    ],
    ['no data', '', {}, expect.objectContaining({ code: 'contract-violation' })],
    ['what cannot be read is told by its mapping', '{', {}, undefined],
  ])('%s', (_title, body, attributes, expected) => {
    const given = body === '' ? new EventContracts([contract(1, { type: 'object' })]) : contracts;
    expect(contractViolation(signal(body, attributes), given)).toEqual(expected);
  });

  it('holds for webhooks and OpenLineage, XML too, not for spans of files', () => {
    const strict = new EventContracts([
      { eventType: 'note', version: 1, schema: { required: ['x'] }, isRetired: false },
    ]);
    const xml = signal('<note/>', {}, { kind: 'webhook', type: 'note', contentType: 'text/xml' });
    expect(contractViolation(xml, strict)).toMatchObject({ place: '/x' });
    expect(contractViolation({ ...xml, kind: 'file-record' }, strict)).toBeUndefined();
    expect(contractViolation({ ...xml, type: 'other' }, strict)).toBeUndefined();
  });

  it('of nineteen digits an integer is an integer', () => {
    const strict = new EventContracts([contract(1, { properties: { n: { type: 'integer' } } })]);
    expect(contractViolation(signal('{"n":1790000000000500123}'), strict)).toBeUndefined();
  });
});

function nested(levels: number, name = 'properties'): JsonSchema {
  let value: Record<string, unknown> = {};
  for (let level = 0; level < levels; level += 1) value = { [name]: value };
  return value;
}
