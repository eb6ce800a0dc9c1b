import { hash } from 'node:crypto';
import { OBJECT_NAMING_ATTRIBUTES } from '@throughline/canonical';
import { type AttributeNames, NO_ATTRIBUTE_NAMES } from '../mapping/attribute-names.js';
import { conversationOf } from '../otlp/conversation.js';
import { attributeText, type SpanRecord } from '../otlp/span-record.js';
import { contentHash, spanCopy } from './span-copies.js';

/** Spans of one trace that were received together, with the time of receipt of each (epoch milliseconds). */
export type TraceGroup = { traceId: string; spans: SpanRecord[]; receivedAtMs: number[] };

/** By what a group is found; hashes are signed 64-bit integers as decimal text. */
export type GroupReference = {
  /** Of the span ids and whether they are closed: the same group sent again has the same hash. */
  groupHash: string;
  /** Of the distinct business keys that its spans carry, and of the flows that they belong to. */
  keyHashes: string[];
};

const OPEN = '0';
/** Up to so many spans a walk through all of them is faster than a map. */
const FEW_SPANS = 16;

/** The spans by trace, one of each span, in order of trace id, so that two transactions never wait for each other crosswise. */
export function groupByTrace(spans: readonly SpanRecord[], receivedAtMs: number): TraceGroup[] {
  const groups = new Map<string, TraceGroup>();
  for (const span of spans) {
    const group = groups.get(span.traceId);
    if (group === undefined) {
      groups.set(span.traceId, { traceId: span.traceId, spans: [span], receivedAtMs: [receivedAtMs] });
    } else {
      group.spans.push(span);
      group.receivedAtMs.push(receivedAtMs);
    }
  }
  return inOrder([...groups.values()].map((group) => withoutCopies(group, isFirstSent)));
}

/**
 * Groups from many places as one group per trace, in order of trace id. Of the copies of a span one is left, the same
 * whatever the order of the groups: a closed one rather than an open one, else the first received.
 */
export function mergeTraceGroups(groups: Iterable<TraceGroup>): TraceGroup[] {
  return inOrder(joinTraceGroups(groups).map((group) => withoutCopies(group, isFirstReceived)));
}

/**
 * The same to be stored, not to be read: copies that differ stay, since the first received must be found also when it comes
 * to this place last. Left out are those that say the same, and open ones of a span that is closed.
 */
export function gatherTraceGroups(groups: Iterable<TraceGroup>): TraceGroup[] {
  return inOrder(joinTraceGroups(groups).map(withoutEqualCopies));
}

function joinTraceGroups(groups: Iterable<TraceGroup>): TraceGroup[] {
  const merged = new Map<string, TraceGroup>();
  for (const group of groups) {
    const known = merged.get(group.traceId);
    if (known === undefined) {
      merged.set(group.traceId, { ...group, spans: [...group.spans], receivedAtMs: [...group.receivedAtMs] });
    } else {
      for (const span of group.spans) known.spans.push(span);
      for (const receivedAtMs of group.receivedAtMs) known.receivedAtMs.push(receivedAtMs);
    }
  }
  return [...merged.values()];
}

function inOrder(groups: TraceGroup[]): TraceGroup[] {
  return groups.sort((left, right) => (left.traceId < right.traceId ? -1 : 1));
}

/** What a group is stored under. `names` are those that the tenant's teams use for the finance attributes. */
export function referenceOf(spans: readonly SpanRecord[], names: AttributeNames = NO_ATTRIBUTE_NAMES): GroupReference {
  const keys = new Set<string>();
  for (const span of spans) addBusinessKeys(span, names, keys);
  return { groupHash: groupHash(spans), keyHashes: [...keys].map(businessKeyHash).sort() };
}

/** Of the ids of spans of one trace and whether they are closed, whatever their order; as decimal text. */
export function groupHash(spans: readonly SpanRecord[]): string {
  const ids = spans.map((span) => (isStillOpen(span) ? `${span.spanId}?` : span.spanId));
  return hash64(ids.length === 1 ? ids[0]! : ids.sort().join(''));
}

