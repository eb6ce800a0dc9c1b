/** What the critical path needs of a span. Ids in hex, nanoseconds since 1970. */
export type TimedSpan = {
  spanId: string;
  parentSpanId: string | null;
  start: bigint;
  /** Null while the span is open. */
  end: bigint | null;
  /** In OTLP's numbering. */
  kind: number;
};

const PRODUCER = 4;
const CONSUMER = 5;

/** Spans as one tree, by their positions, with times that fit into each other. */
export type SpanTree = {
  root: number;
  /** Within the parent's time. */
  starts: bigint[];
  ends: bigint[];
  /** End of the span or of what its messages set off below it, whichever is later. */
  reaches: bigint[];
  /** The one that reaches furthest first. */
  children: number[][];
  leftOut: number;
};

/**
 * Makes one tree of whatever came, so that each span has its time within that of its parent:
 *
 * - the root is the span without parent that starts first, else the first orphan, else the first of all;
 * - an orphan, a further root and the first span of a circle hang below the root, as far as they overlap it;
 * - a span that ends before it starts has no length; an open one lasts as long as its parent, an open root to the last time
 *   that is known of the trace;
 * - a span that sticks out of its parent is cut to it, one wholly outside is left out with all below it: clocks differ;
 * - a message taken up later (a CONSUMER below a PRODUCER, or with a parent that is not known) is not cut: its sender and
 *   all above it reach to its end.
 */
export function treeOfSpans(spans: readonly TimedSpan[]): SpanTree | null {
  if (spans.length === 0) return null;
  const { root, children } = hang(spans);
  const starts = spans.map(({ start }) => start);
  const ends = [...starts];
  const { order, leftOut } = fitDown(spans, root, children, starts, ends);
  const reaches = reachUp(order, children, ends);
  const isEarlier = (left: number, right: number): number =>
    compare(reaches[right]!, reaches[left]!) ||
    compare(starts[left]!, starts[right]!) ||
    compareSpans(spans[left]!, spans[right]!);
  for (const below of children) below.sort(isEarlier);
  return { root, starts, ends, reaches, children, leftOut };
}

/** Who hangs below whom, before anybody looks at the times. */
function hang(spans: readonly TimedSpan[]): { root: number; children: number[][] } {
  const position = new Map<string, number>();
  spans.forEach(({ spanId }, index) => {
    if (!position.has(spanId)) position.set(spanId, index);
  });
  const parentOf = spans.map(({ parentSpanId }, index) => {
    const parent = parentSpanId === null ? undefined : position.get(parentSpanId);
    return parent === index ? undefined : parent;
  });
  const byTime = spans.map((_span, index) => index).sort((left, right) => compareSpans(spans[left]!, spans[right]!));
  const root =
    byTime.find((index) => spans[index]!.parentSpanId === null) ??
    byTime.find((index) => parentOf[index] === undefined) ??
    byTime[0]!;
  const children: number[][] = spans.map(() => []);
  const isHung = spans.map(() => false);
  parentOf.forEach((parent, index) => {
    if (index === root) return;
    if (parent !== undefined) children[parent]!.push(index);
    else children[root]!.push(index);
  });
  markBelow(root, children, isHung);
  for (const index of byTime) {
    if (isHung[index]) continue;
    // what no way from the root reaches hangs below a circle, or is in it
    const opened = earliestOfCircle(index, parentOf, spans);
    const parent = parentOf[opened]!;
    children[parent] = children[parent]!.filter((child) => child !== opened);
    children[root]!.push(opened);
    markBelow(opened, children, isHung);
  }
  return { root, children };
}

function markBelow(start: number, children: readonly number[][], isHung: boolean[]): void {
  const waiting = [start];
  isHung[start] = true;
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    for (const child of children[index]!) {
      if (isHung[child]) continue;
      isHung[child] = true;
      waiting.push(child);
    }
  }
}

/** The way up from here ends in a circle: its earliest span. */
function earliestOfCircle(
  start: number,
  parentOf: readonly (number | undefined)[],
  spans: readonly TimedSpan[],
): number {
  const seen = new Set<number>();
  let at = start;
  for (; !seen.has(at); at = parentOf[at]!) seen.add(at);
  let earliest = at;
  for (let next = parentOf[at]!; next !== at; next = parentOf[next]!) {
    if (compareSpans(spans[next]!, spans[earliest]!) < 0) earliest = next;
  }
  return earliest;
}

/** Cuts times from the root down; gives the spans that remain, parents before children. */
function fitDown(
  spans: readonly TimedSpan[],
  root: number,
  children: number[][],
  starts: bigint[],
  ends: bigint[],
): { order: number[]; leftOut: number } {
  const known = latestOf(spans);
  ends[root] = later(starts[root]!, spans[root]!.end ?? known);
  const order = [root];
  for (let at = 0; at < order.length; at += 1) {
    const parent = order[at]!;
    const [from, until] = [starts[parent]!, ends[parent]!];
    children[parent] = children[parent]!.filter((index) => {
      const { start, end } = spans[index]!;
      if (isTakenLater(spans[index]!, spans[parent]!)) {
        starts[index] = later(start, from);
        ends[index] = later(starts[index]!, end ?? known);
        return true;
      }
      const ended = later(start, end ?? until);
      if (start > until || ended < from) return false;
      starts[index] = later(start, from);
      ends[index] = ended < until ? ended : until;
      return true;
    });
    for (const index of children[parent]!) order.push(index);
  }
  return { order, leftOut: spans.length - order.length };
}

function isTakenLater(span: TimedSpan, above: TimedSpan): boolean {
  return span.kind === CONSUMER && (above.kind === PRODUCER || above.spanId !== span.parentSpanId);
}

function reachUp(order: readonly number[], children: readonly number[][], ends: readonly bigint[]): bigint[] {
  const reaches = [...ends];
  for (let at = order.length - 1; at >= 0; at -= 1) {
    const index = order[at]!;
    for (const child of children[index]!) reaches[index] = later(reaches[index]!, reaches[child]!);
  }
  return reaches;
}

function latestOf(spans: readonly TimedSpan[]): bigint {
  return spans.reduce((latest, { start, end }) => later(later(latest, start), end ?? start), spans[0]!.start);
}

function compareSpans(left: TimedSpan, right: TimedSpan): number {
  return compare(left.start, right.start) || (left.spanId < right.spanId ? -1 : left.spanId > right.spanId ? 1 : 0);
}

function compare(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function later(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}
