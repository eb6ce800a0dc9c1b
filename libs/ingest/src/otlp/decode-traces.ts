import { decodeRequest, MalformedRequest, type OtlpEncoding } from './decode-request.js';
import {
  InvalidField,
  listField,
  messageField,
  textField,
  countField,
  type ScalarReaders,
  type WireMessage,
} from './field-readers.js';
import { decodeAttributes } from './attribute-decoder.js';
import { attributeText, SPAN_KINDS, STATUS_CODES } from './span-record.js';
import type { SpanEvent, SpanLink, SpanRecord, SpanResource, SpanScope } from './span-record.js';

/** What a trace export request holds: the good spans, and how many were refused for which reason. */
export type DecodedTraces = {
  spans: SpanRecord[];
  rejectedCount: number;
  /** Reason → how many spans; at most a few dozen distinct reasons are kept apart. */
  rejections: ReadonlyMap<string, number>;
  /** Nothing was refused for these, but the sender ought to know. */
  warnings: readonly string[];
};

const DAY_NANOS = 86_400_000_000_000n;
/** The column is a signed 64-bit integer: the year 2262. */
const MAX_NANOS = 2n ** 63n - 1n;
const MAX_DISTINCT_REASONS = 20;
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/;
const ZERO_SPAN_ID = '0'.repeat(16);

/**
 * Decodes an ExportTraceServiceRequest. One bad span never costs its batch. `nowMs` (epoch milliseconds) only serves to
 * flag clocks that are more than a day off. Throws MalformedRequest when the request itself cannot be read.
 */
export function decodeTraces(body: Uint8Array, encoding: OtlpEncoding, nowMs: number): DecodedTraces {
  let enumNames = 0;
  const { message, scalars } = decodeRequest(body, encoding, 'traces', () => (enumNames += 1));
  const spans: SpanRecord[] = [];
  const rejections = new Map<string, number>();
  const nowNanos = BigInt(Math.trunc(nowMs)) * 1_000_000n;
  let rejectedCount = 0;
  const reject = (reason: string, count: number): void => {
    rejectedCount += count;
    const key = rejections.has(reason) || rejections.size < MAX_DISTINCT_REASONS ? reason : 'other reasons';
    rejections.set(key, (rejections.get(key) ?? 0) + count);
  };

  for (const group of spanGroups(message)) {
    let origin: SpanOrigin;
    try {
      origin = decodeOrigin(scalars, group);
    } catch (error) {
      if (!(error instanceof InvalidField)) throw error;
      reject(error.message, group.spans.length);
      continue;
    }
    for (const span of group.spans) {
      try {
        spans.push(decodeSpan(scalars, messageField(span, 'span'), origin, nowNanos));
      } catch (error) {
        if (!(error instanceof InvalidField)) throw error;
        reject(error.message, 1);
      }
    }
  }
  return { spans, rejectedCount, rejections, warnings: enumWarnings(enumNames) };
}

type SpanOrigin = { resource: SpanResource; scope: SpanScope; serviceName: string };
type SpanGroup = { resourceSpans: WireMessage; scopeSpans: WireMessage; spans: readonly unknown[] };

function spanGroups(request: WireMessage): SpanGroup[] {
  const groups: SpanGroup[] = [];
  // Unknown fields are ignored by the protocol, but a whole request of another signal must not vanish with them.
  const foreign = ['resourceLogs', 'resourceMetrics', 'resourceProfiles'].find((name) => request[name] !== undefined);
  if (foreign !== undefined && request['resourceSpans'] === undefined) {
    throw new MalformedRequest(`not an OTLP trace request: it holds ${foreign}, no resourceSpans`);
  }
  try {
    for (const [index, item] of listField(request['resourceSpans'], 'resourceSpans').entries()) {
      const path = `resourceSpans[${index}]`;
      const resourceSpans = messageField(item, path);
      for (const scoped of listField(resourceSpans['scopeSpans'], `${path}.scopeSpans`)) {
        const scopeSpans = messageField(scoped, `${path}.scopeSpans[]`);
        groups.push({ resourceSpans, scopeSpans, spans: listField(scopeSpans['spans'], `${path}.scopeSpans[].spans`) });
      }
    }
  } catch (error) {
    if (error instanceof InvalidField) throw new MalformedRequest(`not an OTLP trace request: ${error.message}`);
    throw error;
  }
  return groups;
}

