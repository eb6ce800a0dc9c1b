import type { SpanOutline } from '@throughline/ingest';
import { type TraceCriticalPath, traceCriticalPath } from '@throughline/lineage';
import { type WaterfallNode, waterfallTree } from './waterfall-tree.js';

/** A whole trace, without attributes, events and links: what waterfall and critical path are made of. */
export type TraceOutline<T extends SpanOutline = SpanOutline> = {
  traceId: string;
  start: bigint;
  end: bigint;
  nodes: readonly WaterfallNode<T>[];
  path: TraceCriticalPath;
  /** What of the path is a span's own, by span id; in order of time. */
  pathOf: ReadonlyMap<string, readonly { from: bigint; until: bigint; isWaiting: boolean }[]>;
  /** The path by service, and by service and step. */
  services: readonly PathShare[];
  steps: readonly PathShare[];
  errors: number;
  /** The first that failed with nothing failed below it. */
  firstCause: T | null;
  /** There are more spans than are looked at. */
  isCut: boolean;
};

const ERROR = 2;

/** Outline of a trace from its spans in order of start; null without spans. */
export function traceOutline<T extends SpanOutline>(spans: readonly T[], isCut: boolean): TraceOutline<T> | null {
  const [first] = spans;
  const nodes = waterfallTree(spans);
  const path = traceCriticalPath(
    nodes.map(({ span: { spanId, parentSpanId, kind }, start, end }) => ({ spanId, parentSpanId, kind, start, end })),
  );
  if (first === undefined || path === null) return null;
  const start = BigInt(first.startUnixNano);
  const pathOf = new Map<string, { from: bigint; until: bigint; isWaiting: boolean }[]>();
  for (const { spanId, ...part } of path.segments) {
    const known = pathOf.get(spanId);
    if (known === undefined) pathOf.set(spanId, [part]);
    else known.push(part);
  }
  const failed = nodes.filter(({ span }) => span.statusCode === ERROR);
  const causes = failed.filter(({ hasErrorBelow }) => !hasErrorBelow).map(({ span, start: at }) => ({ span, at }));
  return {
    traceId: first.traceId,
    start,
    end: nodes.reduce((latest, node) => maxOf(latest, node.start, node.end ?? node.start), start),
    nodes,
    path,
    pathOf,
    services: pathShares(nodes, pathOf, 'service'),
    steps: pathShares(nodes, pathOf, 'step'),
    errors: failed.length,
    firstCause:
      causes.reduce<{ span: T; at: bigint } | null>(
        (earliest, cause) => (earliest === null || cause.at < earliest.at ? cause : earliest),
        null,
      )?.span ?? null,
    isCut,
  };
}

/** Time on the critical path that has one name. */
export type PathShare = { serviceName: string; name: string | null; nanos: bigint; waitingNanos: bigint };

/** The shares add up to the path. The longest first. */
function pathShares(
  nodes: readonly WaterfallNode[],
  pathOf: TraceOutline['pathOf'],
  by: 'service' | 'step',
): PathShare[] {
  const shares = new Map<string, PathShare>();
  for (const { span } of nodes) {
    const parts = pathOf.get(span.spanId);
    if (parts === undefined) continue;
    const name = by === 'step' ? span.name : null;
    const key = JSON.stringify([span.serviceName, name]);
    const share = shares.get(key) ?? { serviceName: span.serviceName, name, nanos: 0n, waitingNanos: 0n };
    shares.set(key, share);
    for (const { from, until, isWaiting } of parts) {
      share.nanos += until - from;
      if (isWaiting) share.waitingNanos += until - from;
    }
  }
  return [...shares.values()].sort((left, right) => (left.nanos > right.nanos ? -1 : left.nanos < right.nanos ? 1 : 0));
}

function maxOf(...values: bigint[]): bigint {
  return values.reduce((left, right) => (left > right ? left : right));
}
