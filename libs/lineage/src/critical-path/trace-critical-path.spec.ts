import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TimedSpan } from './span-tree.js';
import { traceCriticalPath } from './trace-critical-path.js';

const INTERNAL = 1;
const PRODUCER = 4;
const CONSUMER = 5;
// beyond what a double holds: the arithmetic has to be exact
const EPOCH = 1_790_000_000_123_456_789n;

/** "name<parent from-until": a span in nanoseconds after the epoch; no until = open. */
function span(text: string, kind = INTERNAL): TimedSpan {
  const match = /^(\w+)(?:<(\w+))? (-?\d+)-(-?\d+)?$/.exec(text);
  if (match === null) throw new Error(`${text} is no span`);
  const [, spanId = '', parentSpanId = null, start = '', end] = match;
  return {
    spanId,
    parentSpanId,
    start: EPOCH + BigInt(start),
    end: end === undefined ? null : EPOCH + BigInt(end),
    kind,
  };
}

/** The path as "span from-until", with a question mark where it waits. */
function pathOf(spans: readonly TimedSpan[]): string[] {
  return (traceCriticalPath(spans)?.segments ?? []).map(
    ({ spanId, from, until, isWaiting }) => `${spanId} ${from - EPOCH}-${until - EPOCH}${isWaiting ? ' ?' : ''}`,
  );
}

const consumer = (text: string) => span(text, CONSUMER);
const producer = (text: string) => span(text, PRODUCER);

