import { randomUUID } from 'node:crypto';
import { hashedUuid } from '@throughline/canonical';
import type { StoredSignal } from '@throughline/ingest';
import { PostgresSignalLog, type Tx } from '@throughline/persistence';

/** What a test says of a signal; the rest is made up. */
export type RawSignal = Partial<Omit<StoredSignal, 'body'>> & {
  externalId: string;
  body: unknown;
  sequenceNo?: number;
  receivedAt?: Date;
};

const LOG = new PostgresSignalLog();

/** Stores signals other than spans as one batch, as the collector does; answers their ids. */
export async function storeRawSignals(tx: Tx, signals: readonly RawSignal[]): Promise<string[]> {
  const batchId = randomUUID();
  const receivedAt = new Date();
  const rows = signals.map((signal) => {
    const { kind = 'webhook', sourceSystem = '', source = sourceSystem, type = 'test' } = signal;
    const scopedKey = signal.scopedKey ?? `wh:${source}:${signal.externalId}`;
    const at = (signal.receivedAt ?? receivedAt).toISOString();
    return {
      signalId: hashedUuid(['signal', scopedKey]),
      scopedKey,
      kind,
      sourceSystem,
      sourceKind: signal.sourceKind ?? '',
      source,
      type,
      externalId: signal.externalId,
      occurredAt: signal.occurredAt ?? null,
      attributes: signal.attributes ?? {},
      contentType: signal.contentType ?? 'application/json',
      body: typeof signal.body === 'string' ? signal.body : JSON.stringify(signal.body),
      sequenceNo: signal.sequenceNo ?? null,
      receivedAt: at,
      receivedOn: at.slice(0, 10),
    };
  });
  await tx.query(
    `insert into signal (tenant_id, batch_id, received_on, signal_id, kind, source, external_id, scoped_key, type, occurred_at,
                         received_at, content_type, attributes, body, source_system, source_kind, sequence_no)
     select $1, $2, s."receivedOn", s."signalId", s.kind, s.source, s."externalId", s."scopedKey", s.type, s."occurredAt",
            s."receivedAt", s."contentType", s.attributes, convert_to(s.body, 'UTF8'), s."sourceSystem", s."sourceKind",
            s."sequenceNo"
     from jsonb_to_recordset($3::jsonb) as s("receivedOn" date, "signalId" uuid, kind text, source text, "externalId" text,
       "scopedKey" text, type text, "occurredAt" timestamptz, "receivedAt" timestamptz, "contentType" text, attributes jsonb,
       body text, "sourceSystem" text, "sourceKind" text, "sequenceNo" bigint)`,
    [tx.tenantId, batchId, JSON.stringify(rows)],
  );
  await tx.query(
    `insert into sequence_watch (tenant_id, source, touched_at)
     select $1, source, now() from unnest($2::text[]) as source
     on conflict (tenant_id, source) do update set touched_at = excluded.touched_at`,
    [tx.tenantId, [...new Set(rows.flatMap((row) => (row.sequenceNo === null ? [] : [row.source])))]],
  );
  await LOG.append(tx, { batchId, kind: 'events', receivedAt, items: rows.length });
  return rows.map((row) => row.signalId);
}
