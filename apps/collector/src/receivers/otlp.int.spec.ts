import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Metadata } from '@grpc/grpc-js';
import { SpanStatusCode, SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as HttpExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, SimpleSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';
import { storedSpans } from '../testing/stored-spans.js';

const authorization = `Bearer ${TEST_KEY}`;

let harness: CollectorHarness;
beforeAll(async () => {
  harness = await startCollectorHarness();
});
afterAll(() => harness.close());

async function sendWith(exporter: SpanExporter, make: (provider: BasicTracerProvider) => string): Promise<string> {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'sap-integration', 'finance.source_system': 'sap-integration' }),
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  });
  const traceId = make(provider);
  await provider.forceFlush();
  await provider.shutdown();
  return traceId;
}

function failedRun(provider: BasicTracerProvider): string {
  const span = provider.getTracer('orders', '1.2.3').startSpan('sync order', {
    kind: SpanKind.CONSUMER,
    attributes: { 'finance.object.type': 'sales-order', 'finance.object.key.value': '4711', items: 3, rate: 1.5 },
  });
  span.addEvent('exception', { 'exception.message': 'no mapping' });
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'no mapping' });
  span.end();
  return span.spanContext().traceId;
}

describe('the real OpenTelemetry SDK', () => {
  it.each([
    [
      'gRPC',
      () => {
        const metadata = new Metadata();
        metadata.set('authorization', authorization);
        return new GrpcExporter({ url: harness.grpcUrl, metadata });
      },
    ],
    ['HTTP/protobuf', () => new HttpExporter({ url: `${harness.httpUrl}/v1/traces`, headers: { authorization } })],
  ])('sends over %s and the span is stored as it was', async (_name, exporter) => {
    const traceId = await sendWith(exporter(), failedRun);
    const [span, ...more] = await storedSpans(harness, traceId);
    expect(more).toEqual([]);
    expect(span).toMatchObject({
      traceId,
      name: 'sync order',
      kind: 5,
      statusCode: 2,
      statusMessage: 'no mapping',
      serviceName: 'sap-integration',
      scope: { name: 'orders', version: '1.2.3' },
      attributes: { 'finance.object.type': 'sales-order', items: 3, rate: 1.5 },
      events: [{ name: 'exception', attributes: { 'exception.message': 'no mapping' } }],
      isClockSuspect: false,
    });
  });
});
