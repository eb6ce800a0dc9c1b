import type protobuf from 'protobufjs';
import { isTooLargeItem } from '../request-size.js';
import { InvalidField, type WireMessage } from './field-readers.js';
import { opentelemetry } from './generated/otlp.js';
import type { Decoder } from './otlp-decoders.js';
import { MEMBERS, placesOf, type OtlpSignal, type RequestGroup, type RequestNotes } from './request-group.js';
import { withoutStackTraces } from './without-stack-traces.js';

const { trace, logs, common, resource: resourcePackage } = opentelemetry.proto;
type ItemName = Parameters<typeof isTooLargeItem>[2];
const ITEMS: Record<OtlpSignal, { decoder: Decoder; name: ItemName }> = {
  traces: { decoder: trace.v1.Span, name: 'span' },
  logs: { decoder: logs.v1.LogRecord, name: 'log record' },
};

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;
const LONGEST_REASON = 120;
/** Of scopes as the protocol had them before version 1.0. */
const OLD_SCOPES = 1000;

/**
 * Fields that tell a log record from a span: ResourceLogs and ResourceSpans share their field numbers, so that a request at
 * the wrong address may seem to be one of odd items. Field number × 8 + wire type.
 */
const ONLY_OF: Record<OtlpSignal, ReadonlySet<number>> = {
  logs: new Set([
    tag(1, FIXED64),
    tag(2, VARINT),
    tag(6, DELIMITED),
    tag(7, VARINT),
    tag(8, FIXED32),
    tag(11, FIXED64),
  ]),
  traces: new Set([
    tag(1, DELIMITED),
    tag(2, DELIMITED),
    tag(4, DELIMITED),
    tag(6, VARINT),
    tag(7, FIXED64),
    tag(8, FIXED64),
    tag(11, DELIMITED),
  ]),
};

/** Where a message stands in the request. */
type Range = { start: number; end: number };

/**
 * The parts of ResourceSpans, ScopeSpans and their like: 1 and 3 are the origin, 2 is the list, kept as start and end of
 * each by turns: a million of them must not be a million objects.
 */
type Parts = { origin: Range | undefined; list: number[]; schemaUrl: Range | undefined; hasOldScopes: boolean };

/**
 * Cuts a request into its groups without unpacking the items: those are decoded one by one, so that a large request does
 * not stand twice in memory, and one damaged item costs no other. The groups are made one by one as they are asked for. Throws the
 * errors of protobufjs.
 */
export function* protobufGroups(
  reader: protobuf.Reader,
  signal: OtlpSignal,
  notes: RequestNotes,
): Generator<RequestGroup, void> {
  const { decoder, name } = ITEMS[signal];
  const decode = (kind: Decoder, range: Range, what: ItemName): WireMessage => {
    reader.pos = range.start;
    if (isTooLargeItem(reader, range.end, what))
      throw new InvalidField(`the ${what} holds more attributes, values, events or links than may be unpacked at once`);
    reader.pos = range.start;
    try {
      return withoutStackTraces(() => kind.decode(reader, range.end - range.start)) as WireMessage;
    } catch (error) {
      if (error instanceof InvalidField) throw error;
      const reason = error instanceof Error ? error.message.slice(0, LONGEST_REASON) : 'unreadable';
      throw new InvalidField(`the ${what} is not protobuf: ${reason}`);
    } finally {
      // A decoder that fails leaves the reader's end at that of the message.
      reader.len = length;
    }
  };
  const schemaUrl = (range: Range | undefined): string => {
    if (range === undefined) return '';
    reader.pos = range.start;
    return reader.string();
  };
  const length = reader.len;
  const resources = delimitedFields(reader, { start: 0, end: length }, 1);
  for (let first = 0; first < resources.length; first += 2) {
    const resource = partsOf(reader, rangeAt(resources, first / 2));
    if (resource.hasOldScopes)
      notes.note(`ignored was what stands under names of before OTLP 1.0; send ${MEMBERS[signal].scopes}`);
    for (let second = 0; second < resource.list.length; second += 2) {
      const scope = partsOf(reader, rangeAt(resource.list, second / 2));
      if (scope.list.length === 0) continue;
      yield {
        resource: () => ({
          ...(resource.origin && { resource: decode(resourcePackage.v1.Resource, resource.origin, 'resource') }),
          schemaUrl: schemaUrl(resource.schemaUrl),
        }),
        scope: () => ({
          ...(scope.origin && { scope: decode(common.v1.InstrumentationScope, scope.origin, 'scope') }),
          schemaUrl: schemaUrl(scope.schemaUrl),
        }),
        itemCount: scope.list.length / 2,
        item: (index) => decode(decoder, rangeAt(scope.list, index), name),
        isOther: (index) => isOfOther(reader, rangeAt(scope.list, index), signal),
        place: placesOf(signal, first / 2, second / 2),
      };
    }
  }
}

function partsOf(reader: protobuf.Reader, range: Range): Parts {
  const parts: Parts = { origin: undefined, list: [], schemaUrl: undefined, hasOldScopes: false };
  reader.pos = range.start;
  while (reader.pos < range.end) {
    const key = reader.uint32();
    if (key === tag(1, DELIMITED)) parts.origin = skipDelimited(reader, range.end);
    else if (key === tag(2, DELIMITED)) pushRange(parts.list, skipDelimited(reader, range.end));
    else if (key === tag(3, DELIMITED)) {
      const start = reader.pos;
      parts.schemaUrl = { start, end: skipDelimited(reader, range.end).end };
    } else if (key === tag(OLD_SCOPES, DELIMITED)) {
      parts.hasOldScopes = true;
      skipDelimited(reader, range.end);
    } else reader.skipType(key & 7);
  }
  if (reader.pos > range.end) throw new RangeError('index out of range');
  return parts;
}

function delimitedFields(reader: protobuf.Reader, range: Range, number: number): number[] {
  const found: number[] = [];
  reader.pos = range.start;
  while (reader.pos < range.end) {
    const key = reader.uint32();
    if (key === tag(number, DELIMITED)) pushRange(found, skipDelimited(reader, range.end));
    else reader.skipType(key & 7);
  }
  return found;
}

function pushRange(list: number[], { start, end }: Range): void {
  list.push(start, end);
}

function rangeAt(list: readonly number[], index: number): Range {
  return { start: list[index * 2]!, end: list[index * 2 + 1]! };
}

function skipDelimited(reader: protobuf.Reader, limit: number): Range {
  const length = reader.uint32();
  const start = reader.pos;
  if (start + length > limit) throw new RangeError('index out of range');
  reader.pos = start + length;
  return { start, end: reader.pos };
}

/** True when the fields of the item are those of the other signal and none is this one's alone. */
function isOfOther(reader: protobuf.Reader, range: Range, signal: OtlpSignal): boolean {
  const other = signal === 'traces' ? 'logs' : 'traces';
  let hasOther = false;
  reader.pos = range.start;
  try {
    while (reader.pos < range.end) {
      const key = reader.uint32();
      if (ONLY_OF[signal].has(key)) return false;
      hasOther ||= ONLY_OF[other].has(key);
      reader.skipType(key & 7);
    }
  } catch {
    return false;
  }
  return hasOther;
}

function tag(number: number, wireType: number): number {
  return number * 8 + wireType;
}
