import type { SpanOutline } from '@throughline/ingest';

/** A span at its place in the waterfall; nanoseconds since 1970. */
export type WaterfallNode<T extends SpanOutline = SpanOutline> = {
  span: T;
  depth: number;
  /** Spans directly below it, and all below it: these follow it. */
  children: number;
  descendants: number;
  hasErrorBelow: boolean;
  start: bigint;
  /** Null while it is open. */
  end: bigint | null;
};

const ERROR = 2;

/**
 * Spans in the order of the waterfall: each followed by those below it, siblings by start. At the top level stand also orphans
 * (parent not received), a span that is its own parent, and of spans that are each other's parents the one that started first.
 * `spans` come in order of start. Not recursive: a chain of a hundred thousand is as good as any.
 */
export function waterfallTree<T extends SpanOutline>(spans: readonly T[]): WaterfallNode<T>[] {
  const position = new Map(spans.map((span, index) => [span.spanId, index]));
  const children: number[][] = spans.map(() => []);
  const tops: number[] = [];
  spans.forEach(({ parentSpanId }, index) => {
    const parent = parentSpanId === null ? undefined : position.get(parentSpanId);
    if (parent === undefined || parent === index) tops.push(index);
    else children[parent]!.push(index);
  });
  const isPlaced = spans.map(() => false);
  const nodes: WaterfallNode<T>[] = [];
  const place = (top: number): void => {
    const stack = [{ index: top, depth: 0 }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const { index, depth } = next;
      if (isPlaced[index]) continue;
      isPlaced[index] = true;
      nodes.push(nodeOf(spans[index]!, depth));
      for (const child of children[index]!.toReversed()) stack.push({ index: child, depth: depth + 1 });
    }
  };
  for (const top of tops) place(top);
  // what is reached from no top is in a circle, or below one
  spans.forEach((_span, index) => {
    if (!isPlaced[index]) place(index);
  });
  countBelow(nodes);
  return nodes;
}

/** Which part of the waterfall is asked for. */
export type WindowSelection = {
  /** Spans that overlap this time; null = no bound. */
  from: bigint | null;
  until: bigint | null;
  collapsed: ReadonlySet<string>;
  skip: number;
  first: number;
};

/** The rows of a window, in order, and how many there are without `skip` and `first`. */
export function windowOf<T extends SpanOutline>(
  nodes: readonly WaterfallNode<T>[],
  { from, until, collapsed, skip, first }: WindowSelection,
): { rows: WaterfallNode<T>[]; rowCount: number } {
  const rows: WaterfallNode<T>[] = [];
  let rowCount = 0;
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index]!;
    const isAfter = until !== null && node.start > until;
    const isBefore = from !== null && node.end !== null && node.end < from && node.start < from;
    if (!isAfter && !isBefore) {
      if (rowCount >= skip && rows.length < first) rows.push(node);
      rowCount += 1;
    }
    if (collapsed.has(node.span.spanId)) index += node.descendants;
  }
  return { rows, rowCount };
}

function nodeOf<T extends SpanOutline>(span: T, depth: number): WaterfallNode<T> {
  const end = span.endUnixNano === '0' ? null : BigInt(span.endUnixNano);
  const start = BigInt(span.startUnixNano);
  return { span, depth, children: 0, descendants: 0, hasErrorBelow: false, start, end };
}

function countBelow(nodes: readonly WaterfallNode[]): void {
  const above: WaterfallNode[] = [];
  const close = (node: WaterfallNode | undefined): void => {
    const parent = above.at(-1);
    if (node === undefined || parent === undefined) return;
    parent.descendants += node.descendants + 1;
    parent.children += 1;
    parent.hasErrorBelow ||= node.hasErrorBelow || node.span.statusCode === ERROR;
  };
  for (const node of nodes) {
    while (above.length > node.depth) close(above.pop());
    above.push(node);
  }
  while (above.length > 0) close(above.pop());
}
