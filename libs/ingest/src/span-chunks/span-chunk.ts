import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { SpanRecord, SpanResource, SpanScope } from '../otlp/span-record.js';
import { AttributeColumns, attributesReader, type EncodedAttributes } from './attribute-columns.js';
import { SectionWriter, type Sections } from './chunk-sections.js';
import { columnReader, encodeColumn, type ColumnReader, type EncodedColumn } from './column.js';
import { encodeTimes, timeReader, type EncodedTimes } from './time-columns.js';
import type { TraceGroup } from './trace-groups.js';

/** Bytes that are no span chunk, or one of a form that this version does not know. */
export class UnreadableChunk extends Error {}

/** Fields that stand as one column each, as they are. */
const PLAIN_FIELDS = [
  'name',
  'kind',
  'statusCode',
  'statusMessage',
  'traceState',
  'flags',
  'serviceName',
  'isClockSuspect',
] as const;
type PlainField = (typeof PLAIN_FIELDS)[number];
type OtherField = Exclude<keyof SpanRecord, PlainField>;

type Header = {
  traces: number;
  /** Spans of each trace, in the order of the trace ids. */
  sizes: EncodedColumn;
  traceIds: EncodedColumn;
  spanIds: EncodedColumn;
  /** 0 = none, n = the nth span of the same trace, -1 = the next of `strangers`. */
  parents: EncodedColumn;
  strangers: EncodedColumn;
  receivedAtMs: EncodedColumn;
  times: EncodedTimes;
  resources: SpanResource[];
  resource: EncodedColumn;
  scopes: SpanScope[];
  scope: EncodedColumn;
  plain: Record<PlainField, EncodedColumn>;
  attributes: EncodedAttributes;
  dropped: [attributes: EncodedColumn, events: EncodedColumn, links: EncodedColumn];
  /** Row and value of the few spans that have any. */
  events: [row: number, events: SpanRecord['events']][];
  links: [row: number, links: SpanRecord['links']][];
};

const VERSION = 1;
const HEAD_BYTES = 5;
const LENGTH_BYTES = 4;
/** In the column of parents: one that is not in the same group of spans. */
export const STRANGER = -1;

/**
 * Effort of the compressor. Fast while spans come in (what is left to compress is small, ids are set apart); thorough where
 * chunks are rewritten to stay.
 */
const LEVELS = { fast: 1, thorough: 6 } as const;

/** How much the compressor tries. */
export type ChunkEffort = keyof typeof LEVELS;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** A chunk with its columns written, not compressed yet: the spans that it was made of are no longer needed. */
export type WrittenChunk = { packed: Buffer; raw: Buffer };

/** Writes the spans side by side in columns. */
export function writeSpanChunk(groups: readonly TraceGroup[]): WrittenChunk {
  const sections: Sections<SectionWriter> = { packed: new SectionWriter(), raw: new SectionWriter() };
  const json = Buffer.from(JSON.stringify(headerOf(groups, sections)), 'utf8');
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(json.length);
  return { packed: Buffer.concat([length, json, sections.packed.written()]), raw: sections.raw.written() };
}

/** Makes one compact value of a written chunk. The compressor runs in Node's thread pool. */
export async function packSpanChunk({ packed, raw }: WrittenChunk, effort: ChunkEffort = 'fast'): Promise<Buffer> {
  const compressed = await deflate(packed, { level: LEVELS[effort] });
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(VERSION);
  head.writeUInt32LE(compressed.length, 1);
  return Buffer.concat([head, compressed, raw]);
}

/** Spans as one compact value; decodeSpanChunk() gives back exactly what was encoded. */
export function encodeSpanChunk(groups: readonly TraceGroup[], effort?: ChunkEffort): Promise<Buffer> {
  return packSpanChunk(writeSpanChunk(groups), effort);
}

/** The spans of a chunk by trace; of `onlyTrace` alone when it is given. Throws UnreadableChunk. */
export async function decodeSpanChunk(chunk: Uint8Array, onlyTrace?: string): Promise<TraceGroup[]> {
  const { header, sections } = await openSpanChunk(chunk);
  return readGroups(header, sections, onlyTrace);
}

