import type { TraceHead } from './trace-documents.js';

/** A stretch of the critical path in one span, in milliseconds from the start of the trace. */
export type PathPart = { offsetMs: number; durationMs: number; isWaiting: boolean };

const NANOS_PER_MS = 1_000_000;

type PathFacts = Pick<TraceHead, 'root'> & {
  criticalPath: Pick<TraceHead['criticalPath'], 'startUnixNano' | 'segments'>;
};

/** The critical path by span. */
export function criticalParts({ root, criticalPath }: PathFacts): Map<string, PathPart[]> {
  const start = BigInt(criticalPath.startUnixNano);
  const millisecondsTo = (nanos: string) => Number(BigInt(nanos) - start) / NANOS_PER_MS;
  const parts = new Map<string, PathPart[]>();
  for (const { spanId, startUnixNano, endUnixNano, isWaiting } of criticalPath.segments) {
    const [from, until] = [millisecondsTo(startUnixNano), millisecondsTo(endUnixNano)];
    // the path begins where its root does
    const part = { offsetMs: root.offsetMs + from, durationMs: until - from, isWaiting };
    parts.set(spanId, [...(parts.get(spanId) ?? []), part]);
  }
  return parts;
}

/** Where a stretch of time lies in what is shown, as shares of it; undefined when it lies outside. */
export function placeOf(
  { offsetMs, durationMs }: Pick<PathPart, 'offsetMs' | 'durationMs'>,
  fromMs: number,
  viewMs: number,
): { start: number; length: number } | undefined {
  const whole = Math.max(viewMs, Number.MIN_VALUE);
  const clip = (at: number) => Math.min(Math.max((at - fromMs) / whole, 0), 1);
  if (offsetMs > fromMs + whole || offsetMs + durationMs < fromMs) return undefined;
  const start = clip(offsetMs);
  return { start, length: clip(offsetMs + durationMs) - start };
}

/** The step in which most of the critical path lies, and its share of it. */
export function longestStep({
  criticalPath,
}: Pick<TraceHead, 'criticalPath'>): { name: string; share: number } | undefined {
  const step = criticalPath.steps[0];
  if (step === undefined || criticalPath.durationMs === 0) return undefined;
  return { name: step.name ?? step.serviceName, share: step.durationMs / criticalPath.durationMs };
}
