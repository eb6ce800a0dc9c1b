import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

/** The request as plain messages, the common ground of both encodings; 64-bit integers are decimal text. */
export type WireValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number }
  | { bytesValue: Uint8Array }
  | { arrayValue: { values: WireValue[] } }
  | { kvlistValue: { values: WireAttribute[] } }
  | Record<string, never>;
export type WireAttribute = { key: string; value: WireValue };
export type WireSpan = {
  traceId: Uint8Array;
  spanId: Uint8Array;
  parentSpanId?: Uint8Array;
  name?: string;
  kind?: number;
  traceState?: string;
  flags?: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes?: WireAttribute[];
  droppedAttributesCount?: number;
  events?: { timeUnixNano: string; name: string; attributes?: WireAttribute[] }[];
  links?: { traceId: Uint8Array; spanId: Uint8Array; attributes?: WireAttribute[]; flags?: number }[];
  status?: { code?: number; message?: string };
};
export type WireTraces = {
  resourceSpans: {
    resource?: { attributes?: WireAttribute[] };
    schemaUrl?: string;
    scopeSpans: {
      scope?: { name?: string; version?: string; attributes?: WireAttribute[] };
      schemaUrl?: string;
      spans: WireSpan[];
    }[];
  }[];
};

const PROTO = fileURLToPath(new URL('../../proto/', import.meta.url));
const COLLECTOR = 'opentelemetry/proto/collector';

function loadRoot(): protobuf.Root {
  const root = new protobuf.Root();
  root.resolvePath = (_origin, target) => PROTO + target;
  return root.loadSync([`${COLLECTOR}/trace/v1/trace_service.proto`, `${COLLECTOR}/logs/v1/logs_service.proto`]);
}

const root = loadRoot();

/** A message type of the protocol by its full name, from the .proto files themselves. */
export function messageType(name: string): protobuf.Type {
  return root.lookupType(name);
}

/** The request in protobuf, written by the reflective encoder from the .proto files: independent of the code under test. */
export function toProtobuf(request: WireTraces): Uint8Array {
  const type = messageType('opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest');
  return type.encode(type.fromObject(request)).finish();
}

/** The request in OTLP/JSON: hex ids, base64 bytes, 64-bit integers as text. */
export function toJson(request: WireTraces): Uint8Array {
  const isId = (key: string): boolean => key === 'traceId' || key === 'spanId' || key === 'parentSpanId';
  const plain = (value: unknown, key: string): unknown => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString(isId(key) ? 'hex' : 'base64');
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    if (Object.is(value, -0)) return '-0';
    if (Array.isArray(value)) return value.map((item) => plain(item, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member, name)]));
  };
  return Buffer.from(JSON.stringify(plain(request, '')), 'utf8');
}
