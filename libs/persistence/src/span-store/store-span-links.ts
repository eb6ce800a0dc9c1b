import type { Tx } from '../tx.js';

/** A link of a span to a span of another trace, as it is found from there. Ids lower-case hex, the instant ISO text. */
export type StorableLink = {
  linkedTraceId: string;
  linkedSpanId: string;
  traceId: string;
  spanId: string;
  serviceName: string;
  name: string;
  startedAt: string;
  /** Of the link, as JSON; null = none. */
  attributes: object | null;
};

/** Of one statement: a span may have very many links. */
const MOST_ROWS = 5_000;

/** In the order of the key, so that two transactions never wait for each other crosswise. */
const INSERT = `
  insert into span_link (tenant_id, received_on, linked_trace_id, linked_span_id, trace_id, span_id, started_at, service_name, name, attributes)
  select $1, $2, r.* from unnest($3::uuid[], $4::bigint[], $5::uuid[], $6::bigint[], $7::timestamptz[], $8::text[], $9::text[], $10::jsonb[]) as r
  order by 3, 4, 5, 6
  on conflict do nothing`;

/** Enters the links of stored chunks; what is there already stays. Chunks without links, nearly all, cost no statement. */
export async function storeSpanLinks(
  tx: Tx,
  receivedOn: string,
  chunks: readonly { links: readonly StorableLink[] }[],
): Promise<void> {
  const links = chunks.flatMap((chunk) => chunk.links);
  for (let at = 0; at < links.length; at += MOST_ROWS) {
    const rows = links.slice(at, at + MOST_ROWS);
    await tx.query(INSERT, [
      tx.tenantId,
      receivedOn,
      rows.map((row) => row.linkedTraceId),
      rows.map((row) => spanIdNumber(row.linkedSpanId)),
      rows.map((row) => row.traceId),
      rows.map((row) => spanIdNumber(row.spanId)),
      rows.map((row) => row.startedAt),
      rows.map((row) => row.serviceName),
      rows.map((row) => row.name),
      rows.map((row) => (row.attributes === null ? null : JSON.stringify(row.attributes))),
    ]);
  }
}

/** A span id (16 hex digits) as the signed 64-bit number it is stored as, decimal text. */
export function spanIdNumber(spanId: string): string {
  return BigInt.asIntN(64, BigInt(`0x${spanId}`)).toString();
}

/** The span id of a stored number. */
export function spanIdText(stored: string): string {
  return BigInt.asUintN(64, BigInt(stored)).toString(16).padStart(16, '0');
}
