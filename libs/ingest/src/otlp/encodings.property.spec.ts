import { describe, expect, it } from '@jest/globals';
import { SpanKind, SpanStatusCode, type AttributeValue as SdkValue } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { toJson, toProtobuf, type WireAttribute, type WireTraces, type WireValue } from '../testing/otlp-wire.js';
import { decodeTraces } from './decode-traces.js';
import { decodeSpanChunk, encodeSpanChunk } from '../span-chunks/span-chunk.js';
import { groupByTrace } from '../span-chunks/trace-groups.js';

const NOW_MS = Date.UTC(2026, 8, 30, 15);
const id = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).filter((bytes) => bytes.some((byte) => byte !== 0));
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const count = fc.nat(0xffffffff);

const { attributes } = fc.letrec<{ value: WireValue; attributes: WireAttribute[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.record({ stringValue: text }),
    fc.record({ boolValue: fc.boolean() }),
    fc.record({ intValue: int64 }),
    fc.record({ doubleValue: fc.double() }),
    fc.record({ bytesValue: fc.uint8Array({ maxLength: 8 }) }),
    fc.constant({}),
    fc.record({ arrayValue: fc.record({ values: fc.array(tie('value'), { maxLength: 3 }) }) }),
    fc.record({ kvlistValue: fc.record({ values: tie('attributes') }) }),
  ),
  attributes: fc.array(fc.record({ key: text, value: tie('value') }), { maxLength: 4 }),
}));

const span = fc
  .record({
    traceId: id(16),
    spanId: id(8),
    parentSpanId: fc.oneof(id(8), fc.constant(new Uint8Array(0))),
    name: text,
    kind: fc.nat(5),
    traceState: text,
    flags: count,
    start: fc.bigInt({ min: 0n, max: 2n ** 62n }),
    length: fc.bigInt({ min: 0n, max: 2n ** 61n }),
    attributes,
    droppedAttributesCount: count,
    events: fc.array(
      fc.record({ timeUnixNano: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String), name: text, attributes }),
      { maxLength: 2 },
    ),
    links: fc.array(fc.record({ traceId: id(16), spanId: id(8), attributes, flags: count }), { maxLength: 2 }),
    status: fc.record({ code: fc.nat(2), message: text }),
  })
  .map(({ start, length, ...rest }) => ({
    ...rest,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + length),
  }));

const request: fc.Arbitrary<WireTraces> = fc.record({
  resourceSpans: fc.array(
    fc.record({
      resource: fc.record({ attributes }),
      schemaUrl: text,
      scopeSpans: fc.array(
        fc.record({
          scope: fc.record({ name: text, version: text, attributes }),
          schemaUrl: text,
          spans: fc.array(span, { maxLength: 3 }),
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
});

describe('the two encodings of OTLP', () => {
  it('give equal records, and nothing is refused', () => {
    fc.assert(
      fc.property(request, (traces) => {
        const binary = decodeTraces(toProtobuf(traces), 'protobuf', NOW_MS);
        const json = decodeTraces(toJson(traces), 'json', NOW_MS);
        expect(json.spans).toEqual(binary.spans);
        expect([binary.rejectedCount, json.rejectedCount]).toEqual([0, 0]);
        const sent = traces.resourceSpans.flatMap((group) => group.scopeSpans.flatMap((scope) => scope.spans));
        expect(binary.spans.map((item) => [item.traceId, item.startUnixNano])).toEqual(
          sent.map((item) => [Buffer.from(item.traceId).toString('hex'), item.startTimeUnixNano]),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('give records that survive being stored', async () => {
    await fc.assert(
      fc.asyncProperty(request, async (traces) => {
        const groups = groupByTrace(decodeTraces(toProtobuf(traces), 'protobuf', NOW_MS).spans, NOW_MS);
        expect(await decodeSpanChunk(await encodeSpanChunk(groups))).toEqual(groups);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the serializers of the real OpenTelemetry exporters', () => {
  const sdkValue: fc.Arbitrary<SdkValue> = fc.oneof(
    text,
    fc.boolean(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Number.isInteger(number)),
    fc.array(text, { maxLength: 3 }),
  );

  it('are read back as the span was', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          text.filter((key) => key !== ''),
          sdkValue,
          { maxKeys: 5 },
        ),
        text,
        (given, name) => {
          const recorded = recordSpan(name, given);
          const binary = decodeTraces(ProtobufTraceSerializer.serializeRequest([recorded])!, 'protobuf', NOW_MS);
          const json = decodeTraces(JsonTraceSerializer.serializeRequest([recorded])!, 'json', NOW_MS);
          expect(json).toEqual(binary);
          const { traceId, spanId } = recorded.spanContext();
          expect(binary.spans).toHaveLength(1);
          expect(binary.spans[0]).toMatchObject({
            traceId,
            spanId,
            name,
            kind: 5,
            statusCode: 2,
            statusMessage: 'no',
            serviceName: 'erp',
          });
          expect(binary.spans[0]!.attributes).toEqual(recorded.attributes);
          expect(binary.spans[0]!.links).toMatchObject([{ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }]);
        },
      ),
      { numRuns: 100 },
    );
  });
});

function recordSpan(name: string, attributes: Record<string, SdkValue>): ReadableSpan {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'erp' }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const links = [{ context: { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 } }];
  const started = provider.getTracer('t').startSpan(name, { kind: SpanKind.CONSUMER, attributes, links });
  started.setStatus({ code: SpanStatusCode.ERROR, message: 'no' });
  started.end();
  return exporter.getFinishedSpans()[0]!;
}
