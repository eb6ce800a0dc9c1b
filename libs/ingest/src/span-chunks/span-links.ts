import { instantFromUnixNano, toStorableJson, toStorableText } from '@throughline/canonical';
import type { Attributes, SpanRecord } from '../otlp/span-record.js';

/** A link as it is found from the linked span: who links to it, when that began, and what the link says. Ids lower-case hex. */
export type EncodedLink = {
  linkedTraceId: string;
  linkedSpanId: string;
  traceId: string;
  spanId: string;
  serviceName: string;
  name: string;
  /** Start of the linking span, ISO instant. */
  startedAt: string;
  /** Of the link; null = none. */
  attributes: Attributes | null;
};

const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/;
/** Names are repeated in every row: enough to be told apart by people. */
const LONGEST_NAME = 250;
const NONE: readonly EncodedLink[] = [];

/**
 * The links of spans to spans of other traces, one for each pair. Those within a trace are seen in the trace itself, and
 * those to no real span are found from nowhere.
 */
export function linksOf(groups: readonly { spans: readonly SpanRecord[] }[]): readonly EncodedLink[] {
  let found: Map<string, EncodedLink> | undefined;
  for (const { spans } of groups) {
    for (const span of spans) if (span.links.length > 0) addLinks(span, (found ??= new Map()));
  }
  return found === undefined ? NONE : [...found.values()];
}

function addLinks(span: SpanRecord, found: Map<string, EncodedLink>): void {
  const startedAt = instantFromUnixNano(span.startUnixNano);
  if (!startedAt.ok) return;
  const linking = {
    traceId: span.traceId,
    spanId: span.spanId,
    serviceName: shortened(span.serviceName),
    name: shortened(span.name),
    startedAt: startedAt.value,
  };
  for (const { traceId, spanId, attributes } of span.links) {
    if (traceId === span.traceId || !TRACE_ID.test(traceId) || !SPAN_ID.test(spanId)) continue;
    const key = traceId + spanId + span.traceId + span.spanId;
    if (found.has(key)) continue;
    const isBare = Object.keys(attributes).length === 0;
    const stored = isBare ? null : (toStorableJson(attributes) as Attributes);
    found.set(key, { linkedTraceId: traceId, linkedSpanId: spanId, ...linking, attributes: stored });
  }
}

function shortened(name: string): string {
  return toStorableText(name.slice(0, LONGEST_NAME));
}
