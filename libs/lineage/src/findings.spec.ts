import { describe, expect, it } from '@jest/globals';
import { type Activity } from '@throughline/canonical';
import fc from 'fast-check';
import { DEEPEST_CLOSURE, MOST_MEMBERS } from './closure.js';
import { MOST_ALIASES_PER_OBJECT } from './identity.js';
import { buildLineageGraph } from './lineage-graph.js';
import { findLinkCycles } from './link-cycles.js';
import { isImplausible, noteImplausibleTime } from './noted-facts.js';
import { projectAll } from './projection.js';
import { activity, at, named, reference } from './testing/activity-builder.js';
import { SHORT_WORKFLOW, TEST_CALENDARS } from './testing/short-workflow.js';

const project = (activities: readonly Activity[]) => projectAll(activities, [SHORT_WORKFLOW], TEST_CALENDARS);
const kindsOf = (activities: readonly Activity[]) => project(activities).findings.map(({ kind }) => kind);

/** Links "from>to" between orders, the first of which is the one of a contract. */
const linked = (...links: string[]) => [
  activity({
    type: 'contract.approved',
    at: at('08:00'),
    objects: [named('contract', 'C'), reference('sales-order', '1')],
    links: [[0, 1]],
  }),
  ...links.map((link) => {
    const [from = '', to = ''] = link.split('>');
    const objects = [reference('sales-order', from), named('sales-order', to)];
    return activity({ type: 'sales-order.accepted', at: at('09:00'), objects, links: [[0, 1]] });
  }),
];

describe('what the lineage finds wrong with itself', () => {
  it.each<{ name: string; said: Activity[]; kinds: string[] }>([
    { name: 'a chain is sound', said: linked('1>2', '2>3'), kinds: [] },
    { name: 'two ways to one object are sound', said: linked('1>2', '1>3', '2>4', '3>4'), kinds: [] },
    { name: 'a circle of three', said: linked('1>2', '2>3', '3>1'), kinds: ['link-cycle'] },
    {
      name: 'two circles that share an object are one',
      said: linked('1>2', '2>1', '2>3', '3>2'),
      kinds: ['link-cycle'],
    },
    { name: 'two circles apart', said: linked('1>2', '2>1', '3>4', '4>3'), kinds: ['link-cycle', 'link-cycle'] },
    {
      name: 'a link of an object to itself, as a merge makes it',
      said: [
        ...linked('1>2'),
        activity({ type: 'sales-order.changed', at: at('09:30'), objects: [named('sales-order', '1', '2')] }),
      ],
      kinds: ['self-link'],
    },
    {
      name: 'more names than any object has',
      said: [
        activity({
          type: 'invoice.posted',
          at: at('09:00'),
          objects: [
            named('invoice', '1', ...Array.from({ length: MOST_ALIASES_PER_OBJECT }, (_, index) => `N${index + 2}`)),
          ],
        }),
      ],
      kinds: ['too-many-aliases'],
    },
    {
      name: 'a transaction that is too large to be followed',
      said: Array.from({ length: MOST_MEMBERS + 5 }, (_, index) =>
        activity({
          type: 'sales-order.accepted',
          at: at('09:00'),
          objects: [reference('contract', 'C'), named('sales-order', `S${index + 1}`)],
          links: [[0, 1]],
        }),
      ),
      kinds: ['transaction-truncated'],
    },
    {
      name: 'an amount that cannot be used',
      said: [
        activity({
          type: 'invoice.posted',
          at: at('09:00'),
          objects: [{ ...named('invoice', 'I'), attributes: { unusableAmount: '12.5 XYZ' } }],
        }),
      ],
      kinds: ['unusable-amount'],
    },
    {
      name: 'an activity of 1970',
      said: [
        activity({ type: 'invoice.posted', at: '1970-01-01T00:00:00.000Z', objects: [named('invoice', 'I')] }),
      ].map(noteImplausibleTime),
      kinds: ['implausible-time'],
    },
  ])('$name', ({ said, kinds }) => {
    expect(kindsOf(said)).toEqual(kinds);
  });

  it('names the objects of a circle, and computes the transaction in it all the same', () => {
    const { findings, transactions, transactionObjects } = project(linked('1>2', '2>3', '3>1'));
    expect(findings[0]?.details['objectIds']).toHaveLength(3);
    expect(findings[0]?.subjectId).toBe((findings[0]?.details['objectIds'] as string[])[0]);
    expect(transactions).toHaveLength(1);
    expect(transactionObjects.length).toBeLessThanOrEqual(4);
  });

  it.each<{ name: string; occurredAt: string; isDoubted: boolean }>([
    { name: 'the day of receipt', occurredAt: '2026-10-01T12:00:00.000Z', isDoubted: false },
    { name: 'a clock some hours ahead', occurredAt: '2026-10-03T12:00:00.000Z', isDoubted: false },
    { name: 'the year 2099', occurredAt: '2099-01-01T00:00:00.000Z', isDoubted: true },
    { name: 'a history of ten years', occurredAt: '2016-10-01T00:00:00.000Z', isDoubted: false },
    { name: 'the epoch', occurredAt: '1970-01-01T00:00:00.000Z', isDoubted: true },
    { name: 'the unset date of a spreadsheet', occurredAt: '1900-01-01T00:00:00.000Z', isDoubted: true },
  ])('doubts a time by the day on which it was received: $name', ({ occurredAt, isDoubted }) => {
    expect(isImplausible(occurredAt, '2026-10-01')).toBe(isDoubted);
  });

  it('keeps the time as it was sent, and notes it at what happened alone', () => {
    const said = activity({
      type: 'invoice.posted',
      at: '2099-01-01T00:00:00.000Z',
      objects: [named('invoice', 'I'), reference('sales-order', 'S')],
    });
    const noted = noteImplausibleTime(said);
    expect(noted.occurredAt).toBe(said.occurredAt);
    expect(noted.objects.map(({ attributes }) => attributes)).toEqual([
      { implausibleTime: '2099-01-01T00:00:00.000Z' },
      undefined,
    ]);
  });
});