function decodeOrigin(scalars: ScalarReaders, group: SpanGroup): SpanOrigin {
  const resource = messageField(group.resourceSpans['resource'], 'resource');
  const scope = messageField(group.scopeSpans['scope'], 'scope');
  const attributes = decodeAttributes(scalars, resource['attributes'], 'resource.attributes');
  return {
    resource: {
      attributes,
      droppedAttributesCount: countField(resource['droppedAttributesCount'], 'resource.droppedAttributesCount'),
      schemaUrl: textField(group.resourceSpans['schemaUrl'], 'resourceSpans.schemaUrl'),
    },
    scope: {
      name: textField(scope['name'], 'scope.name'),
      version: textField(scope['version'], 'scope.version'),
      attributes: decodeAttributes(scalars, scope['attributes'], 'scope.attributes'),
      droppedAttributesCount: countField(scope['droppedAttributesCount'], 'scope.droppedAttributesCount'),
      schemaUrl: textField(group.scopeSpans['schemaUrl'], 'scopeSpans.schemaUrl'),
    },
    serviceName: attributeText(attributes['service.name']) ?? '',
  };
}

function decodeSpan(scalars: ScalarReaders, span: WireMessage, origin: SpanOrigin, nowNanos: bigint): SpanRecord {
  const traceId = scalars.id(span['traceId'], 'traceId');
  if (!TRACE_ID.test(traceId)) throw new InvalidField('traceId must be 16 bytes and not all zero');
  const spanId = scalars.id(span['spanId'], 'spanId');
  if (!SPAN_ID.test(spanId)) throw new InvalidField('spanId must be 8 bytes and not all zero');
  const parentSpanId = scalars.id(span['parentSpanId'], 'parentSpanId');
  if (parentSpanId !== '' && parentSpanId.length !== 16)
    throw new InvalidField('parentSpanId must be 8 bytes or absent');

  const start = nanos(scalars, span['startTimeUnixNano'], 'startTimeUnixNano');
  const end = nanos(scalars, span['endTimeUnixNano'], 'endTimeUnixNano');
  if (end !== 0n && end < start) throw new InvalidField('endTimeUnixNano lies before startTimeUnixNano');

  const status = messageField(span['status'], 'status');
  return {
    traceId,
    spanId,
    parentSpanId: parentSpanId === '' || parentSpanId === ZERO_SPAN_ID ? null : parentSpanId,
    name: textField(span['name'], 'name'),
    kind: scalars.enumNumber(span['kind'], SPAN_KINDS, 'SPAN_KIND_', 'kind'),
    startUnixNano: start.toString(),
    endUnixNano: end.toString(),
    statusCode: scalars.enumNumber(status['code'], STATUS_CODES, 'STATUS_CODE_', 'status.code'),
    statusMessage: textField(status['message'], 'status.message'),
    traceState: textField(span['traceState'], 'traceState'),
    flags: countField(span['flags'], 'flags'),
    resource: origin.resource,
    scope: origin.scope,
    attributes: decodeAttributes(scalars, span['attributes'], 'attributes'),
    events: listField(span['events'], 'events').map((event) => decodeEvent(scalars, messageField(event, 'events[]'))),
    links: listField(span['links'], 'links').map((link) => decodeLink(scalars, messageField(link, 'links[]'))),
    dropped: {
      attributes: countField(span['droppedAttributesCount'], 'droppedAttributesCount'),
      events: countField(span['droppedEventsCount'], 'droppedEventsCount'),
      links: countField(span['droppedLinksCount'], 'droppedLinksCount'),
    },
    serviceName: origin.serviceName,
    isClockSuspect: isFar(start, nowNanos) || (end !== 0n && isFar(end, nowNanos)),
  };
}

function decodeEvent(scalars: ScalarReaders, event: WireMessage): SpanEvent {
  return {
    timeUnixNano: scalars.unsigned64(event['timeUnixNano'], 'events[].timeUnixNano'),
    name: textField(event['name'], 'events[].name'),
    attributes: decodeAttributes(scalars, event['attributes'], 'events[].attributes'),
    droppedAttributesCount: countField(event['droppedAttributesCount'], 'events[].droppedAttributesCount'),
  };
}

function decodeLink(scalars: ScalarReaders, link: WireMessage): SpanLink {
  return {
    traceId: scalars.id(link['traceId'], 'links[].traceId'),
    spanId: scalars.id(link['spanId'], 'links[].spanId'),
    traceState: textField(link['traceState'], 'links[].traceState'),
    attributes: decodeAttributes(scalars, link['attributes'], 'links[].attributes'),
    droppedAttributesCount: countField(link['droppedAttributesCount'], 'links[].droppedAttributesCount'),
    flags: countField(link['flags'], 'links[].flags'),
  };
}

function nanos(scalars: ScalarReaders, value: unknown, field: string): bigint {
  const parsed = BigInt(scalars.unsigned64(value, field));
  if (parsed > MAX_NANOS) throw new InvalidField(`${field} lies beyond the year 2262`);
  return parsed;
}

function isFar(instant: bigint, now: bigint): boolean {
  return instant > now + DAY_NANOS || instant < now - DAY_NANOS;
}

function enumWarnings(enumNames: number): string[] {
  if (enumNames === 0) return [];
  return [`${enumNames} enum values were sent as names; OTLP/JSON allows integers only`];
}
