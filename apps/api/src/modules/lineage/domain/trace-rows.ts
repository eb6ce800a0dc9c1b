import type { PathShare, TraceOutline } from './trace-outline.js';
import type { WaterfallNode } from './waterfall-tree.js';
import {
  MOST_SEGMENTS,
  type TraceCriticalPathType,
  type TracePathShareType,
  type TraceRowType,
} from '../graphql/trace-window.types.js';
import { millisecondsBetween, spanKind, spanStatus } from './trace-view.js';

/** Parts of one row that can still be told apart. */
const MOST_PARTS = 50;
const MOST_STEPS = 20;

/** A node of the waterfall as the API shows it. */
export function traceRow({ start, pathOf }: TraceOutline, node: WaterfallNode): TraceRowType {
  const { spanId, parentSpanId, name, serviceName, kind, statusCode, isClockSuspect } = node.span;
  const parts = pathOf.get(spanId) ?? [];
  return {
    spanId,
    parentSpanId,
    name,
    serviceName,
    kind: spanKind(kind),
    status: spanStatus(statusCode),
    isClockSuspect,
    offsetMs: millisecondsBetween(start, node.start),
    // a clock that ran backwards gives no negative bars
    durationMs: node.end === null ? 0 : Math.max(0, millisecondsBetween(node.start, node.end)),
    isOpen: node.end === null,
    depth: node.depth,
    children: node.children,
    descendants: node.descendants,
    hasErrorBelow: node.hasErrorBelow,
    criticalMs: millisecondsBetween(
      0n,
      parts.reduce((sum, { from, until }) => sum + until - from, 0n),
    ),
    criticalParts: parts.slice(0, MOST_PARTS).map(({ from, until, isWaiting }) => ({
      offsetMs: millisecondsBetween(start, from),
      durationMs: millisecondsBetween(from, until),
      isWaiting,
    })),
  };
}

/** The critical path of a trace as the API shows it. */
export function traceCriticalPathView(outline: TraceOutline): TraceCriticalPathType {
  const { rootSpanId, from, until, segments, leftOut } = outline.path;
  return {
    rootSpanId,
    startUnixNano: String(from),
    endUnixNano: String(until),
    durationMs: millisecondsBetween(from, until),
    services: outline.services.map(shareView),
    steps: outline.steps.slice(0, MOST_STEPS).map(shareView),
    segments: segments.slice(0, MOST_SEGMENTS).map((segment) => ({
      spanId: segment.spanId,
      startUnixNano: String(segment.from),
      endUnixNano: String(segment.until),
      isWaiting: segment.isWaiting,
    })),
    segmentCount: segments.length,
    leftOut,
  };
}

function shareView({ serviceName, name, nanos, waitingNanos }: PathShare): TracePathShareType {
  return {
    serviceName,
    name,
    nanos: String(nanos),
    durationMs: millisecondsBetween(0n, nanos),
    waitingMs: millisecondsBetween(0n, waitingNanos),
  };
}
