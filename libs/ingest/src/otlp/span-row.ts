import type {
  Attributes,
  SpanDropped,
  SpanEvent,
  SpanLink,
  SpanRecord,
  SpanResource,
  SpanScope,
} from './span-record.js';

/**
 * The columns of the table `span` that carry a SpanRecord, as the PostgreSQL driver returns them: bytea as bytes, bigint
 * as decimal text, jsonb parsed. `resource`, `scope`, `attributes`, `events`, `links` and `dropped` are the JSON of the
 * record's fields of the same name.
 */
export type SpanRow = {
  trace_id: Uint8Array;
  span_id: Uint8Array;
  parent_span_id: Uint8Array | null;
  name: string;
  kind: number;
  start_unix_nano: string;
  end_unix_nano: string;
  status_code: number;
  status_message: string | null;
  service_name: string;
  trace_state: string | null;
  flags: string;
  resource: SpanResource;
  scope: SpanScope;
  attributes: Attributes;
  events: SpanEvent[];
  links: SpanLink[];
  dropped: SpanDropped;
  is_clock_suspect: boolean;
};

/** The columns of SpanRow in their order, for a select list. */
export const SPAN_ROW_COLUMNS = [
  'trace_id',
  'span_id',
  'parent_span_id',
  'name',
  'kind',
  'start_unix_nano',
  'end_unix_nano',
  'status_code',
  'status_message',
  'service_name',
  'trace_state',
  'flags',
  'resource',
  'scope',
  'attributes',
  'events',
  'links',
  'dropped',
  'is_clock_suspect',
] as const satisfies readonly (keyof SpanRow)[];

/** The record as a row of the table `span`. */
export function spanToRow(span: SpanRecord): SpanRow {
  return {
    trace_id: Buffer.from(span.traceId, 'hex'),
    span_id: Buffer.from(span.spanId, 'hex'),
    parent_span_id: span.parentSpanId === null ? null : Buffer.from(span.parentSpanId, 'hex'),
    name: span.name,
    kind: span.kind,
    start_unix_nano: span.startUnixNano,
    end_unix_nano: span.endUnixNano,
    status_code: span.statusCode,
    status_message: span.statusMessage === '' ? null : span.statusMessage,
    service_name: span.serviceName,
    trace_state: span.traceState === '' ? null : span.traceState,
    flags: String(span.flags),
    resource: span.resource,
    scope: span.scope,
    attributes: span.attributes,
    events: span.events,
    links: span.links,
    dropped: span.dropped,
    is_clock_suspect: span.isClockSuspect,
  };
}

/** The record of a row of the table `span`: the inverse of spanToRow(). */
export function spanFromRow(row: SpanRow): SpanRecord {
  return {
    traceId: hex(row.trace_id),
    spanId: hex(row.span_id),
    parentSpanId: row.parent_span_id === null ? null : hex(row.parent_span_id),
    name: row.name,
    kind: row.kind,
    startUnixNano: row.start_unix_nano,
    endUnixNano: row.end_unix_nano,
    statusCode: row.status_code,
    statusMessage: row.status_message ?? '',
    serviceName: row.service_name,
    traceState: row.trace_state ?? '',
    flags: Number(row.flags),
    resource: row.resource,
    scope: row.scope,
    attributes: row.attributes,
    events: row.events,
    links: row.links,
    dropped: row.dropped,
    isClockSuspect: row.is_clock_suspect,
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
