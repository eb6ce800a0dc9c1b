import { describe, expect, it } from '@jest/globals';
import type { ObjectType } from '@throughline/canonical';
import { DEEPEST_CLOSURE, MOST_MEMBERS, closeDownstream } from './closure.js';
import { buildLineageGraph } from './lineage-graph.js';
import { at } from './testing/activity-builder.js';

type Edge = readonly [from: string, to: string, time?: string, isAttempt?: boolean];

/** Types by the first letter of a name. */
const TYPES: Record<string, ObjectType> = {
  c: 'contract',
  o: 'sales-order',
  i: 'invoice',
  p: 'payment',
  b: 'bank-entry',
  s: 'bank-statement',
  h: 'cash-position',
  z: 'payment-batch',
};

function graphOf(edges: readonly Edge[]) {
  const ids = [...new Set(edges.flatMap(([from, to]) => [from, to]))];
  const nodes = ids.map((objectId) => ({
    objectId,
    type: TYPES[objectId.charAt(0)] ?? 'invoice',
    legalEntity: null,
    counterparty: null,
    amount: null,
    firstOccurredAt: at('08:00'),
    lastOccurredAt: at('08:00'),
  }));
  return buildLineageGraph(
    nodes,
    edges.map(([fromObjectId, toObjectId, time, isAttempt]) => ({
      fromObjectId,
      toObjectId,
      firstOccurredAt: at(time ?? '08:00'),
      establishedAt: isAttempt === true ? null : at(time ?? '08:00'),
    })),
    [],
  );
}

const close = (edges: readonly Edge[], start: string) => closeDownstream(graphOf(edges), start, () => true);

