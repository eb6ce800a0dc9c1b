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
export {
  STORED_SIGNAL_COLUMNS,
  storedSignalFromRow,
  type StoredSignal,
  type StoredSignalRow,
} from './mapping/stored-signal.js';
export { eventScopedKey, spanScopedKey, spanSignalId } from './mapping/scoped-key.js';
export { parseTraceparent } from './mapping/trace-context.js';
export { mapSpan } from './mapping/map-span.js';
export { mapCloudEvent } from './mapping/map-cloud-event.js';
export { activitiesOf, mapSignal, type CodeMapping } from './mapping/map-signal.js';
export type { MappedSignal, UnmappedReason } from './mapping/mapped-signal.js';
export {
  PackError,
  PAYLOAD_FORMATS,
  type MappingPack,
  type PackRule,
  type PayloadFormat,
} from './packs/mapping-pack.js';
export { readPack } from './packs/read-pack.js';
export { compilePack, type CompiledPack } from './packs/compiled-pack.js';
export { ExpressionFault } from './packs/pack-expression.js';
export { MappingRegistry } from './packs/mapping-registry.js';
export { loadShippedPacks, shippedPackTexts } from './packs/shipped-packs.js';
export { bindingsOf, runPack } from './packs/run-pack.js';
export { identifyRecords, type IdentifiedRecord } from './packs/identify-records.js';
export { decodePayload, payloadFormatOf, UnreadablePayload } from './packs/decode-payload.js';
export { InvalidXml, parseXml, type XmlNode, type XmlTree } from './packs/xml-tree.js';
export { OversizedRequest } from './request-size.js';
