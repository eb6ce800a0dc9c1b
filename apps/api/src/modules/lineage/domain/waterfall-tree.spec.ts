import { describe, expect, it } from '@jest/globals';
import type { SpanOutline } from '@throughline/ingest';
import { traceOutline } from './trace-outline.js';
import { waterfallTree, windowOf, type WindowSelection } from './waterfall-tree.js';

function span(
  spanId: string,
  parentSpanId: string | null,
  start: number,
  end: number,
  more: Partial<SpanOutline> = {},
) {
  return {
    traceId: 't',
    spanId,
    parentSpanId,
    name: spanId,
    kind: 1,
    serviceName: 'flow',
    startUnixNano: String(start),
    endUnixNano: String(end),
    statusCode: 0,
    isClockSuspect: false,
    receivedAtMs: 0,
    linkedTraceIds: [],
    ...more,
  };
}

// in order of start, as they are read
const RUN = [
  span('root', null, 100, 200),
  span('read', 'root', 105, 125, { serviceName: 'crm' }),
  span('map', 'root', 130, 195),
  span('lookup', 'map', 140, 190, { statusCode: 2 }),
];
const ALL: WindowSelection = { from: null, until: null, collapsed: new Set(), skip: 0, first: 500 };
const idsOf = (selection: Partial<WindowSelection>) => {
  const { rows, rowCount } = windowOf(waterfallTree(RUN), { ...ALL, ...selection });
  return [rows.map((row) => row.span.spanId).join(' '), rowCount];
};

describe('the tree of a waterfall', () => {
  it('is in the order of the tree and counts what is below', () => {
    expect(
      waterfallTree(RUN).map(({ span: { spanId }, depth, children, descendants, hasErrorBelow }) => [
        spanId,
        depth,
        children,
        descendants,
        hasErrorBelow,
      ]),
    ).toEqual([
      ['root', 0, 2, 3, true],
      ['read', 1, 0, 0, false],
      ['map', 1, 1, 1, true],
      ['lookup', 2, 0, 0, false],
    ]);
  });

  it('shows every span once, also orphans, its own parent and circles', () => {
    const odd = [
      span('a', 'gone', 0, 10),
      span('own', 'own', 1, 2),
      span('b', 'd', 2, 3),
      span('c', 'b', 3, 4),
      span('d', 'c', 4, 5),
    ];
    expect(waterfallTree(odd).map((node) => [node.span.spanId, node.depth])).toEqual([
      ['a', 0],
      ['own', 0],
      ['b', 0],
      ['c', 1],
      ['d', 2],
    ]);
  });

  it('of a hundred thousand spans below each other is no deeper than memory', () => {
    const chain = Array.from({ length: 100_000 }, (_one, index) =>
      span(`s${index}`, index === 0 ? null : `s${index - 1}`, index + 1, 200_000 - index),
    );
    const nodes = waterfallTree(chain);
    expect(nodes.at(-1)?.depth).toBe(99_999);
    expect(nodes[0]?.descendants).toBe(99_999);
  });

  it.each<[string, Partial<WindowSelection>, [string, number]]>([
    ['all of it', {}, ['root read map lookup', 4]],
    ['a page of it', { skip: 1, first: 2 }, ['read map', 4]],
    ['what comes after it', { skip: 9 }, ['', 4]],
    ['what overlaps a time', { from: 126n, until: 139n }, ['root map', 2]],
    ['what touches the edges of a time', { from: 125n, until: 130n }, ['root read map', 3]],
    ['what is not folded', { collapsed: new Set(['map']) }, ['root read map', 3]],
    ['what is not folded away whole', { collapsed: new Set(['root', 'map']) }, ['root', 1]],
  ])('gives %s', (_what, selection, shown) => {
    expect(idsOf(selection)).toEqual(shown);
  });

  it('keeps an open span in every later window', () => {
    const nodes = waterfallTree([span('open', null, 10, 0), span('late', 'open', 500, 600)]);
    const { rows } = windowOf(nodes, { ...ALL, from: 400n, until: 450n });
    expect(rows.map((row) => row.span.spanId)).toEqual(['open']);
  });
});

describe('the outline of a trace', () => {
  it('knows where the time went, by service and by step, adding up to the path', () => {
    const outline = traceOutline(RUN, false)!;
    expect(outline).toMatchObject({ start: 100n, end: 200n, errors: 1, isCut: false });
    expect(outline.firstCause?.spanId).toBe('lookup');
    const shares = (by: 'services' | 'steps') =>
      outline[by].map(({ serviceName, name, nanos }) => [name ?? serviceName, nanos]);
    expect(shares('services')).toEqual([
      ['flow', 80n],
      ['crm', 20n],
    ]);
    expect(shares('steps')).toEqual([
      ['lookup', 50n],
      ['read', 20n],
      ['root', 15n],
      ['map', 15n],
    ]);
  });

  it('is none without spans', () => {
    expect(traceOutline([], false)).toBeNull();
  });
});
