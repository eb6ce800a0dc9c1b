import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { orderOf, turnOf, type Predecessor } from './order.js';

const before = (entries: Record<string, string[]>) => new Map(Object.entries(entries));

describe('the order in which things go out', () => {
  it.each<[string, string[], Record<string, string[]>, Record<string, string[]>]>([
    ['nothing stands before anything', ['a', 'b'], {}, { a: [], b: [] }],
    [
      'a chain goes from its beginning',
      ['invoice', 'delivery', 'order'],
      { invoice: ['delivery', 'order'], delivery: ['order'] },
      { invoice: ['delivery', 'order'], delivery: ['order'], order: [] },
    ],
    ['what is not sent holds nobody here', ['invoice'], { invoice: ['order'] }, { invoice: [] }],
    ['two in a circle do not wait for each other', ['a', 'b'], { a: ['b'], b: ['a'] }, { a: [], b: [] }],
    ['nothing waits for itself', ['a'], { a: ['a'] }, { a: [] }],
    [
      'of a circle behind an order both wait for the order',
      ['a', 'b', 'order'],
      { a: ['b', 'order'], b: ['a', 'order'] },
      { a: ['order'], b: ['order'], order: [] },
    ],
  ])('%s', (_name, sent, entries, expected) => {
    expect(Object.fromEntries(orderOf(sent, before(entries)))).toEqual(expected);
  });

  it('lets something go first, whatever stands before what', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const relation = fc.array(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...ids)), { maxLength: 20 });
    fc.assert(
      fc.property(relation, (pairs) => {
        const order = orderOf(ids, closure(ids, pairs));
        const gone = new Set<string>();
        while (gone.size < ids.length) {
          const next = ids.filter((id) => !gone.has(id) && (order.get(id) ?? []).every((other) => gone.has(other)));
          expect(next).not.toEqual([]);
          next.forEach((id) => gone.add(id));
        }
      }),
    );
  });
});

/** All that stands before each, however many steps away, as lineage tells it. */
function closure(ids: readonly string[], pairs: readonly [string, string][]): Map<string, string[]> {
  const all = new Map(ids.map((id) => [id, new Set<string>()]));
  for (let isGrowing = true; isGrowing;) {
    isGrowing = false;
    for (const [first, second] of pairs) {
      const target = all.get(second);
      for (const id of [first, ...(all.get(first) ?? [])]) {
        if (target !== undefined && !target.has(id)) {
          target.add(id);
          isGrowing = true;
        }
      }
    }
  }
  return new Map([...all].map(([id, found]) => [id, [...found]]));
}

describe('the turn of an attempt', () => {
  const one = (title: string, over: Partial<Predecessor>): Predecessor => ({
    title,
    isUnderWay: false,
    isOpen: false,
    ...over,
  });
  it.each<[string, Predecessor[], ReturnType<typeof turnOf>]>([
    ['nothing stands before it', [], { kind: 'go' }],
    ['what stood before it is solved', [one('order O-1', {})], { kind: 'go' }],
    [
      'what stands before it is on its way',
      [one('order O-1', { isUnderWay: true, isOpen: true })],
      { kind: 'wait', for: 'order O-1' },
    ],
    [
      'what stands before it failed again',
      [one('order O-1', { isOpen: true })],
      { kind: 'withdraw', because: 'order O-1' },
    ],
    [
      'one failed again, another is on its way',
      [one('order O-1', { isUnderWay: true, isOpen: true }), one('delivery D-1', { isOpen: true })],
      { kind: 'withdraw', because: 'delivery D-1' },
    ],
  ])('%s', (_name, predecessors, expected) => {
    expect(turnOf(predecessors)).toEqual(expected);
  });
});
