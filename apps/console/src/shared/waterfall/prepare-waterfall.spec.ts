import { describe, expect, it } from '@jest/globals';
import { firstCause, prepareWaterfall, timeMarks, type WaterfallSpan } from './prepare-waterfall.js';

function span(
  spanId: string,
  parentSpanId: string | null,
  offsetMs: number,
  durationMs: number,
  status = 'UNSET',
): WaterfallSpan {
  return {
    spanId,
    parentSpanId,
    name: spanId,
    kind: 'INTERNAL',
    serviceName: 'flow',
    offsetMs,
    durationMs,
    isOpen: false,
    status,
    isClockSuspect: false,
  };
}

const RUN = [
  span('lookup', 'map', 40, 50, 'ERROR'),
  span('root', null, 0, 100, 'ERROR'),
  span('map', 'root', 30, 65, 'ERROR'),
  span('read', 'root', 5, 20),
];

describe('waterfall', () => {
  it('is the tree in the order of time, with places as shares of the whole', () => {
    const rows = prepareWaterfall(RUN, 100, new Set());
    expect(rows.map((row) => [row.span.spanId, row.depth, row.start, row.length])).toEqual([
      ['root', 0, 0, 1],
      ['read', 1, 0.05, 0.2],
      ['map', 1, 0.3, 0.65],
      ['lookup', 2, 0.4, 0.5],
    ]);
  });

  it('says of a folded row that it hides an error', () => {
    const rows = prepareWaterfall(RUN, 100, new Set(['map']));
    expect(rows.map((row) => row.span.spanId)).toEqual(['root', 'read', 'map']);
    expect(rows[2]).toMatchObject({ isCollapsed: true, hidesError: true, childCount: 1 });
  });

  it.each<[string, string[]]>([
    ['open', []],
    ['folded', ['b']],
  ])('shows every span once, also orphans, its own parent and circles, %s', (_how, folded) => {
    const odd = [
      span('a', 'gone', 0, 10),
      span('own', 'own', 1, 1),
      span('c', 'b', 3, 1, 'ERROR'),
      span('b', 'd', 2, 1),
      span('d', 'c', 4, 1),
    ];
    const rows = prepareWaterfall(odd, 10, new Set(folded));
    const shown = rows.map((row) => [row.span.spanId, row.depth]);
    const circle = [['c', 1], ['d', 2]]; // prettier-ignore
    expect(shown).toEqual([['a', 0], ['own', 0], ['b', 0], ...(folded.length > 0 ? [] : circle)]); // prettier-ignore
    expect(rows.at(2)).toMatchObject({ hidesError: folded.length > 0 });
  });

  it('keeps spans inside when a clock is wrong', () => {
    const [, late] = prepareWaterfall([span('a', null, 0, 10), span('late', 'a', -5, 400)], 10, new Set());
    expect(late).toMatchObject({ start: 0, length: 1 });
  });

  it('names the deepest failure as the cause', () => {
    expect(firstCause(RUN)?.spanId).toBe('lookup');
    expect(firstCause([span('a', null, 0, 1)])).toBeUndefined();
  });

  it('marks the axis at round times', () => {
    expect(timeMarks(842)).toEqual([0, 200, 400, 600, 800]);
    expect(timeMarks(0)).toEqual([0]);
  });
});
