import { randomUUID } from 'node:crypto';
import { hashedUuid } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { DecodedFile } from '@throughline/scenarios';

/** Stores files as the collector does, each with its records or, when it was stored before, not at all. */
export async function storeFiles(
  tx: Tx,
  files: readonly DecodedFile[],
  receivedAt: Date,
): Promise<{ batchId: string; stored: number }> {
  const batchId = randomUUID();
  let stored = 0;
  for (const file of files)
    if (await isNew(tx, file, receivedAt)) stored += await storeRecords(tx, file, batchId, receivedAt);
  return { batchId, stored };
}

async function isNew(
  tx: Tx,
  { signal, fileId, contentHash, bytes, summary }: DecodedFile,
  receivedAt: Date,
): Promise<boolean> {
  const taken = await tx.query(
    `insert into received_file (tenant_id, file_id, format, name, source_system, layout, content_hash, bytes, records,
                                received_at, header, controls, has_control_break)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (tenant_id, source_system, format, content_hash) do nothing returning 1`,
    [tx.tenantId, fileId, signal.format, signal.fileName, signal.source, signal.layout ?? '', contentHash, bytes, summary.records,
      receivedAt, JSON.stringify(summary.header), JSON.stringify(summary.controls), summary.controlsBroken > 0],
  ); // prettier-ignore
  return taken.length > 0;
}

async function storeRecords(
  tx: Tx,
  { fileId, records }: DecodedFile,
  batchId: string,
  receivedAt: Date,
): Promise<number> {
  const receivedOn = receivedAt.toISOString().slice(0, 10);
  const rows = records.map(({ body, ...record }) => ({
    ...record,
    signalId: hashedUuid(['signal', record.scopedKey]),
    body: Buffer.from(body).toString('utf8'),
  }));
  await tx.query(
    `insert into signal (tenant_id, batch_id, received_on, signal_id, kind, source, external_id, scoped_key, type, occurred_at,
                         received_at, content_type, attributes, body, source_system, source_kind, file_id, record_no)
     select $1, $2, $3, s."signalId", s.kind, s.source, s."externalId", s."scopedKey", s.type, s."occurredAt",
            $4, s."contentType", s.attributes, convert_to(s.body, 'UTF8'), s."sourceSystem", s."sourceKind", $5, s."recordNo"
     from jsonb_to_recordset($6::jsonb) as s("signalId" uuid, kind text, source text, "externalId" text, "scopedKey" text,
       type text, "occurredAt" timestamptz, "contentType" text, attributes jsonb, body text, "sourceSystem" text,
       "sourceKind" text, "recordNo" integer)`,
    [tx.tenantId, batchId, receivedOn, receivedAt, fileId, JSON.stringify(rows)],
  );
  await tx.query(
    `insert into signal_key (tenant_id, key_hash, signal_id, received_on)
     select tenant_id, sha256(convert_to(scoped_key, 'UTF8')), signal_id, received_on
     from signal where tenant_id = $1 and batch_id = $2 and file_id = $3`,
    [tx.tenantId, batchId, fileId],
  );
  return rows.length;
}
