import { describe, expect, it } from '@jest/globals';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { enforceQueryLimits, measureOperation, usesIntrospection } from './query-limits.js';

const SCHEMA = buildSchema(`
  type Item { id: ID! parent: Item tags: [Item!]! many(first: Int): ItemConnection! }
  type ItemEdge { node: Item! }
  type ItemConnection { edges: [ItemEdge!]! totalCount: Int! }
  type Report { breaches: ItemConnection! }
  type Query { item: Item items(first: Int = 50): ItemConnection! report(first: Int = 50): Report! }
`);

function measure(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (operation === null || operation === undefined) throw new Error('no operation');
  return measureOperation(SCHEMA, document, operation, variables);
}

function enforce(query: string): void {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (operation !== null && operation !== undefined) enforceQueryLimits(SCHEMA, document, operation, {});
}

describe('limits of an operation', () => {
  it.each([
    ['an object', '{ item { id } }', {}, 1, 2],
    ['a page by its length', '{ items(first: 3) { edges { node { id } } } }', {}, 9, 4],
    ['a page of the usual length', '{ items { totalCount } }', {}, 50, 2],
    ['a length in a variable', 'query ($n: Int) { items(first: $n) { totalCount } }', { n: 7 }, 7, 2],
    [
      'a variable that is not given, as the longest page',
      'query ($n: Int) { items(first: $n) { totalCount } }',
      {},
      200,
      2,
    ],
    ['a length beyond all bounds, as the longest page', '{ items(first: 2000000000) { totalCount } }', {}, 200, 2],
    [
      'a page whose length an outer field states, once',
      '{ report(first: 100) { breaches { edges { node { id } } } } }',
      {},
      400,
      5,
    ],
    ['a plain list', '{ item { tags { id } } }', {}, 11, 3],
    ['lists in lists', '{ item { tags { tags { id } } } }', {}, 111, 4],
    ['aliases, each', '{ a: item { id } b: item { id } }', {}, 2, 2],
    ['fragments', '{ ...f } fragment f on Query { item { ...g } } fragment g on Item { parent { id } }', {}, 2, 3],
  ])('counts %s', (_name, query, variables, cost, depth) => {
    expect(measure(query, variables)).toEqual({ cost, depth });
  });

  it('measures fragments that spread each other twice at every level without taking long', () => {
    const levels = Array.from(
      { length: 60 },
      (_, level) => `fragment f${level} on Item { a: parent { ...f${level + 1} } b: parent { ...f${level + 1} } }`,
    );
    const started = performance.now();
    expect(() => enforce(`{ item { ...f0 } } ${levels.join(' ')} fragment f60 on Item { id }`)).toThrow(/levels deep/);
    expect(performance.now() - started).toBeLessThan(200);
  });

  it('ends with circles of fragments', () => {
    expect(() => measure('{ item { ...f } } fragment f on Item { parent { ...f } }')).not.toThrow();
  });

  it('refuses what is too large', () => {
    expect(() =>
      enforce('{ items(first: 200) { edges { node { many(first: 200) { edges { node { id } } } } } } }'),
    ).toThrow(/may load \d+ objects/);
  });

  it.each([
    ['{ __schema { types { name } } }', true],
    ['{ ... { __type(name: "Item") { name } } }', true],
    ['{ ...f } fragment f on Query { __schema { types { name } } }', true],
    ['{ __typename item { __typename } }', false],
  ])('knows a question about the schema: %s', (query, expected) => {
    expect(usesIntrospection(parse(query))).toBe(expected);
  });
});