/** The columns of a chunk, not read yet. Throws UnreadableChunk. */
export async function openSpanChunk(chunk: Uint8Array): Promise<{ header: Header; sections: Sections<Buffer> }> {
  const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (bytes.length < HEAD_BYTES || bytes[0] !== VERSION) throw new UnreadableChunk('not a span chunk of a known form');
  const rawAt = HEAD_BYTES + bytes.readUInt32LE(1);
  try {
    const inflated = await inflate(bytes.subarray(HEAD_BYTES, rawAt));
    const packedAt = LENGTH_BYTES + inflated.readUInt32LE(0);
    const header = JSON.parse(inflated.toString('utf8', LENGTH_BYTES, packedAt)) as Header;
    return { header, sections: { packed: inflated.subarray(packedAt), raw: bytes.subarray(rawAt) } };
  } catch (error) {
    throw new UnreadableChunk('the span chunk is damaged', { cause: error });
  }
}

function headerOf(groups: readonly TraceGroup[], sections: Sections<SectionWriter>): Header {
  const spans = groups.flatMap((group) => group.spans);
  const column = (values: readonly unknown[]): EncodedColumn => encodeColumn(values, sections);
  const attributes = new AttributeColumns();
  const [resources, scopes] = [new Origins<SpanResource>(), new Origins<SpanScope>()];
  const [resource, scope]: [number[], number[]] = [[], []];
  for (const span of spans) {
    attributes.add(span.attributes);
    resource.push(resources.number(span.resource));
    scope.push(scopes.number(span.scope));
  }
  const { parents, strangers } = parentsOf(groups);
  const times = groups.map((group) => ({
    starts: group.spans.map((span) => span.startUnixNano),
    ends: group.spans.map((span) => span.endUnixNano),
  }));
  return {
    traces: groups.length,
    sizes: column(groups.map((group) => group.spans.length)),
    traceIds: column(groups.map((group) => group.traceId)),
    spanIds: column(spans.map((span) => span.spanId)),
    parents: column(parents),
    strangers: column(strangers),
    receivedAtMs: column(groups.flatMap((group) => group.receivedAtMs)),
    times: encodeTimes(times, sections),
    resources: resources.list,
    resource: column(resource),
    scopes: scopes.list,
    scope: column(scope),
    plain: Object.fromEntries(
      PLAIN_FIELDS.map((field) => [field, column(spans.map((span) => span[field]))]),
    ) as Header['plain'],
    attributes: attributes.encode(sections),
    dropped: [
      column(spans.map((span) => span.dropped.attributes)),
      column(spans.map((span) => span.dropped.events)),
      column(spans.map((span) => span.dropped.links)),
    ],
    events: spans.flatMap((span, row): Header['events'] => (span.events.length === 0 ? [] : [[row, span.events]])),
    links: spans.flatMap((span, row): Header['links'] => (span.links.length === 0 ? [] : [[row, span.links]])),
  };
}

function parentsOf(groups: readonly TraceGroup[]): { parents: number[]; strangers: string[] } {
  const parents: number[] = [];
  const strangers: string[] = [];
  for (const { spans } of groups) {
    const places = new Map<string, number>();
    for (const [index, span] of spans.entries()) places.set(span.spanId, index + 1);
    for (const { parentSpanId } of spans) {
      const place = parentSpanId === null ? 0 : (places.get(parentSpanId) ?? STRANGER);
      parents.push(place);
      if (place === STRANGER && parentSpanId !== null) strangers.push(parentSpanId);
    }
  }
  return { parents, strangers };
}

/** Resources or scopes, each once. A decoder makes one object for all spans of a group, so most are known by identity. */
class Origins<T extends object> {
  readonly list: T[] = [];
  private readonly byObject = new Map<T, number>();
  private readonly byText = new Map<string, number>();

