import { SPAN_ATTRIBUTES } from '@throughline/canonical';
import { attributeText, type Attributes } from '@throughline/ingest';

/** Part of a span or log record that tells who sends. */
type Named = { serviceName: string; attributes: Attributes };

/** How many items each service sent, and how many each integration that they name. */
export type NamesInSpans = { services: ReadonlyMap<string, number>; integrations: ReadonlyMap<string, number> };

/** Counts the services and integrations of the spans or log records of one request. */
export function namesInSpans(items: Iterable<Named>): NamesInSpans {
  const services = new Map<string, number>();
  const integrations = new Map<string, number>();
  for (const { serviceName, attributes } of items) {
    services.set(serviceName, (services.get(serviceName) ?? 0) + 1);
    const stated = attributes[SPAN_ATTRIBUTES.integrationName];
    const integration = stated === undefined ? undefined : attributeText(stated);
    if (integration !== undefined) integrations.set(integration, (integrations.get(integration) ?? 0) + 1);
  }
  return { services, integrations };
}