describe('everything downstream', () => {
  it.each<{ name: string; edges: Edge[]; start: string; members: string[]; hubs: string[] }>([
    { name: 'an object alone is its own closure', edges: [['c1', 'o1']], start: 'o1', members: ['o1'], hubs: [] },
    {
      name: 'follows links down, never up',
      edges: [
        ['c1', 'o1'],
        ['o1', 'i1'],
        ['c2', 'o1'],
      ],
      start: 'c1',
      members: ['c1', 'i1', 'o1'],
      hubs: [],
    },
    {
      name: 'a payment of two invoices does not glue their contracts together',
      edges: [
        ['c1', 'i1'],
        ['c2', 'i2'],
        ['i1', 'p1'],
        ['i2', 'p1'],
      ],
      start: 'c1',
      members: ['c1', 'i1', 'p1'],
      hubs: [],
    },
    {
      name: 'a hub is linked, not a member',
      edges: [
        ['p1', 'b1'],
        ['b1', 'h1'],
        ['b2', 'h1'],
      ],
      start: 'p1',
      members: ['b1', 'p1'],
      hubs: ['h1'],
    },
    {
      name: 'hubs are passed through to further hubs',
      edges: [
        ['b1', 's1'],
        ['s1', 'h1'],
      ],
      start: 'b1',
      members: ['b1'],
      hubs: ['h1', 's1'],
    },
    {
      name: 'never from a hub back to an object',
      edges: [
        ['b1', 'h1'],
        ['h1', 'i9'],
      ],
      start: 'b1',
      members: ['b1'],
      hubs: ['h1'],
    },
    {
      name: 'a circle ends',
      edges: [
        ['o1', 'i1'],
        ['i1', 'o1'],
      ],
      start: 'o1',
      members: ['i1', 'o1'],
      hubs: [],
    },
    {
      name: 'a circle of hubs that leads back to the start, a hub itself: it is a member, once',
      edges: [
        ['z1', 's1'],
        ['s1', 'z1'],
        ['z1', 'h1'],
      ],
      start: 'z1',
      members: ['z1'],
      hubs: ['h1', 's1'],
    },
    {
      name: 'a circle of hubs ends',
      edges: [
        ['b1', 's1'],
        ['s1', 'h1'],
        ['h1', 's1'],
      ],
      start: 'b1',
      members: ['b1'],
      hubs: ['h1', 's1'],
    },
  ])('$name', ({ edges, start, members, hubs }) => {
    for (const order of [edges, [...edges].reverse()]) {
      const closure = close(order, start);
      expect({ members: [...closure.members.keys()].sort(), hubs: [...closure.hubs.keys()].sort() }).toEqual({
        members,
        hubs,
      });
      expect(closure.isTruncated).toBe(false);
    }
  });

  it('follows only the links it is told to', () => {
    const graph = graphOf([
      ['c1', 'o1'],
      ['c1', 'i1'],
    ]);
    const closure = closeDownstream(graph, 'c1', (_from, to) => to.type !== 'invoice');
    expect([...closure.members.keys()]).toEqual(['c1', 'o1']);
  });

  it.each<{ name: string; edges: Edge[]; linkedAt: string }>([
    {
      name: 'the earliest of several links',
      edges: [
        ['p1', 'b1'],
        ['p1', 'b2'],
        ['b1', 'h1', '10:00'],
        ['b2', 'h1', '09:00'],
      ],
      linkedAt: '09:00',
    },
    {
      name: 'a way through hubs is complete with its latest link',
      edges: [
        ['p1', 's1', '11:00'],
        ['s1', 'h1', '08:30'],
      ],
      linkedAt: '11:00',
    },
    {
      name: 'the way that was complete first',
      edges: [
        ['p1', 's1', '11:00'],
        ['s1', 'h1'],
        ['p1', 'h1', '12:00'],
      ],
      linkedAt: '11:00',
    },
  ])('a hub is linked at $name', ({ edges, linkedAt }) => {
    for (const order of [edges, [...edges].reverse()])
      expect(close(order, 'p1').hubs.get('h1')?.linkedAt).toBe(at(linkedAt));
  });

  it.each<{ name: string; edges: Edge[]; left: string[]; linkedAt?: string }>([
    { name: 'nothing while there is one', edges: [['p1', 'z1', '09:00']], left: [], linkedAt: '09:00' },
    {
      name: 'the first with its file once there is a second',
      edges: [
        ['p1', 'z1', '09:00'],
        ['z1', 'z8', '09:00'],
        ['p1', 'z2', '10:00'],
        ['z2', 'z9', '10:00'],
      ],
      left: ['z1', 'z8'],
      linkedAt: '10:00',
    },
    {
      name: 'no file that it is in again: that counts from the second on',
      edges: [
        ['p1', 'z1', '09:00'],
        ['z1', 'z9', '09:00'],
        ['p1', 'z2', '10:00'],
        ['z2', 'z9', '10:30'],
      ],
      left: ['z1'],
      linkedAt: '10:30',
    },
    {
      name: 'none for an attempt that failed',
      edges: [
        ['p1', 'z9', '09:00'],
        ['p1', 'z2', '10:00', true],
      ],
      left: ['z2'],
      linkedAt: '09:00',
    },
    {
      name: 'none that another of the payments is still in',
      edges: [
        ['i1', 'p1'],
        ['i1', 'p2'],
        ['p1', 'z9', '09:00'],
        ['p1', 'z2', '10:00'],
        ['p2', 'z9', '11:00'],
      ],
      left: [],
      linkedAt: '11:00',
    },
  ])('of batches is left: $name', ({ edges, left, linkedAt }) => {
    for (const order of [edges, edges.toReversed()]) {
      const { hubs } = close(order, order.some(([from]) => from === 'i1') ? 'i1' : 'p1');
      expect([...hubs].flatMap(([id, { isLeft }]) => (isLeft ? [id] : [])).sort()).toEqual(left);
      expect((hubs.get('z9') ?? hubs.get('z1'))?.linkedAt).toBe(at(linkedAt ?? '08:00'));
    }
  });

  it('is cut at the deepest level and says so', () => {
    const chain = Array.from({ length: DEEPEST_CLOSURE + 5 }, (_, index): Edge => [`i${index}`, `i${index + 1}`]);
    const closure = close(chain, 'i0');
    expect(closure.members.size).toBe(DEEPEST_CLOSURE + 1);
    expect(closure.isTruncated).toBe(true);
  });

  it('is cut at too many members, always at the same ones, and says so', () => {
    const fan = Array.from({ length: MOST_MEMBERS + 10 }, (_, index): Edge => [
      'c1',
      `i${String(index).padStart(5, '0')}`,
    ]);
    const [one, other] = [close(fan, 'c1'), close([...fan].reverse(), 'c1')];
    expect(one.members.size).toBe(MOST_MEMBERS);
    expect(one.isTruncated).toBe(true);
    expect([...other.members.keys()].sort()).toEqual([...one.members.keys()].sort());
  });
});
