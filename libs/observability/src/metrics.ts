import { collectDefaultMetrics, Registry } from 'prom-client';

/** A Prometheus registry with the process's own figures (memory, event loop, garbage collection). */
export function createMetrics(service: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  return registry;
}
