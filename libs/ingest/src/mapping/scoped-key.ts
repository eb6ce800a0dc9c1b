import { hashedUuid, type Uuid } from '@throughline/canonical';

/** Scoped idempotency key of a span: the same span sent again has the same key. */
export function spanScopedKey(span: { traceId: string; spanId: string }): string {
  return `span:${span.traceId}:${span.spanId}`;
}

/** Scoped idempotency key of an event within a tenant; `ingestSource` is the source system that the ingest key is bound to. */
export function eventScopedKey(ingestSource: string | null, event: { source: string; id: string }): string {
  return `ce:${ingestSource ?? '-'}:${event.source}:${event.id}`;
}

/** Signal id of a span, where an activity refers to one: derived from its key, since spans have no row id of their own. */
export function spanSignalId(span: { traceId: string; spanId: string }): Uuid {
  return hashedUuid(['signal', spanScopedKey(span)]);
}
