export type {
  AttributeValue,
  Attributes,
  SpanDropped,
  SpanEvent,
  SpanLink,
  SpanRecord,
  SpanResource,
  SpanScope,
} from './otlp/span-record.js';
export { attributeText, SPAN_KINDS, STATUS_CODES } from './otlp/span-record.js';
export { SPAN_ROW_COLUMNS, spanFromRow, spanToRow, type SpanRow } from './otlp/span-row.js';
export { MalformedRequest, type OtlpEncoding } from './otlp/decode-request.js';
export { decodeTraces, type DecodedTraces } from './otlp/decode-traces.js';
export { countLogRecords } from './otlp/decode-logs.js';
export {
  encodeExportResponse,
  encodeStatus,
  RPC_CODES,
  type PartialSuccess,
  type RpcStatus,
} from './otlp/encode-responses.js';
export type { CloudEvent, CloudEventAttribute } from './cloudevents/cloud-event.js';
export {
  MalformedEvents,
  readEvents,
  UnsupportedEventMediaType,
  type HttpHeaders,
  type ReadEvents,
  type RejectedEvent,
} from './cloudevents/read-events.js';
export { storedEventFromRow, type SignalRow, type StoredEvent } from './mapping/stored-event.js';
export { eventScopedKey, spanScopedKey, spanSignalId } from './mapping/scoped-key.js';
export { parseTraceparent } from './mapping/trace-context.js';
export { mapSpan } from './mapping/map-span.js';
export { mapCloudEvent, type MappedEvent } from './mapping/map-cloud-event.js';
export { OversizedRequest } from './request-size.js';
