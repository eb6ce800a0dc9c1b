const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Trace and span id of a W3C traceparent; undefined when it is none (the standard: then there is no trace). */
export function parseTraceparent(value: unknown): { traceId: string; spanId: string } | undefined {
  const match = typeof value === 'string' ? TRACEPARENT.exec(value.trim().toLowerCase()) : null;
  return match ? { traceId: match[1]!, spanId: match[2]! } : undefined;
}

/** The id of a requeue request in canonical form; a text that is no uuid refers to none. */
export function parseRequeueId(value: string | undefined): string | undefined {
  const id = value?.trim().toLowerCase();
  return id !== undefined && UUID.test(id) ? id : undefined;
}
