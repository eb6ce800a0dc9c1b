import type { Tx } from '@throughline/persistence';
import { MAX_SPANS, type SpanRow } from './domain/trace-view.js';

/**
 * The spans of a trace in order of start, one more than are shown. A span may be stored twice (its sender tried again
 * across midnight): readers see the first copy.
 */
export async function findSpans(tx: Tx, traceId: string): Promise<SpanRow[]> {
  return tx.query<SpanRow>(
    `select * from (
       select distinct on (span_id) encode(span_id, 'hex') as "spanId", encode(parent_span_id, 'hex') as "parentSpanId", name, kind,
              service_name as "serviceName", start_unix_nano as "startUnixNano", end_unix_nano as "endUnixNano",
              status_code as "statusCode", status_message as "statusMessage", attributes, events, links,
              is_clock_suspect as "isClockSuspect"
       from span where tenant_id = $1 and trace_id = decode($2, 'hex')
       order by span_id, received_on, received_at) s
     order by "startUnixNano"::bigint, "spanId" limit ${MAX_SPANS + 1}`,
    [tx.tenantId, traceId],
  );
}
