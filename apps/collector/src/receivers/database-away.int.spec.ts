import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Metadata, status } from '@grpc/grpc-js';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as HttpExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BasicTracerProvider, SimpleSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { startCollectorHarness, TEST_KEY, type CollectorHarness } from '../testing/collector-harness.js';
import { jsonEvent, jsonSpan, jsonTraces, post } from '../testing/signals.js';
import { storedSpans } from '../testing/stored-spans.js';

const STRUCTURED = { 'content-type': 'application/cloudevents+json' };
const authorization = `Bearer ${TEST_KEY}`;
const OUTAGE_MS = 1_500;

let harness: CollectorHarness;
beforeEach(async () => {
  harness = await startCollectorHarness({ proxied: true });
});
afterEach(() => harness.close());

const spanCount = async (traceId: string): Promise<number> => (await storedSpans(harness, traceId)).length;

describe('while the database is away', () => {
  it('HTTP senders are told to come again, each in the form of its protocol', async () => {
    harness.proxy!.cut();
    const traces = await post(`${harness.httpUrl}/v1/traces`, jsonTraces([jsonSpan()]));
    expect([traces.status, traces.headers.get('retry-after')]).toEqual([503, '2']);
    expect(traces.json()).toMatchObject({ code: 14, details: [{ retryDelay: '2s' }] });
    const events = await post(`${harness.httpUrl}/v1/events`, JSON.stringify(jsonEvent()), STRUCTURED);
    expect([events.status, events.headers.get('retry-after')]).toEqual([503, '2']);
    expect(events.json()).toMatchObject({ status: 503, detail: expect.stringContaining('try again') });
  });

  it('the collector is alive but not ready, and ready again afterwards', async () => {
    harness.proxy!.cut();
    expect((await fetch(`${harness.httpUrl}/healthz`)).status).toBe(200);
    expect((await fetch(`${harness.httpUrl}/readyz`)).status).toBe(503);
    harness.proxy!.mend();
    await until(async () => (await fetch(`${harness.httpUrl}/readyz`)).status === 200);
  });

  it.each<[string, () => SpanExporter]>([
    [
      'HTTP',
      () =>
        new HttpExporter({ url: `${harness.httpUrl}/v1/traces`, headers: { authorization }, timeoutMillis: 20_000 }),
    ],
    [
      'gRPC',
      () => {
        const metadata = new Metadata();
        metadata.set('authorization', authorization);
        return retrying(new GrpcExporter({ url: harness.grpcUrl, metadata, timeoutMillis: 20_000 }));
      },
    ],
  ])(
    'the real exporter over %s gets through after it is back, exactly once',
    async (_name, exporter) => {
      // The key is known already, as in the middle of a day: the failure hits the storing.
      await post(`${harness.httpUrl}/v1/traces`, jsonTraces([jsonSpan()]));
      harness.proxy!.cut();
      const mended = new Promise((resolve) => setTimeout(resolve, OUTAGE_MS)).then(() => harness.proxy!.mend());
      const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter())] });
      const span = provider.getTracer('t').startSpan('while away');
      span.end();
      await provider.forceFlush();
      await mended;
      await provider.shutdown();
      expect(await spanCount(span.spanContext().traceId)).toBe(1);
    },
    30_000,
  );

  it('a connection that breaks in the middle of many requests loses and doubles nothing once they are retried', async () => {
    const events = Array.from({ length: 40 }, (_, index) => jsonEvent({ id: `storm-${index}` }));
    const breaks = setInterval(() => {
      harness.proxy!.cut();
      setTimeout(() => harness.proxy!.mend(), 15);
    }, 120);
    const sendUntilTaken = async (event: unknown): Promise<void> => {
      await until(async () => {
        const answer = await post(`${harness.httpUrl}/v1/events`, JSON.stringify(event), STRUCTURED);
        expect([200, 503]).toContain(answer.status);
        return answer.status === 200;
      });
    };
    await Promise.all(events.slice(0, 25).map(sendUntilTaken));
    await Promise.all(events.slice(15).map(sendUntilTaken));
    clearInterval(breaks);
    await new Promise((resolve) => setTimeout(resolve, 30));
    harness.proxy!.mend();
    const rows = await harness.rows<{ external_id: string }>(`select external_id from signal where tenant_id = $1`);
    expect(rows.map((row) => row.external_id).sort()).toEqual(events.map((event) => event['id']).sort());
    const [work] = await harness.rows<{ items: string }>(
      'select sum(items) as items from intake_batch where tenant_id = $1',
    );
    expect(work!.items).toBe('40');
  }, 30_000);
});

/** The gRPC exporter of JavaScript does not try again by itself (the one over HTTP does): its user must. */
function retrying(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const isRetryable =
          result.error !== undefined && 'code' in result.error && result.error.code === status.UNAVAILABLE;
        if (isRetryable) setTimeout(() => retrying(exporter).export(spans, done), 300);
        else done(result);
      }),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    if (await isDone()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('did not happen in time');
}
