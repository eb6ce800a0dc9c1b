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

  it('shows spans whose parent never came, and ends on circles', () => {
    const rows = prepareWaterfall(
      [span('a', 'gone', 0, 10), span('b', 'c', 1, 1), span('c', 'b', 2, 1)],
      10,
      new Set(),
    );
    expect(rows.map((row) => row.span.spanId)).toEqual(['a']);
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
