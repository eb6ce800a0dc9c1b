import { randomBytes, randomUUID } from 'node:crypto';
import type { SpanRecord } from '@throughline/ingest';
import protobuf from 'protobufjs/minimal.js';

/** A pre-encoded ExportTraceServiceRequest. */
export type EncodedRequest = { body: Buffer; spans: number };

/** A trace of the load, to be looked up after it. */
export type SampleTrace = { traceId: string; spans: number; key: string };

/** How a load is made: spans and traces are counted from `firstTrace`, so that two loads have no key in common. */
export type LoadOptions = { spansPerRequest: number; firstTrace: number; onTrace?: (trace: SampleTrace) => void };

/**
 * Traces of 8 spans (mean), 95 % of them of 3 to 9 and the rest of 40, so that the 95th percentile is 40. Each arrives in 3
 * requests. Every span has 11 attributes, of which 4 hold an id that occurs nowhere else (two UUIDs, one of 16 bytes in hex,
 * one document number); the root span has the trace's business key among them, and every 12th to 13th root span tells of a
 * finance object: 1 % of all spans become activities.
 */
const PARTS = 3;
const LONG_TRACE_SHARE = 0.058;
const LONG_TRACE_SPANS = 40;
const SHORT_TRACE_SPANS = [3, 4, 5, 6, 7, 8, 9] as const;
/** One of so many spans tells of a finance object. */
export const SPANS_PER_ACTIVITY = 100;

const SERVICES = ['order-intake', 'pricing', 'sap-adapter', 'billing', 'bank-gateway', 'ledger-writer'] as const;
const OPERATIONS = [
  'POST /orders',
  'price order',
  'SELECT orders',
  'orders publish',
  'orders process',
  'BAPI_SALESORDER_CREATEFROMDAT2',
  'POST /v1/payments',
  'INSERT journal_entry',
] as const;
const METHODS = ['GET', 'POST', 'PUT'] as const;
const QUEUES = ['orders', 'invoices', 'payments', 'acknowledgements'] as const;
const START_NANOS = 1_000_000n;

const SCOPE = {
  name: 'integration-runtime',
  version: '3.2.1',
  attributes: {},
  droppedAttributesCount: 0,
  schemaUrl: '',
};
const RESOURCES: ReadonlyMap<string, SpanRecord['resource']> = new Map(
  SERVICES.map((service) => [
    service,
    { attributes: Object.fromEntries(resourceAttributes(service)), droppedAttributesCount: 0, schemaUrl: '' },
  ]),
);

type Attribute = [key: string, value: string | number];
type LoadSpan = {
  traceId: Buffer;
  spanId: Buffer;
  parentSpanId: Buffer | undefined;
  name: string;
  kind: number;
  startNanos: bigint;
  endNanos: bigint;
  service: string;
  attributes: Attribute[];
};

/** An endless load, one request after another; the parts of a trace come in requests that follow one another. */
export function* spanLoad({
  spansPerRequest,
  firstTrace,
  onTrace,
}: LoadOptions): Generator<EncodedRequest, never, undefined> {
  const waiting: LoadSpan[][] = Array.from({ length: PARTS }, () => []);
  let trace = firstTrace;
  let spansMade = 0;
  let activitiesMade = 0;
  for (;;) {
    while (waiting[0]!.length < spansPerRequest) {
      const isActivity = spansMade >= activitiesMade * SPANS_PER_ACTIVITY;
      const spans = traceSpans(trace, isActivity);
      if (isActivity) activitiesMade += 1;
      onTrace?.({ traceId: spans[0]!.traceId.toString('hex'), spans: spans.length, key: businessKey(trace) });
      trace += 1;
      spansMade += spans.length;
      for (const [index, span] of spans.entries()) waiting[Math.floor((index * PARTS) / spans.length)]!.push(span);
    }
    const spans = waiting.shift()!.splice(0, Number.POSITIVE_INFINITY);
    waiting.push([]);
    yield { body: encodeRequest(spans), spans: spans.length };
  }
}

/** The spans of a trace as the decoder yields them, of the same kind as those of the load. */
export function traceRecords(trace: number, isActivity: boolean): SpanRecord[] {
  return traceSpans(trace, isActivity).map((span) => ({
    traceId: span.traceId.toString('hex'),
    spanId: span.spanId.toString('hex'),
    parentSpanId: span.parentSpanId?.toString('hex') ?? null,
    name: span.name,
    kind: span.kind,
    startUnixNano: String(span.startNanos),
    endUnixNano: String(span.endNanos),
    statusCode: 0,
    statusMessage: '',
    traceState: '',
    flags: 0,
    resource: RESOURCES.get(span.service)!,
    scope: SCOPE,
    attributes: Object.fromEntries(span.attributes),
    events: [],
    links: [],
    dropped: { attributes: 0, events: 0, links: 0 },
    serviceName: span.service,
    isClockSuspect: false,
  }));
}

/** The business key of a trace of the load. */
export function businessKey(trace: number): string {
  return `SO-${String(trace).padStart(10, '0')}`;
}

