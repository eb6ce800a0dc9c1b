import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';

/** A signal as a test states it; what is left out is that of a webhook. */
export type TestSignal = {
  kind?: string;
  type?: string;
  sourceSystem?: string;
  sourceKind?: string;
  body?: unknown;
  contentType?: string;
  receivedAt?: Date;
  occurredAt?: Date;
  attributes?: Record<string, unknown>;
  outcome?: 'unmapped' | 'ignored';
  note?: unknown;
  fileId?: string;
  recordNo?: number;
  traceId?: string;
  externalId?: string;
  correlationId?: string;
  causationId?: string;
  /** It waits to be mapped. */
  isPending?: boolean;
};

/** Stores a signal as intake and mapping leave it; answers its id. */
export async function insertSignal(tx: Tx, signal: TestSignal): Promise<string> {
  const id = randomUUID();
  const batchId = randomUUID();
  const receivedAt = signal.receivedAt ?? new Date();
  const { body = {} } = signal;
  await tx.query(
    `insert into signal (tenant_id, received_on, signal_id, batch_id, kind, source, external_id, scoped_key, type, occurred_at,
                         received_at, content_type, attributes, body, trace_id, source_system, source_kind, file_id, record_no,
                         mapping_outcome, mapping_note, correlation_id, causation_id)
     values ($1, ($2::timestamptz at time zone 'utc')::date, $3, $4, $5, $6, $7, $8, $9, $10, $2, $11, $12, $13,
             decode($14, 'hex'), $15, $16, $17, $18, $19, $20, $21, $22)`,
    [
      tx.tenantId,
      receivedAt,
      id,
      batchId,
      signal.kind ?? 'webhook',
      signal.sourceSystem ?? '',
      signal.externalId ?? `external-${id}`,
      `wh:${signal.sourceSystem ?? ''}:${id}`,
      signal.type ?? 'invoice.finalized',
      signal.occurredAt ?? null,
      signal.contentType ?? 'application/json',
      JSON.stringify(signal.attributes ?? {}),
      body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
      signal.traceId ?? null,
      signal.sourceSystem ?? '',
      signal.sourceKind ?? signal.sourceSystem ?? '',
      signal.fileId ?? null,
      signal.recordNo ?? null,
      signal.outcome ?? null,
      signal.note === undefined ? null : JSON.stringify(signal.note),
      signal.correlationId ?? null,
      signal.causationId ?? null,
    ],
  );
  if (signal.isPending === true) {
    await tx.query(
      `insert into intake_batch (tenant_id, batch_id, kind, received_on, received_at, items)
       values ($1, $2, 'events', ($3::timestamptz at time zone 'utc')::date, $3, 1)`,
      [tx.tenantId, batchId, receivedAt],
    );
  }
  return id;
}

/** Stores a file; answers its id. */
export async function insertFile(
  tx: Tx,
  file: {
    name: string;
    format: string;
    receivedAt: Date;
    header?: unknown;
    controls?: {
      name: string;
      kind?: string;
      scope: string;
      currency?: string;
      expected: string;
      actual: string;
      isMet: boolean;
    }[];
    sourceSystem?: string;
  },
): Promise<string> {
  const id = randomUUID();
  const controls = file.controls ?? [];
  await tx.query(
    `insert into received_file (tenant_id, file_id, format, name, source_system, content_hash, bytes, records, received_at,
                                header, controls, has_control_break)
     values ($1, $2, $3, $4, $5, sha256($6), 6000000000, 2, $7, $8, $9, $10)`,
    [
      tx.tenantId,
      id,
      file.format,
      file.name,
      file.sourceSystem ?? '',
      Buffer.from(id),
      file.receivedAt,
      JSON.stringify(file.header ?? {}),
      JSON.stringify(controls),
      controls.some(({ isMet }) => !isMet),
    ],
  );
  return id;
}
