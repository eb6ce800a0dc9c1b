import { hashedUuid, type Uuid } from '@throughline/canonical';

/** Scoped idempotency key of a span: the same span sent again has the same key. */
export function spanScopedKey(span: { traceId: string; spanId: string }): string {
  return `span:${span.traceId}:${span.spanId}`;
}

/**
 * Scoped idempotency key of an event within a tenant; `ingestSource` is the source system that the ingest key is bound to.
 * Colons at both ends are escaped: source "a:b" with id "c" and source "a" with id "b:c" are two events.
 */
export function eventScopedKey(ingestSource: string | null, event: { source: string; id: string }): string {
  return `ce:${withoutColon(ingestSource ?? '-')}:${event.source}:${withoutColon(event.id)}`;
}

function withoutColon(text: string): string {
  return text.replaceAll('%', '%25').replaceAll(':', '%3A');
}

/** Signal id of a span, where an activity refers to one: derived from its key, since spans have no row id of their own. */
export function spanSignalId(span: { traceId: string; spanId: string }): Uuid {
  return hashedUuid(['signal', spanScopedKey(span)]);
}
