import { decodeRequest, refuseOtherSignal, type OtlpEncoding } from './decode-request.js';
import { decodeAttributes } from './attribute-decoder.js';
import { ItemCounts, type DecodedCounts } from './decoded-counts.js';
import { atOnce, inSteps, type Pause } from './decode-in-steps.js';
import { limitItems } from '../request-size.js';
import { decodeOrigin, type ItemOrigin } from './decode-origin.js';
import {
  boundedList,
  countField,
  InvalidField,
  messageField,
  textField,
  type ScalarReaders,
  type WireMessage,
} from './field-readers.js';
import { SPAN_KINDS, STATUS_CODES } from './span-record.js';
import type { SpanEvent, SpanLink, SpanRecord } from './span-record.js';

/** What a trace export request holds: the good spans, and how many were refused for which reason. */
export type DecodedTraces = DecodedCounts & { spans: SpanRecord[] };

const DAY_NANOS = 86_400_000_000_000n;
/** The column is a signed 64-bit integer: the year 2262. */
const MAX_NANOS = 2n ** 63n - 1n;
const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/;
const ZERO_SPAN_ID = '0'.repeat(16);

/**
 * Decodes an ExportTraceServiceRequest. One bad span never costs its batch. `nowMs` (epoch milliseconds) only serves to
 * flag clocks that are more than a day off. Throws MalformedRequest when the request itself cannot be read.
 */
export function decodeTraces(body: Uint8Array, encoding: OtlpEncoding, nowMs: number): DecodedTraces {
  return atOnce(traceSteps(body, encoding, nowMs));
}

/** As decodeTraces, for requests of any size: waits for `pause` between groups, so that other requests have their turn. */
export function decodeTracesInSteps(
  body: Uint8Array,
  encoding: OtlpEncoding,
  nowMs: number,
  pause: Pause,
): Promise<DecodedTraces> {
  return inSteps(traceSteps(body, encoding, nowMs), pause);
}

function* traceSteps(body: Uint8Array, encoding: OtlpEncoding, nowMs: number): Generator<void, DecodedTraces> {
  const counts = new ItemCounts();
  const { groups, scalars } = yield* decodeRequest(body, encoding, 'traces', counts);
  const spans: SpanRecord[] = [];
  const nowNanos = BigInt(Math.trunc(nowMs)) * 1_000_000n;
  yield;
  for (const group of groups) {
    let origin: ItemOrigin;
    try {
      origin = decodeOrigin(scalars, group);
    } catch (error) {
      if (!(error instanceof InvalidField)) throw error;
      counts.reject(error.message, group.itemCount, group.place());
      if (counts.isTurnOver()) yield;
      continue;
    }
    for (let index = 0; index < group.itemCount; index += 1) {
      try {
        spans.push(decodeSpan(scalars, group.item(index), origin, nowNanos));
      } catch (error) {
        if (!(error instanceof InvalidField)) throw error;
        counts.rejectItem(error.message, group, index);
      }
      if (counts.isTurnOver()) {
        limitItems(spans);
        yield;
      }
    }
    if (counts.isTurnOver()) yield;
  }
  refuseOtherSignal('traces', spans.length === 0 && counts.areAllOther());
  return { spans, ...counts.result() };
}

function decodeSpan(scalars: ScalarReaders, span: WireMessage, origin: ItemOrigin, nowNanos: bigint): SpanRecord {
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
    events: boundedList(span['events'], 'events').map((event) => decodeEvent(scalars, messageField(event, 'events[]'))),
    links: boundedList(span['links'], 'links').map((link) => decodeLink(scalars, messageField(link, 'links[]'))),
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