describe('the critical path of a trace', () => {
  it.each<[string, TimedSpan[], string[]]>([
    ['of one span is the span', [span('A 0-10')], ['A 0-10']],
    [
      'goes to the child that finished last',
      [span('A 0-10'), span('B<A 2-5'), span('C<A 3-8')],
      ['A 0-3', 'C 3-8', 'A 8-10'],
    ],
    [
      'counts siblings that follow each other without a gap',
      [span('A 0-30'), span('B<A 0-10'), span('C<A 10-20'), span('D<A 20-30')],
      ['B 0-10', 'C 10-20', 'D 20-30'],
    ],
    [
      'goes on with the sibling that ended before the last one began',
      [span('A 0-30'), span('B<A 1-8'), span('C<A 5-15'), span('D<A 10-25')],
      ['A 0-1', 'B 1-8', 'A 8-10', 'D 10-25', 'A 25-30'],
    ],
    ['goes down', [span('A 0-9'), span('B<A 1-8'), span('C<B 2-7')], ['A 0-1', 'B 1-2', 'C 2-7', 'B 7-8', 'A 8-9']],
    [
      'takes the longer one of two that end together',
      [span('A 0-9'), span('B<A 5-9'), span('C<A 1-9')],
      ['A 0-1', 'C 1-9'],
    ],
    ['knows no time of spans without length', [span('A 0-9'), span('B<A 5-5'), span('C<A 9-9')], ['A 0-9']],
    ['of a span without length is empty', [span('A 5-5')], []],
    [
      'keeps a message that was taken up within the time of the root',
      [span('A 0-100'), producer('P<A 10-12'), consumer('C<P 40-90')],
      ['A 0-10', 'P 10-12', 'P 12-40 ?', 'C 40-90', 'A 90-100'],
    ],
    [
      'keeps a message that was taken up after the root had ended',
      [span('A 0-20'), producer('P<A 10-12'), consumer('C<P 40-90'), span('D<C 50-80')],
      ['A 0-10', 'P 10-12', 'P 12-40 ?', 'C 40-50', 'D 50-80', 'C 80-90'],
    ],
    [
      'keeps a message whose sender is not stored',
      [span('A 0-20'), consumer('C<lost 40-90')],
      ['A 0-20', 'A 20-40 ?', 'C 40-90'],
    ],
    [
      'cuts what is called and outlives its caller',
      [span('A 0-10'), span('B<A 5-50'), span('C<B 6-40')],
      ['A 0-5', 'B 5-6', 'C 6-10'],
    ],
    ['cuts what began before its caller', [span('A 0-10'), span('B<A -5-4')], ['B 0-4', 'A 4-10']],
    [
      'leaves out what lies wholly outside its caller',
      [span('A 0-10'), span('B<A 20-30'), span('C<B 5-8')],
      ['A 0-10'],
    ],
    ['takes a span that ends before it starts to have no length', [span('A 0-10'), span('B<A 5-2')], ['A 0-10']],
    ['takes an open span to last as long as its caller', [span('A 0-10'), span('B<A 5-')], ['A 0-5', 'B 5-10']],
    [
      'takes an open root to last to the last time that is known',
      [span('A 0-'), span('B<A 5-20')],
      ['A 0-5', 'B 5-20'],
    ],
    ['hangs an orphan below the root', [span('A 0-10'), span('B<lost 2-6')], ['A 0-2', 'B 2-6', 'A 6-10']],
    ['hangs a further root below the first', [span('B 2-6'), span('A 0-10')], ['A 0-2', 'B 2-6', 'A 6-10']],
    [
      'begins at the first orphan where there is no root',
      [span('B<lost 2-6'), span('A<lost 0-10')],
      ['A 0-2', 'B 2-6', 'A 6-10'],
    ],
    [
      'opens a circle at its earliest span',
      [span('A 0-20'), span('D<C 7-8'), span('C<B 6-9'), span('B<C 5-10')],
      ['A 0-5', 'B 5-6', 'C 6-7', 'D 7-8', 'C 8-9', 'B 9-10', 'A 10-20'],
    ],
    ['ends also where everything is one circle', [span('A<B 0-10'), span('B<A 2-6')], ['A 0-2', 'B 2-6', 'A 6-10']],
    ['takes a span that names itself for an orphan', [span('A 0-10'), span('B<B 2-6')], ['A 0-2', 'B 2-6', 'A 6-10']],
  ])('%s', (_what, spans, path) => {
    expect(pathOf(spans)).toEqual(path);
    expect(pathOf(spans.toReversed())).toEqual(path);
  });

  it('says how many spans it could not weigh', () => {
    expect(traceCriticalPath([span('A 0-10'), span('B<A 20-30'), span('C<B 5-8')])?.leftOut).toBe(2);
  });

  it('is none without spans', () => {
    expect(traceCriticalPath([])).toBeNull();
  });

  const anySpan = fc.record({
    parent: fc.integer({ min: -2, max: 11 }),
    start: fc.integer({ min: 0, max: 60 }),
    length: fc.integer({ min: -3, max: 40 }),
    isOpen: fc.boolean(),
    kind: fc.constantFrom(INTERNAL, PRODUCER, CONSUMER),
  });
  const anyTrace = fc.array(anySpan, { minLength: 1, maxLength: 12 }).map((drawn) =>
    drawn.map(({ parent, start, length, isOpen, kind }, index): TimedSpan => ({
      spanId: `s${index}`,
      parentSpanId: parent === -2 ? null : `s${parent}`,
      start: EPOCH + BigInt(start),
      end: isOpen && length % 4 === 0 ? null : EPOCH + BigInt(start + length),
      kind,
    })),
  );

  it('adds up to the time from the start of the root to its end, or to that of what it set off, without gap or overlap', () => {
    fc.assert(
      fc.property(anyTrace, (spans) => {
        const path = traceCriticalPath(spans)!;
        const bounds = [path.from, ...path.segments.map(({ until }) => until)];
        expect(path.segments.map(({ from }) => from)).toEqual(bounds.slice(0, -1));
        expect(bounds.at(-1)).toBe(path.until);
        expect(path.segments.every(({ from, until }) => from < until)).toBe(true);
        const total = path.segments.reduce((sum, { from, until }) => sum + until - from, 0n);
        expect(total).toBe(path.until - path.from);
      }),
      { numRuns: 2_000 },
    );
  });

  it('adds up to the duration of the root exactly where nothing is taken up later', () => {
    const calls = anyTrace.map((spans) => spans.map((one) => ({ ...one, kind: INTERNAL })));
    fc.assert(
      fc.property(calls, (spans) => {
        const path = traceCriticalPath(spans)!;
        const root = spans.find(({ spanId }) => spanId === path.rootSpanId)!;
        const total = path.segments.reduce((sum, { from, until }) => sum + until - from, 0n);
        if (root.end !== null) expect(total).toBe(root.end > root.start ? root.end - root.start : 0n);
        expect(path.segments.some(({ isWaiting }) => isWaiting)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not depend on the order in which the spans come', () => {
    const shuffled = anyTrace.chain((spans) =>
      fc.tuple(fc.constant(spans), fc.shuffledSubarray(spans, { minLength: spans.length })),
    );
    fc.assert(
      fc.property(shuffled, ([spans, others]) => expect(pathOf(others)).toEqual(pathOf(spans))),
      { numRuns: 500 },
    );
  });

  it('of eight thousand steps one after the other, back to back, is all of them', () => {
    const steps = Array.from({ length: 8_000 }, (_step, index) =>
      span(`s${index}<root ${index * 10}-${index * 10 + 10}`),
    );
    expect(traceCriticalPath([span('root 0-80000'), ...steps])?.segments).toHaveLength(8_000);
  });

  it('of a hundred thousand spans below each other reaches the last one', () => {
    const depth = 100_000;
    const chain = Array.from({ length: depth }, (_step, index) =>
      span(`s${index}${index === 0 ? '' : `<s${index - 1}`} ${index}-${2 * depth - index}`),
    );
    const path = traceCriticalPath(chain)!;
    expect(path.segments).toHaveLength(2 * depth - 1);
    expect(path.segments[depth - 1]?.spanId).toBe(`s${depth - 1}`);
  });

  it.each([
    ['of a hundred thousand children of one span', (index: number) => `s${index}<root ${index * 2}-${index * 2 + 1}`],
    ['of a hundred thousand children that overlap', (index: number) => `s${index}<root ${index}-${index + 50}`],
    [
      'of a hundred thousand orphans in reverse order',
      (index: number) => `s${index}<s${index + 1} ${index}-${index + 50}`,
    ],
  ])('%s takes no more than some seconds', (_what, text) => {
    const spans = Array.from({ length: 100_000 }, (_step, index) => span(text(index)));
    const path = traceCriticalPath([span('root 0-300000'), ...spans])!;
    const total = path.segments.reduce((sum, { from, until }) => sum + until - from, 0n);
    expect(total).toBe(300_000n);
  });
});
