/**
 * A typed attribute value (OTLP AnyValue) as JSON that loses nothing. The empty value of OTLP is null. A plain number is
 * an integer up to 2^53 - 1 or a double with a fraction; larger integers, doubles without a fraction, bytes (base64) and
 * maps are tagged objects, so that they cannot be confused with anything else.
 */
export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | { int: string }
  | { double: number | 'NaN' | 'Infinity' | '-Infinity' | '-0' }
  | { bytes: string }
  | AttributeValue[]
  | { map: Attributes };

/** Attributes by key. Where a sender repeats a key, the last one counts. */
export type Attributes = { [key: string]: AttributeValue };

/** OTLP span kinds by their number in the protocol. */
export const SPAN_KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;

/** OTLP status codes by their number in the protocol. */
export const STATUS_CODES = ['UNSET', 'OK', 'ERROR'] as const;

/** The resource that a span came from. */
export type SpanResource = { attributes: Attributes; droppedAttributesCount: number; schemaUrl: string };

/** The instrumentation scope that made a span. */
export type SpanScope = {
  name: string;
  version: string;
  attributes: Attributes;
  droppedAttributesCount: number;
  schemaUrl: string;
};

/** A timed event within a span; `timeUnixNano` is decimal text. */
export type SpanEvent = { timeUnixNano: string; name: string; attributes: Attributes; droppedAttributesCount: number };

/** A link to another span; ids are lower-case hex. */
export type SpanLink = {
  traceId: string;
  spanId: string;
  traceState: string;
  attributes: Attributes;
  droppedAttributesCount: number;
  flags: number;
};

/** How much of a span its source had already thrown away. */
export type SpanDropped = { attributes: number; events: number; links: number };

/** One span, decoded: equal for OTLP/protobuf and OTLP/JSON. Ids lower-case hex, nanoseconds decimal text. */
export type SpanRecord = {
  traceId: string;
  spanId: string;
  /** Null for a root span. */
  parentSpanId: string | null;
  name: string;
  /** Index into SPAN_KINDS; unknown numbers are kept. */
  kind: number;
  startUnixNano: string;
  /** "0" = still open. */
  endUnixNano: string;
  /** Index into STATUS_CODES. */
  statusCode: number;
  statusMessage: string;
  traceState: string;
  flags: number;
  resource: SpanResource;
  scope: SpanScope;
  attributes: Attributes;
  events: SpanEvent[];
  links: SpanLink[];
  dropped: SpanDropped;
  /** `service.name` of the resource; empty when it has none. */
  serviceName: string;
  /** Start or end more than 24 hours away from the receipt. */
  isClockSuspect: boolean;
};

/** The value as text when it is a text, a number, a boolean or a big integer; else undefined. */
export function attributeText(value: AttributeValue | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value === null || value === undefined || Array.isArray(value)) return undefined;
  if ('int' in value) return value.int;
  return 'double' in value ? String(value.double) : undefined;
}
