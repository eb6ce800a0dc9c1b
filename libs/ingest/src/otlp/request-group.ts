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
  /** Where the item stands in the request, or the group without an index, as OTLP/JSON names it: `resourceSpans[0].scopeSpans[1].spans[2]`. */
  place(index?: number): string;
};

/** Hears what is not quite as the protocol has it while a request is read; nothing is refused for it. */
export type RequestNotes = { enumName(): void; snakeCaseName(name: string): void; note(text: string): void };

/** Names of the lists of a request, as OTLP/JSON has them. */
export const MEMBERS = {
  traces: { resources: 'resourceSpans', scopes: 'scopeSpans', items: 'spans', item: 'span' },
  logs: { resources: 'resourceLogs', scopes: 'scopeLogs', items: 'logRecords', item: 'log record' },
} as const;

/** Makes the `place` of the group at these positions. */
export function placesOf(signal: OtlpSignal, resource: number, scope: number): RequestGroup['place'] {
  const { resources, scopes, items } = MEMBERS[signal];
  const group = (): string => `${resources}[${resource}].${scopes}[${scope}]`;
  return (index) => (index === undefined ? group() : `${group()}.${items}[${index}]`);
}

/** What belongs at an address, and where the other signal goes. */
export function otherSignalHint(signal: OtlpSignal): string {
  return signal === 'traces'
    ? 'not an OTLP trace request: it holds resourceLogs, no resourceSpans; send logs to /v1/logs (gRPC: opentelemetry.proto.collector.logs.v1.LogsService)'
    : 'not an OTLP logs request: it holds resourceSpans, no resourceLogs; send traces to /v1/traces (gRPC: opentelemetry.proto.collector.trace.v1.TraceService)';
}
