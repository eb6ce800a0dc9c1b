export type WaterfallSpan = {
  spanId: string;
  parentSpanId?: string | null;
  name: string;
  kind: string;
  serviceName: string;
  offsetMs: number;
  durationMs: number;
  isOpen: boolean;
  status: string;
  statusMessage?: string | null;
  isClockSuspect: boolean;
};

export type WaterfallRow<S extends WaterfallSpan = WaterfallSpan> = {
  span: S;
  depth: number;
  childCount: number;
  isCollapsed: boolean;
  hasError: boolean;
  /** an error among the hidden descendants of a collapsed row */
  hidesError: boolean;
  /** share of the whole trace, 0…1 */
  start: number;
  length: number;
  /** colour of the service, by order of first appearance */
  serviceIndex: number;
};

export function isErrorSpan(span: { status: string }): boolean {
  return span.status.toUpperCase().includes('ERROR');
}

/**
 * Spans → rows in the order of the tree, siblings by start. At the top level stand also orphans (parent not received), a span
 * that is its own parent, and of spans that are each other's parents the one that started first.
 */
export function prepareWaterfall<S extends WaterfallSpan>(
  spans: readonly S[],
  traceMs: number,
  collapsed: ReadonlySet<string>,
): WaterfallRow<S>[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const children = new Map<string | undefined, S[]>();
  for (const span of spans) {
    const isBelow = span.parentSpanId && span.parentSpanId !== span.spanId && byId.has(span.parentSpanId);
    const parent = isBelow ? (span.parentSpanId ?? undefined) : undefined;
    children.set(parent, [...(children.get(parent) ?? []), span]);
  }
  for (const siblings of children.values()) {
    siblings.sort((a, b) => a.offsetMs - b.offsetMs || a.spanId.localeCompare(b.spanId));
  }
  const services = [...new Set(spans.toSorted((a, b) => a.offsetMs - b.offsetMs).map((span) => span.serviceName))];
  const whole = Math.max(traceMs, ...spans.map((span) => span.offsetMs + span.durationMs), Number.MIN_VALUE);

  const rows: WaterfallRow<S>[] = [];
  // Also ends circles.
  const seen = new Set<string>();
  const hideBelow = (span: S): boolean => {
    let hasError = false;
    for (const child of children.get(span.spanId) ?? []) {
      if (seen.has(child.spanId)) continue;
      seen.add(child.spanId);
      hasError = hideBelow(child) || isErrorSpan(child) || hasError;
    }
    return hasError;
  };
  const visit = (span: S, depth: number) => {
    if (seen.has(span.spanId)) return;
    seen.add(span.spanId);
    const below = children.get(span.spanId) ?? [];
    const isCollapsed = below.length > 0 && collapsed.has(span.spanId);
    rows.push({
      span,
      depth,
      childCount: below.length,
      isCollapsed,
      hasError: isErrorSpan(span),
      hidesError: isCollapsed && hideBelow(span),
      start: Math.min(Math.max(span.offsetMs / whole, 0), 1),
      length: Math.min(Math.max(span.durationMs / whole, 0), 1),
      serviceIndex: services.indexOf(span.serviceName),
    });
    if (!isCollapsed) for (const child of below) visit(child, depth + 1);
  };
  for (const root of children.get(undefined) ?? []) visit(root, 0);
  // What is left is reached from no root: circles.
  for (const span of spans.toSorted((a, b) => a.offsetMs - b.offsetMs)) visit(span, 0);
  return rows;
}

/** Round marks of the time axis, at most `most` of them, the first at zero. */
export function timeMarks(traceMs: number, most = 6): number[] {
  if (traceMs <= 0) return [0];
  const raw = traceMs / (most - 1);
  const magnitude = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * magnitude).find((size) => size >= raw) ?? raw;
  const marks: number[] = [];
  for (let at = 0; at <= traceMs; at += step) marks.push(at);
  return marks;
}

/** The span to look at first: the deepest failed one that started first, as the cause and not what it brought down. */
export function firstCause<S extends WaterfallSpan>(spans: readonly S[]): S | undefined {
  const failed = spans.filter(isErrorSpan);
  const parents = new Set(failed.map((span) => span.parentSpanId));
  return failed.filter((span) => !parents.has(span.spanId)).toSorted((a, b) => a.offsetMs - b.offsetMs)[0] ?? failed[0];
}