function traceSpans(trace: number, isActivity: boolean): LoadSpan[] {
  const count = Math.random() < LONG_TRACE_SHARE ? LONG_TRACE_SPANS : oneOf(SHORT_TRACE_SPANS);
  const traceId = randomBytes(16);
  const began = BigInt(Date.now()) * START_NANOS + BigInt(Math.floor(Math.random() * 1e6));
  const spanIds = Array.from({ length: count }, () => randomBytes(8));
  return spanIds.map((spanId, index) => {
    const startNanos = began + BigInt(Math.floor(Math.random() * 4e8));
    const service = SERVICES[Math.floor((index * SERVICES.length) / count)]!;
    const parentSpanId = index === 0 ? undefined : spanIds[Math.floor(Math.random() * index)];
    const name = oneOf(OPERATIONS);
    const kind = 1 + Math.floor(Math.random() * 5);
    const endNanos = startNanos + BigInt(Math.floor(Math.random() * 2e8));
    const attributes = spanAttributes(index === 0 ? businessKey(trace) : undefined, isActivity);
    return { traceId, spanId, parentSpanId, name, kind, startNanos, endNanos, service, attributes };
  });
}

function spanAttributes(key: string | undefined, isActivity: boolean): Attribute[] {
  const unique: Attribute[] = [
    ['http.request.header.x-request-id', randomUUID()],
    ['messaging.message.id', randomUUID()],
    ['messaging.message.conversation_id', randomBytes(16).toString('hex')],
  ];
  const ordinary: Attribute[] = [
    ['http.request.method', oneOf(METHODS)],
    ['http.response.status_code', Math.random() < 0.97 ? 200 : 500],
    ['server.address', `node-${Math.floor(Math.random() * 40)}.internal`],
    ['messaging.destination.name', oneOf(QUEUES)],
    ['thread.id', 1 + Math.floor(Math.random() * 64)],
    ['url.scheme', 'https'],
  ];
  const company: Attribute = ['finance.legal_entity', `DE${10 + Math.floor(Math.random() * 20)}`];
  if (key === undefined) {
    return [
      ...unique,
      ['db.operation.document', String(Math.floor(Math.random() * 1e12)).padStart(12, '1')],
      ...ordinary,
      company,
    ];
  }
  if (!isActivity) return [...unique, ['finance.object.key.value', key], ...ordinary, company];
  return [
    ...unique,
    ['finance.object.key.value', key],
    ['finance.object.type', 'sales-order'],
    ['finance.object.key.kind', 'order-number'],
    ['finance.activity.type', 'sales-order.accepted'],
    ['finance.source_system', 'sap'],
    ['finance.amount', `${100 + Math.floor(Math.random() * 9_000)}.00`],
    ['finance.currency', 'EUR'],
    company,
  ];
}

function oneOf<T>(values: readonly T[]): T {
  return values[Math.floor(Math.random() * values.length)]!;
}

/** opentelemetry/proto/collector/trace/v1: field numbers as the .proto files have them. */
function encodeRequest(spans: readonly LoadSpan[]): Buffer {
  const writer = protobuf.Writer.create();
  for (const service of SERVICES) {
    const own = spans.filter((span) => span.service === service);
    if (own.length === 0) continue;
    writer.uint32(tag(1, 2)).fork();
    writer.uint32(tag(1, 2)).fork();
    for (const attribute of resourceAttributes(service)) writeAttribute(writer, 1, attribute);
    writer.ldelim();
    writer.uint32(tag(2, 2)).fork();
    writer
      .uint32(tag(1, 2))
      .fork()
      .uint32(tag(1, 2))
      .string(SCOPE.name)
      .uint32(tag(2, 2))
      .string(SCOPE.version)
      .ldelim();
    for (const span of own) writeSpan(writer, span);
    writer.ldelim();
    writer.ldelim();
  }
  return Buffer.from(writer.finish());
}

function resourceAttributes(service: string): Attribute[] {
  return [
    ['service.name', service],
    ['service.namespace', 'finance-integration'],
    ['service.version', '2026.11.2'],
    ['host.name', `${service}-7c9d4`],
    ['telemetry.sdk.language', 'java'],
  ];
}

function writeSpan(writer: protobuf.Writer, span: LoadSpan): void {
  writer.uint32(tag(2, 2)).fork();
  writer.uint32(tag(1, 2)).bytes(span.traceId);
  writer.uint32(tag(2, 2)).bytes(span.spanId);
  if (span.parentSpanId !== undefined) writer.uint32(tag(4, 2)).bytes(span.parentSpanId);
  writer.uint32(tag(5, 2)).string(span.name);
  writer.uint32(tag(6, 0)).int32(span.kind);
  writer.uint32(tag(7, 1)).fixed64(longOf(span.startNanos));
  writer.uint32(tag(8, 1)).fixed64(longOf(span.endNanos));
  for (const attribute of span.attributes) writeAttribute(writer, 9, attribute);
  writer.uint32(tag(15, 2)).fork().ldelim();
  writer.ldelim();
}

function writeAttribute(writer: protobuf.Writer, field: number, [key, value]: Attribute): void {
  writer.uint32(tag(field, 2)).fork();
  writer.uint32(tag(1, 2)).string(key);
  writer.uint32(tag(2, 2)).fork();
  if (typeof value === 'string') writer.uint32(tag(1, 2)).string(value);
  else writer.uint32(tag(3, 0)).int64(value);
  writer.ldelim();
  writer.ldelim();
}

function tag(field: number, wireType: number): number {
  return (field << 3) | wireType;
}

function longOf(nanos: bigint): { low: number; high: number; unsigned: boolean } {
  return { low: Number(BigInt.asIntN(32, nanos)), high: Number(BigInt.asIntN(32, nanos >> 32n)), unsigned: true };
}
