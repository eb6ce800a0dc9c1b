import { Metadata } from '@grpc/grpc-js';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter as GrpcExporter } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as HttpExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  type IdGenerator,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { SERVICES, type ServiceName, type SpanDraft, type TraceDraft } from '../story/signals.js';
import { DurableSpanExporter } from './durable-span-exporter.js';
import type { Outbox } from './outbox.js';

export type SpanSender = {
  /** Resolves once the collector took every span of the trace. */
  send(draft: TraceDraft): Promise<void>;
  /** Hands over what the batch processors hold, without waiting for the collector. */
  flush(): Promise<void>;
  close(): Promise<void>;
};

export type SpanSenderOptions = {
  collectorHttpUrl: string;
  collectorGrpcUrl: string;
  ingestKey: string;
  outbox: Outbox;
};

const TIMEOUT_MS = 10_000;
const BATCH = { maxExportBatchSize: 512, maxQueueSize: 65_536, scheduledDelayMillis: 150 };
const NEVER_ACCEPTED_HTTP = new Set([400, 404, 405, 413, 415, 422]);
/** INVALID_ARGUMENT and UNIMPLEMENTED. */
const NEVER_ACCEPTED_GRPC = new Set([3, 12]);

const KINDS: Record<SpanDraft['kind'], SpanKind> = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
};

/** Gives spans the ids of the story instead of random ones. */
class PlannedIds implements IdGenerator {
  traceId = '';
  spanId = '';
  generateTraceId = (): string => this.traceId;
  generateSpanId = (): string => this.spanId;
}

/** Sends spans with the OpenTelemetry SDK: one tracer provider per program of the estate, OTLP over gRPC or HTTP. */
export function createSpanSender(options: SpanSenderOptions): SpanSender {
  const awaited = new Map<string, (() => void)[]>();
  const onSettled = (spans: readonly ReadableSpan[]): void => {
    for (const span of spans) {
      const key = keyOf(span.spanContext());
      for (const settle of awaited.get(key) ?? []) settle();
      awaited.delete(key);
    }
  };
  const exporters = createExporters(options, onSettled);
  const ids = new PlannedIds();
  const providers = new Map<ServiceName, BasicTracerProvider>();
  const tracerOf = (service: ServiceName): Tracer => {
    let provider = providers.get(service);
    if (provider === undefined) {
      provider = createProvider(service, exporters[SERVICES[service].transport], ids);
      providers.set(service, provider);
    }
    return provider.getTracer('nordhafen-integrations', '1.0.0');
  };
  return {
    async send({ traceId, spans }) {
      const settled = spans.map(({ spanId }) => {
        const key = keyOf({ traceId, spanId });
        return new Promise<void>((resolve) => awaited.set(key, [...(awaited.get(key) ?? []), resolve]));
      });
      for (const draft of spans) record(tracerOf(draft.service), ids, traceId, draft);
      await Promise.all(settled);
    },
    async flush() {
      await Promise.all([...providers.values()].map((provider) => provider.forceFlush()));
    },
    async close() {
      await Promise.all([...providers.values()].map((provider) => provider.shutdown()));
      await Promise.all([exporters.grpc.close(), exporters.http.close()]);
    },
  };
}

function createExporters(
  { collectorHttpUrl, collectorGrpcUrl, ingestKey, outbox }: SpanSenderOptions,
  onSettled: (spans: readonly ReadableSpan[]) => void,
): Record<'grpc' | 'http', DurableSpanExporter> {
  const authorization = `Bearer ${ingestKey}`;
  const metadata = new Metadata();
  metadata.set('authorization', authorization);
  const hasCode = (error: Error, codes: ReadonlySet<number>): boolean =>
    'code' in error && typeof error.code === 'number' && codes.has(error.code);
  return {
    grpc: new DurableSpanExporter({
      outbox,
      onSettled,
      isFinal: (error) => hasCode(error, NEVER_ACCEPTED_GRPC),
      create: (generation) =>
        new GrpcExporter({
          url: collectorGrpcUrl,
          metadata,
          timeoutMillis: TIMEOUT_MS,
          // channels of equal options share one connection with its back-off; a name of its own gives a fresh one
          userAgent: `nordhafen-integrations/${String(generation)}`,
        }),
    }),
    http: new DurableSpanExporter({
      outbox,
      onSettled,
      isFinal: (error) => hasCode(error, NEVER_ACCEPTED_HTTP),
      create: () =>
        new HttpExporter({
          url: new URL('/v1/traces', collectorHttpUrl).href,
          headers: { authorization },
          timeoutMillis: TIMEOUT_MS,
        }),
    }),
  };
}

function createProvider(
  service: ServiceName,
  exporter: DurableSpanExporter,
  idGenerator: IdGenerator,
): BasicTracerProvider {
  return new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': service,
      'service.version': '4.2.0',
      'service.namespace': 'nordhafen',
      'deployment.environment.name': 'production',
      'finance.source_system': SERVICES[service].system,
    }),
    sampler: new AlwaysOnSampler(),
    idGenerator,
    spanProcessors: [new BatchSpanProcessor(exporter, BATCH)],
  });
}

function record(tracer: Tracer, ids: PlannedIds, traceId: string, draft: SpanDraft): void {
  ids.traceId = traceId;
  ids.spanId = draft.spanId;
  const parent =
    draft.parentSpanId === undefined
      ? ROOT_CONTEXT
      : trace.setSpanContext(ROOT_CONTEXT, {
          traceId,
          spanId: draft.parentSpanId,
          traceFlags: TraceFlags.SAMPLED,
          isRemote: true,
        });
  // as Date: the SDK takes a number that lies before the start of the process for a reading of its own clock
  const endAt = new Date(draft.endAt);
  const span = tracer.startSpan(
    draft.name,
    { kind: KINDS[draft.kind], startTime: new Date(draft.startAt), attributes: draft.attributes },
    parent,
  );
  if (draft.error !== undefined) {
    span.recordException({ name: draft.error.type, message: draft.error.message }, endAt);
    span.setStatus({ code: SpanStatusCode.ERROR, message: draft.error.message });
  }
  span.end(endAt);
}

function keyOf({ traceId, spanId }: { traceId: string; spanId: string }): string {
  return `${traceId}:${spanId}`;
}
