import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { isUntracedPath, OWN_NAMESPACE } from './own-telemetry.js';
import type { TelemetryConfig } from './telemetry-config.js';

/** Telemetry that runs; `stop` sends what is left and ends it. */
export type Telemetry = { stop(): Promise<void> };

/**
 * Starts tracing of this process: HTTP requests in and out, and database statements within a span. Statements outside of
 * one are not traced: polling would otherwise send for ever.
 */
export function startTelemetry(config: TelemetryConfig, serviceName: string): Telemetry {
  const exporter = new OTLPTraceExporter({
    url: `${config.endpoint}/v1/traces`,
    headers: config.key === undefined ? {} : { authorization: `Bearer ${config.key}` },
  });
  const sdk = new NodeSDK({
    resource: resourceFromAttributes({ 'service.namespace': OWN_NAMESPACE, 'service.name': serviceName }),
    // Without detectors: host and process details are nobody's business and cost start time.
    autoDetectResources: false,
    spanProcessors: [new BatchSpanProcessor(exporter)],
    metricReaders: [],
    logRecordProcessors: [],
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: (request) => isUntracedPath(request.url) }),
      new PgInstrumentation({ requireParentSpan: true }),
    ],
  });
  sdk.start();
  return { stop: () => sdk.shutdown() };
}
