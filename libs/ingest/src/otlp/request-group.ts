import type { WireMessage } from './field-readers.js';

/** The signals of OTLP that are taken. */
export type OtlpSignal = 'traces' | 'logs';

/** Items (spans, log records) of one resource and scope. */
export type RequestGroup = {
  /** `resource` and `schemaUrl` of ResourceSpans or ResourceLogs; throws InvalidField when the bytes are none. */
  resource(): WireMessage;
  /** `scope` and `schemaUrl` of ScopeSpans or ScopeLogs; throws InvalidField. */
  scope(): WireMessage;
  itemCount: number;
  /** Decodes one item; throws InvalidField. */
  item(index: number): WireMessage;
  /** Whether the item is evidently one of the other signal. */
  isOther(index: number): boolean;
};

/** What belongs at an address, and where the other signal goes. */
export function otherSignalHint(signal: OtlpSignal): string {
  return signal === 'traces'
    ? 'not an OTLP trace request: it holds resourceLogs, no resourceSpans; send logs to /v1/logs (gRPC: opentelemetry.proto.collector.logs.v1.LogsService)'
    : 'not an OTLP logs request: it holds resourceSpans, no resourceLogs; send traces to /v1/traces (gRPC: opentelemetry.proto.collector.trace.v1.TraceService)';
}
