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
export { MalformedRequest, type OtlpEncoding } from './otlp/decode-request.js';
export { decodeTraces, decodeTracesInSteps, type DecodedTraces } from './otlp/decode-traces.js';
export { decodeLogs, decodeLogsInSteps, type DecodedLogs } from './otlp/decode-logs.js';
export type { DecodedCounts } from './otlp/decoded-counts.js';
export type { Pause } from './otlp/decode-in-steps.js';
export { SEVERITY_ERROR, type LogRecord } from './otlp/log-record.js';
export {
  encodeExportResponse,
  encodeRetryInfo,
  encodeStatus,
  RPC_CODES,
  type PartialSuccess,
  type RpcStatus,
} from './otlp/encode-responses.js';
export type { CloudEvent, CloudEventAttribute } from './cloudevents/cloud-event.js';
export {
  MalformedEvents,
  readEvents,
  readEventsInSteps,
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
export { mapSpan, mayBecomeActivity, OTEL_FINANCE_MAPPING } from './mapping/map-span.js';
export { concernsFinance, LOG_NAMES_NO_OBJECT, logMapping, mapLog, OTEL_LOG_MAPPING } from './mapping/map-log.js';
export { logFromBody, logScopedKey, logToBody } from './mapping/stored-log.js';
export { namesObject } from './mapping/finance-step.js';
export {
  applyAttributeNames,
  AttributeNames,
  NO_ATTRIBUTE_NAMES,
  type AttributeName,
  type ServiceAttributeNames,
} from './mapping/attribute-names.js';
export {
  OWN_SOURCE,
  ownStatementEvent,
  readOwnStatement,
  type NamedObject,
  type OwnStatement,
  type OwnStatementEvent,
} from './statements/own-statement.js';
export { mapCloudEvent } from './mapping/map-cloud-event.js';
export { conversationOf } from './otlp/conversation.js';
export { CODE_MAPPINGS, codeMappingOf, type CodeMappingFacts } from './mapping/code-mappings.js';
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
export { intakeDifferences, type IntakeMember } from './packs/intake-members.js';
export { identifyRecords, type IdentifiedRecord } from './packs/identify-records.js';
export { decodePayload, payloadFormatIn, payloadFormatOf, UnreadablePayload } from './packs/decode-payload.js';
export { InvalidXml, parseXml, type XmlNode, type XmlTree } from './packs/xml-tree.js';
export { OversizedRequest } from './request-size.js';
export { decodeSpanChunk, encodeSpanChunk, UnreadableChunk } from './span-chunks/span-chunk.js';
export {
  businessKeyHash,
  groupByTrace,
  groupHash,
  mergeTraceGroups,
  referenceOf,
  type GroupReference,
  type TraceGroup,
} from './span-chunks/trace-groups.js';
export { compareStart, decodeSpanOutlines, mergeSpanOutlines, type SpanOutline } from './span-chunks/span-outline.js';
export { SpanCompaction, type CompactableChunk, type TraceInChunk } from './span-chunks/span-compaction.js';
export { spanCopy } from './span-chunks/span-copies.js';
export type { EncodedLink } from './span-chunks/span-links.js';
export { encodeSpans, type EncodedChunk, type EncodedGroup, type EncodedSpans } from './span-chunks/encode-spans.js';
export {
  compileRedaction,
  type RecordLists,
  type RedactableSignal,
  type Redaction,
} from './redaction/compile-redaction.js';
export { maskSample, maskSampleText, withoutQuotes } from './redaction/mask-sample.js';
export { REDACTION_ACTIONS, type RedactionAction } from './redaction/redaction-action.js';
export { InvalidRedactionRule, redactionRuleProblem, type RedactionRule } from './redaction/redaction-rule.js';
export { UnredactableBody } from './redaction/unredactable-body.js';
export {
  checkCompatibility,
  COMPATIBILITY_MODES,
  type CompatibilityMode,
  type Incompatibility,
} from './contracts/check-compatibility.js';
export {
  compileContract,
  ContractError,
  type CompiledContract,
  type ContractIssue,
  type JsonSchema,
} from './contracts/compile-contract.js';
export {
  contractViolation,
  EventContracts,
  validateAgainstContract,
  type EventContract,
} from './contracts/contract-violation.js';
export { RUN_EVENT_TYPES, type LineageEvent, type RunEventType } from './openlineage/lineage-event.js';
export {
  gatherRun,
  GATHERED_RUN,
  GATHERED_RUN_MAPPING,
  RUN_EVENT_ACTIVITY_TYPES,
  type RunEventActivity,
} from './openlineage/gather-run.js';
export { mapOpenLineage, OPEN_LINEAGE_MAPPING } from './openlineage/map-open-lineage.js';
export { parseLineageEvent } from './openlineage/parse-lineage-event.js';
export {
  lineageScopedKey,
  MalformedLineage,
  readLineageEvents,
  readLineageEventsInSteps,
  type ReadLineageEvents,
  type RejectedLineageEvent,
} from './openlineage/read-lineage-events.js';
export {
  joinRunStates,
  openLineageRunState,
  UNKNOWN_RUN_STATE,
  type OpenLineageRunState,
  type RunStateEvent,
} from './openlineage/run-state.js';
export { lineageSignalFacts, type LineageSignalFacts } from './openlineage/lineage-signal.js';
export {
  readWebhook,
  UnsupportedWebhookMediaType,
  webhookScopedKey,
  type ReadWebhook,
} from './webhooks/read-webhook.js';
export { FILE_FORMATS, isFileFormat, type FileFormat } from './files/file-format.js';
export {
  InvalidFile,
  type FileDecoder,
  type FileRecord,
  type FileSummary,
  type Json,
  type JsonMembers,
} from './files/file-record.js';
export type { ControlResult } from './files/control-ledger.js';
export { createFileDecoder } from './files/create-file-decoder.js';
export { CsvLayoutError, readCsvLayout, type CsvLayout } from './files/csv/csv-layout.js';
export { CsvLayouts, type DeclaredCsvLayout } from './files/csv/csv-layouts.js';
export { shippedCsvLayouts, type ShippedCsvLayout } from './files/csv/shipped-layouts.js';
export { fileRecordKey, fileSummaryBody, withClosingDate } from './files/file-signal.js';
export { fileMapping, mapFileRecord } from './files/mapping/map-file-record.js';
export { RATE_FORMATS, type RateFormat, type ReadRates, readRateFile } from './rates/read-rate-file.js';