  number(origin: T): number {
    const known = this.byObject.get(origin);
    if (known !== undefined) return known;
    const text = JSON.stringify(origin);
    const number = this.byText.get(text) ?? this.list.push(origin) - 1;
    this.byText.set(text, number);
    this.byObject.set(origin, number);
    return number;
  }
}

function readGroups(header: Header, sections: Sections<Buffer>, onlyTrace: string | undefined): TraceGroup[] {
  const read = (column: EncodedColumn): ColumnReader => columnReader(column, sections);
  const [traceIds, sizes, parents] = [read(header.traceIds), read(header.sizes), read(header.parents)];
  const [strangers, receivedAtMs] = [read(header.strangers), read(header.receivedAtMs)];
  const places = placesOf(header.traces, sizes);
  const rowCount = places.at(-1) ?? 0;
  const spanAt = spanReader(header, sections, rowCount);
  const groups: TraceGroup[] = [];
  let stranger = 0;
  for (let trace = 0; trace < header.traces; trace += 1) {
    const [from, to] = [places[trace]!, places[trace + 1]!];
    const traceId = String(traceIds(trace));
    const isWanted = onlyTrace === undefined || onlyTrace === traceId;
    const group: TraceGroup = { traceId, spans: [], receivedAtMs: [] };
    for (let row = from; row < to; row += 1) {
      const place = Number(parents(row));
      const strange = place === STRANGER ? String(strangers(stranger++)) : null;
      if (!isWanted) continue;
      group.spans.push(spanAt(trace, row, traceId, strange));
      group.receivedAtMs.push(Number(receivedAtMs(row)));
    }
    if (!isWanted) continue;
    for (const [index, span] of group.spans.entries()) {
      const place = Number(parents(from + index));
      if (place > 0) span.parentSpanId = group.spans[place - 1]!.spanId;
    }
    groups.push(group);
  }
  return groups;
}

/** The first row of each trace, and the row behind the last one. */
export function placesOf(traces: number, sizes: ColumnReader): number[] {
  const places = [0];
  for (let trace = 0; trace < traces; trace += 1) places.push(places[trace]! + Number(sizes(trace)));
  return places;
}

function spanReader(header: Header, sections: Sections<Buffer>, rowCount: number) {
  const read = (column: EncodedColumn): ColumnReader => columnReader(column, sections);
  const [spanIds, resource, scope] = [read(header.spanIds), read(header.resource), read(header.scope)];
  const [droppedAttributes, droppedEvents, droppedLinks] = header.dropped.map(read) as [
    ColumnReader,
    ColumnReader,
    ColumnReader,
  ];
  const plain = Object.fromEntries(PLAIN_FIELDS.map((field) => [field, read(header.plain[field])])) as Record<
    PlainField,
    ColumnReader
  >;
  const attributes = attributesReader(header.attributes, rowCount, sections);
  const times = timeReader(header.times, sections);
  const [events, links] = [new Map(header.events), new Map(header.links)];
  return (trace: number, row: number, traceId: string, parentSpanId: string | null): SpanRecord => {
    const { start, end } = times(trace, row);
    // Typed so that a field of SpanRecord without a column does not compile.
    const others: Pick<SpanRecord, OtherField> = {
      traceId,
      spanId: String(spanIds(row)),
      parentSpanId,
      startUnixNano: start,
      endUnixNano: end,
      resource: header.resources[Number(resource(row))]!,
      scope: header.scopes[Number(scope(row))]!,
      attributes: attributes(row),
      events: events.get(row) ?? [],
      links: links.get(row) ?? [],
      dropped: {
        attributes: Number(droppedAttributes(row)),
        events: Number(droppedEvents(row)),
        links: Number(droppedLinks(row)),
      },
    };
    return {
      ...others,
      name: plain.name(row) as string,
      kind: plain.kind(row) as number,
      statusCode: plain.statusCode(row) as number,
      statusMessage: plain.statusMessage(row) as string,
      traceState: plain.traceState(row) as string,
      flags: plain.flags(row) as number,
      serviceName: plain.serviceName(row) as string,
      isClockSuspect: plain.isClockSuspect(row) as boolean,
    };
  };
}
