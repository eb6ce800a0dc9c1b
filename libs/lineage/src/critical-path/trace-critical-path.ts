import { type SpanTree, type TimedSpan, treeOfSpans } from './span-tree.js';

/** A stretch of the critical path: at this time the trace waited for this span. Nanoseconds since 1970. */
export type PathSegment = {
  spanId: string;
  from: bigint;
  until: bigint;
  /** The span itself was over: what it had sent had not been taken up yet. */
  isWaiting: boolean;
};

/** What determined how long a trace took. */
export type TraceCriticalPath = {
  rootSpanId: string;
  from: bigint;
  /** End of the root, or of the last thing that was set off by a message of it, whichever is later. */
  until: bigint;
  /** In order of time, without gap or overlap: their lengths add up to `until - from`. */
  segments: PathSegment[];
  /** Spans that are not weighed: wholly outside the time of their parent, or below such a one. */
  leftOut: number;
};

type Frame = { span: number; until: bigint; cursor: number };

/**
 * Critical path of a trace, by walking back from its end: the time goes to the child that finished last, before that
 * child began to the one that finished last before it, and what no child covers to the span itself.
 *
 *   root     |=====|.............|==|...........|====|     = on the path
 *     B            |====|....|===|                        . waiting for a child
 *       C               |====|
 *     D                              |===========|         back to back counts: a child may end when the next begins
 *     E               |------------------|                 overlapped by D, ends while D runs: not on the path
 *
 * One frame for each open span and one cursor for each frame, so neither a hundred thousand spans nor a chain of any depth
 * exhausts the stack. Null without spans.
 */
export function traceCriticalPath(spans: readonly TimedSpan[]): TraceCriticalPath | null {
  const tree = treeOfSpans(spans);
  if (tree === null) return null;
  const { root } = tree;
  return {
    rootSpanId: spans[root]!.spanId,
    from: tree.starts[root]!,
    until: tree.reaches[root]!,
    segments: walkBack(spans, tree),
    leftOut: tree.leftOut,
  };
}

function walkBack(spans: readonly TimedSpan[], tree: SpanTree): PathSegment[] {
  const { root, starts, reaches, children } = tree;
  const segments: PathSegment[] = [];
  const emit = (span: number, from: bigint, until: bigint): void => {
    const ended = tree.ends[span]!;
    const waitsFrom = from > ended ? from : ended;
    const { spanId } = spans[span]!;
    if (until > waitsFrom) append(segments, { spanId, from: waitsFrom, until, isWaiting: true });
    if (waitsFrom > from) append(segments, { spanId, from, until: until < ended ? until : ended, isWaiting: false });
  };
  const stack: Frame[] = [{ span: root, until: reaches[root]!, cursor: 0 }];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const below = children[frame.span] ?? [];
    while (frame.cursor < below.length && reaches[below[frame.cursor]!]! > frame.until) frame.cursor += 1;
    const child = below[frame.cursor];
    if (child === undefined) {
      emit(frame.span, starts[frame.span]!, frame.until);
      stack.pop();
      continue;
    }
    frame.cursor += 1;
    emit(frame.span, reaches[child]!, frame.until);
    frame.until = starts[child]!;
    stack.push({ span: child, until: reaches[child]!, cursor: 0 });
  }
  return segments.reverse();
}

/** Segments come from the end; what joins the one before it on the same span is one segment with it. */
function append(segments: PathSegment[], segment: PathSegment): void {
  if (segment.from >= segment.until) return;
  const later = segments.at(-1);
  const isSame = later?.spanId === segment.spanId && later.isWaiting === segment.isWaiting;
  if (isSame && later.from === segment.until) later.from = segment.from;
  else segments.push(segment);
}
