import { randomUUID } from 'node:crypto';
import { spanToRow, type SpanRecord } from '@throughline/ingest';
import type { CopyColumn, Tx } from '@throughline/persistence';
import { announceBatch, type StoredCounts } from './intake-batch.js';

const COLUMNS: readonly CopyColumn[] = [
  { name: 'tenant_id', type: 'uuid' },
  { name: 'received_on', type: 'date' },
  { name: 'batch_id', type: 'uuid' },
  { name: 'received_at', type: 'timestamptz' },
  { name: 'trace_id', type: 'bytea' },
  { name: 'span_id', type: 'bytea' },
  { name: 'parent_span_id', type: 'bytea' },
  { name: 'name', type: 'text' },
  { name: 'kind', type: 'int2' },
  { name: 'start_unix_nano', type: 'int8' },
  { name: 'end_unix_nano', type: 'int8' },
  { name: 'status_code', type: 'int2' },
  { name: 'status_message', type: 'text' },
  { name: 'service_name', type: 'text' },
  { name: 'trace_state', type: 'text' },
  { name: 'flags', type: 'int8' },
  { name: 'resource', type: 'jsonb' },
  { name: 'scope', type: 'jsonb' },
  { name: 'attributes', type: 'jsonb' },
  { name: 'events', type: 'jsonb' },
  { name: 'links', type: 'jsonb' },
  { name: 'dropped', type: 'jsonb' },
  { name: 'is_clock_suspect', type: 'bool' },
];

const KEY = ['tenant_id', 'received_on', 'trace_id', 'span_id'];
const REPLACED = COLUMNS.map((column) => column.name).filter((name) => !KEY.includes(name));

/** A span that is sent again changes nothing, but a closed one takes the place of the same span still open. */
const ON_CONFLICT = `on conflict (${KEY.join(', ')}) do update
  set ${REPLACED.map((name) => `${name} = excluded.${name}`).join(', ')}
  where span.end_unix_nano = 0 and excluded.end_unix_nano <> 0`;

/**
 * Stores the spans of one request as one batch. `needsMapping` false = nothing in them can become an activity, so that no
 * work is announced.
 */
export async function storeSpans(
  tx: Tx,
  spans: readonly SpanRecord[],
  receivedAt: Date,
  needsMapping: boolean,
): Promise<StoredCounts> {
  const distinct = distinctSpans(spans);
  const batchId = randomUUID();
  const receivedAtText = receivedAt.toISOString();
  const receivedOn = receivedAtText.slice(0, 10);
  const sharedJson = new Map<object, string>();
  const json = (value: object): string => {
    // Resource and scope are one object for all spans of a group: written once, not per span.
    const known = sharedJson.get(value);
    if (known !== undefined) return known;
    const text = JSON.stringify(value);
    sharedJson.set(value, text);
    return text;
  };
  const rows = distinct.map((span) => {
    const row = spanToRow(span);
    // prettier-ignore
    return [
      tx.tenantId, receivedOn, batchId, receivedAtText,
      row.trace_id, row.span_id, row.parent_span_id, row.name, row.kind, row.start_unix_nano, row.end_unix_nano,
      row.status_code, row.status_message, row.service_name, row.trace_state, row.flags,
      json(row.resource), json(row.scope), row.attributes, JSON.stringify(row.events), JSON.stringify(row.links), row.dropped,
      row.is_clock_suspect,
    ];
  });
  const stored = await tx.copyRows('span', COLUMNS, rows, ON_CONFLICT);
  if (stored > 0 && needsMapping) await announceBatch(tx, { batchId, kind: 'spans', receivedAt, items: stored });
  return { stored, duplicates: spans.length - stored };
}

/** One of each span, the closed one where both are there; sorted, so that two transactions never wait for each other crosswise. */
function distinctSpans(spans: readonly SpanRecord[]): SpanRecord[] {
  const byId = new Map<string, SpanRecord>();
  for (const span of spans) {
    const id = span.traceId + span.spanId;
    const earlier = byId.get(id);
    if (!earlier || (earlier.endUnixNano === '0' && span.endUnixNano !== '0')) byId.set(id, span);
  }
  return [...byId].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, span]) => span);
}
