import type { AttributeValue, Attributes, SpanResource, SpanScope } from './span-record.js';

/** One log record, decoded: equal for OTLP/protobuf and OTLP/JSON. Ids lower-case hex, nanoseconds decimal text. */
export type LogRecord = {
  /** "0" = unknown. */
  timeUnixNano: string;
  observedTimeUnixNano: string;
  /** 0 = unspecified, 1-4 trace, 5-8 debug, 9-12 info, 13-16 warn, 17-20 error, 21-24 fatal. */
  severityNumber: number;
  severityText: string;
  body: AttributeValue;
  attributes: Attributes;
  droppedAttributesCount: number;
  flags: number;
  /** Null when the record belongs to no trace, or to no span of it. */
  traceId: string | null;
  spanId: string | null;
  /** Empty for a record that is no event. */
  eventName: string;
  resource: SpanResource;
  scope: SpanScope;
  /** `service.name` of the resource; empty when it has none. */
  serviceName: string;
};

/** Severity numbers of OTLP by name. */
export const SEVERITIES = [
  'UNSPECIFIED',
  ...['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'].flatMap((name) => [name, `${name}2`, `${name}3`, `${name}4`]),
];

/** From here on a record tells of an error. */
export const SEVERITY_ERROR = 17;
