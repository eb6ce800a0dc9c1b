import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

/** `service.namespace` of everything that Throughline's own processes send. */
export const OWN_NAMESPACE = 'throughline';

/** Paths of the collector that take signals, and the probes: requests to them are never traced. */
const UNTRACED_PATHS = /^\/+(?:v1|v1development|api\/v1|healthz|readyz|metrics)(?:\/|\?|$)/;

/**
 * True for requests that must not become spans. A collector that traced its ingest requests and sent those traces to
 * itself would answer each batch with another one, without end.
 */
export function isUntracedPath(url: string | undefined): boolean {
  return UNTRACED_PATHS.test(url ?? '');
}

/** Runs the work without any span being made in it, by hand or by instrumentation. */
export function withoutTracing<T>(work: () => T): T {
  return context.with(suppressTracing(context.active()), work);
}
