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
export type { CloudEvent, CloudEventAttribute } from './cloudevents/cloud-event.js';
export { storedEventFromRow, type SignalRow, type StoredEvent } from './mapping/stored-event.js';
export { eventScopedKey, spanScopedKey, spanSignalId } from './mapping/scoped-key.js';
export { mapSpan } from './mapping/map-span.js';
export { mapCloudEvent, type MappedEvent } from './mapping/map-cloud-event.js';