describe('circles of links', () => {
  const graphOf = (edges: readonly (readonly [number, number])[]) => {
    const ids = [...new Set(edges.flat())].map(String);
    const nodes = ids.map((objectId) => ({
      objectId,
      // Types in the order of the flow, and against it.
      type: (['contract', 'sales-order', 'invoice'] as const)[Number(objectId) % 3]!,
      legalEntity: null,
      counterparty: null,
      amount: null,
      firstOccurredAt: at('09:00'),
      lastOccurredAt: at('09:00'),
    }));
    const links = edges.map(([from, to]) => ({
      fromObjectId: String(from),
      toObjectId: String(to),
      firstOccurredAt: at('09:00'),
    }));
    return buildLineageGraph(nodes, links, []);
  };

  it('are found in a chain far longer than any stack or transaction', () => {
    const length = DEEPEST_CLOSURE * 1_000;
    const chain = Array.from({ length }, (_, index) => [index, index + 1] as const);
    expect(findLinkCycles(graphOf(chain))).toEqual([]);
    expect(findLinkCycles(graphOf([...chain, [length, 0]]))[0]).toHaveLength(length + 1);
  });

  it('are the objects that reach each other, in whatever order the links come', () => {
    const anyEdges = fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 14 });
    fc.assert(
      fc.property(anyEdges, (all) => {
        const edges = all.filter(([from, to]) => from !== to);
        const reach = (from: number) => {
          const seen = new Set<number>();
          const waiting = [from];
          for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
            for (const [near, far] of edges)
              if (near === id && !seen.has(far)) {
                seen.add(far);
                waiting.push(far);
              }
          return seen;
        };
        const circular = [...new Set(edges.flat())].filter((id) => reach(id).has(id));
        const expected = new Set(
          circular.map((id) =>
            circular
              .filter((other) => other === id || (reach(id).has(other) && reach(other).has(id)))
              .map(String)
              .sort()
              .join(),
          ),
        );
        const found = findLinkCycles(graphOf(edges)).map((cycle) => cycle.join());
        expect(new Set(found)).toEqual(expected);
        expect(found).toEqual([...found].sort());
        expect(findLinkCycles(graphOf([...edges].reverse())).map((cycle) => cycle.join())).toEqual(found);
      }),
    );
  });
});