function addBusinessKeys(span: SpanRecord, names: AttributeNames, keys: Set<string>): void {
  const ofService = names.of(span.serviceName);
  for (const attribute in span.attributes) {
    const isNaming = attribute.startsWith('finance.') && OBJECT_NAMING_ATTRIBUTES.has(attribute);
    if (!isNaming && (ofService.size === 0 || !OBJECT_NAMING_ATTRIBUTES.has(ofService.get(attribute) ?? ''))) continue;
    const key = attributeText(span.attributes[attribute])?.trim();
    if (key !== undefined && key !== '') keys.add(key);
  }
  const flow = conversationOf(span);
  if (flow !== undefined) keys.add(flow);
}

/** Under which number the spans that carry a business key, or belong to a flow, are found; a signed 64-bit integer as decimal text. */
export function businessKeyHash(keyValue: string): string {
  return hash64(keyValue.trim());
}

/** Whether of two copies, both open or both closed, the one at `index` counts rather than the one at `known`. */
type Precedence = (group: TraceGroup, index: number, known: number) => boolean;

/** Within a request: they have one time of receipt. */
const isFirstSent: Precedence = (_group, index, known) => index < known;

const isFirstReceived: Precedence = ({ spans, receivedAtMs }, index, known) => {
  const [at, knownAt] = [receivedAtMs[index]!, receivedAtMs[known]!];
  return at === knownAt ? spanCopy(spans[index]!, at) < spanCopy(spans[known]!, at) : at < knownAt;
};

/**
 * One of each span: a closed copy takes the place of an open one, else precedence decides. The order of spans stays that of
 * their first receipt.
 */
function withoutCopies(group: TraceGroup, precedence: Precedence): TraceGroup {
  const { spans } = group;
  if (spans.length === 1 || !hasCopies(spans)) return group;
  const byId = new Map<string, number>();
  for (const [index, span] of spans.entries()) {
    const known = byId.get(span.spanId);
    if (known === undefined || takesPlaceOf(group, index, known, precedence)) byId.set(span.spanId, index);
  }
  return only(group, [...byId.values()]);
}

function takesPlaceOf(group: TraceGroup, index: number, known: number, precedence: Precedence): boolean {
  const [isOpen, isKnownOpen] = [isStillOpen(group.spans[index]!), isStillOpen(group.spans[known]!)];
  return isOpen === isKnownOpen ? precedence(group, index, known) : isKnownOpen;
}

function withoutEqualCopies(group: TraceGroup): TraceGroup {
  const { spans, receivedAtMs } = group;
  if (spans.length === 1 || !hasCopies(spans)) return group;
  const byId = new Map<string, number[]>();
  for (const [index, { spanId }] of spans.entries()) {
    const copies = byId.get(spanId);
    if (copies === undefined) byId.set(spanId, [index]);
    else copies.push(index);
  }
  const kept = [...byId.values()].flatMap((copies) => {
    const closed = copies.filter((index) => !isStillOpen(spans[index]!));
    const counting = closed.length > 0 ? closed : copies;
    if (counting.length === 1) return counting;
    const byContent = new Map<string, number>();
    for (const index of counting) {
      const content = contentHash(spans[index]!);
      const known = byContent.get(content);
      if (known === undefined || receivedAtMs[index]! < receivedAtMs[known]!) byContent.set(content, index);
    }
    return [...byContent.values()];
  });
  return only(group, kept);
}

function only({ traceId, spans, receivedAtMs }: TraceGroup, kept: readonly number[]): TraceGroup {
  return {
    traceId,
    spans: kept.map((index) => spans[index]!),
    receivedAtMs: kept.map((index) => receivedAtMs[index]!),
  };
}

function isStillOpen(span: SpanRecord): boolean {
  return span.endUnixNano === OPEN;
}

function hasCopies(spans: readonly SpanRecord[]): boolean {
  if (spans.length > FEW_SPANS) return new Set(spans.map((span) => span.spanId)).size < spans.length;
  return spans.some((span, index) => {
    for (let earlier = 0; earlier < index; earlier += 1) if (spans[earlier]!.spanId === span.spanId) return true;
    return false;
  });
}

function hash64(text: string): string {
  return hash('sha256', text, 'buffer').readBigInt64BE(0).toString();
}
