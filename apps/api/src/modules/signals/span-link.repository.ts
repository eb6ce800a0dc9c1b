import { spanIdNumber, spanIdText, type Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../graphql/connection.js';

/** Spans of other traces link to a trace, or to one span of it. Ids lower-case hex. */
export type LinkedTo = { traceId: string; spanId: string | null };

/** A span that links to a linked one; span ids lower-case hex. */
export type LinkingSpanRow = {
  linkedSpanId: string;
  traceUuid: string;
  spanId: string;
  serviceName: string;
  name: string;
  startedAt: Date;
  startedText: string;
  attributes: unknown;
};

const IS_LINKED_TO = `l.tenant_id = $1 and l.linked_trace_id = $2::uuid and ($3::bigint is null or l.linked_span_id = $3)`;

/** Stored again after midnight a span has a row in each day: the first one counts. */
const IS_FIRST = `not exists (
  select 1 from span_link e
  where e.tenant_id = $1 and e.linked_trace_id = l.linked_trace_id and e.linked_span_id = l.linked_span_id
    and e.trace_id = l.trace_id and e.span_id = l.span_id and e.received_on < l.received_on)`;

/** Spans of other traces that link to it, by linked span, the latest first; one more than asked. */
export async function listLinkingSpans(tx: Tx, to: LinkedTo, page: Page): Promise<LinkingSpanRow[]> {
  const [afterLinked, afterStarted, afterTrace, afterSpan] = page.after ?? [null, null, null, null];
  const lines = await tx.query<LinkingSpanRow>(
    `select l.linked_span_id::text as "linkedSpanId", l.trace_id as "traceUuid", l.span_id::text as "spanId",
            l.service_name as "serviceName", l.name, l.started_at as "startedAt",
            ${instantCursorSql('l.started_at')} as "startedText", l.attributes
     from span_link l
     where ${IS_LINKED_TO} and ${IS_FIRST}
       and ($4::bigint is null
            or (l.linked_span_id, l.started_at, l.trace_id, l.span_id) < ($4, $5::timestamptz, $6::uuid, $7::bigint))
     order by l.linked_span_id desc, l.started_at desc, l.trace_id desc, l.span_id desc limit $8`,
    [
      tx.tenantId,
      to.traceId,
      numberOf(to.spanId),
      numberOf(afterLinked ?? null),
      afterStarted ?? null,
      afterTrace ?? null,
      numberOf(afterSpan ?? null),
      page.first + 1,
    ],
  );
  return lines.map((line) => ({
    ...line,
    linkedSpanId: spanIdText(line.linkedSpanId),
    spanId: spanIdText(line.spanId),
  }));
}

export function countLinkingSpans(tx: Tx, to: LinkedTo): Promise<RowCount> {
  return countRows(
    tx,
    `select distinct l.linked_span_id, l.trace_id, l.span_id from span_link l where ${IS_LINKED_TO}`,
    [tx.tenantId, to.traceId, numberOf(to.spanId)],
  );
}

/** Traces with a span that links to one of these traces, each link once; at most so many. */
export async function findLinkingTraces(
  tx: Tx,
  traceIds: readonly string[],
  most: number,
): Promise<{ traceId: string; linkedTraceId: string }[]> {
  return tx.query<{ traceId: string; linkedTraceId: string }>(
    `select distinct replace(l.trace_id::text, '-', '') as "traceId",
            replace(l.linked_trace_id::text, '-', '') as "linkedTraceId"
     from span_link l
     where l.tenant_id = $1 and l.linked_trace_id = any($2::uuid[]) and l.trace_id <> l.linked_trace_id
     order by 1, 2 limit $3`,
    [tx.tenantId, traceIds, most],
  );
}

function numberOf(spanId: string | null): string | null {
  return spanId === null ? null : spanIdNumber(spanId);
}
