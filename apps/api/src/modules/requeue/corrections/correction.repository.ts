import { createHash } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import type { PayloadChange } from './domain/json-changes.js';
import type { VersionMark, VersionOrigin } from './domain/version-history.js';

/** A version of a payload, written once. */
export type PayloadVersionRow = VersionMark & {
  exceptionId: string;
  basedOn: number | null;
  /** Against the version that it is based on. */
  changes: PayloadChange[];
  reason: string;
  authorId: string | null;
  authorName: string;
  createdAt: Date;
};

/** The stored versions per exception, lowest first. Fits Operation.loader. */
export async function findPayloadVersions(tx: Tx, exceptionIds: readonly string[]): Promise<PayloadVersionRow[][]> {
  const rows = await tx.query<Omit<PayloadVersionRow, 'origin'>>(
    `select exception_id as "exceptionId", version as number, based_on as "basedOn", payload as "payloadJson", changes, reason,
            author_id as "authorId", author_name as "authorName", created_at as "createdAt"
     from payload_version where tenant_id = $1 and exception_id = any($2::uuid[]) order by exception_id, version`,
    [tx.tenantId, exceptionIds],
  );
  const byException = new Map<string, PayloadVersionRow[]>(exceptionIds.map((id) => [id, []]));
  for (const row of rows) byException.get(row.exceptionId)?.push({ ...row, origin: originOf(row) });
  return exceptionIds.map((id) => byException.get(id) ?? []);
}

function originOf({ basedOn }: { basedOn: number | null }): VersionOrigin {
  return basedOn === null ? 'source' : 'correction';
}

/** Keeps versions. The caller holds the exception locked, so that numbers are not given twice. */
export async function insertPayloadVersions(
  tx: Tx,
  versions: readonly (PayloadVersionRow & { confirmed: readonly string[] })[],
): Promise<void> {
  await tx.query(
    `insert into payload_version (tenant_id, exception_id, version, based_on, payload, payload_sha256, changes, confirmed, reason,
                                  author_id, author_name, created_at)
     select $1, v."exceptionId", v.number, v."basedOn", v."payloadJson", decode(v.sha256, 'hex'), v.changes, v.confirmed, v.reason,
            v."authorId", v."authorName", v."createdAt"
     from jsonb_to_recordset($2::jsonb) as v("exceptionId" uuid, number integer, "basedOn" integer, "payloadJson" text, sha256 text,
       changes jsonb, confirmed jsonb, reason text, "authorId" uuid, "authorName" text, "createdAt" timestamptz)`,
    [
      tx.tenantId,
      JSON.stringify(versions.map((version) => ({ ...version, sha256: payloadHash(version.payloadJson) }))),
    ],
  );
}

/** SHA-256 of a payload's text, hexadecimal. */
export function payloadHash(payloadJson: string): string {
  return createHash('sha256').update(payloadJson, 'utf8').digest('hex');
}

/** What the mapping made of the payload's object. */
export type ObjectFacts = {
  objectId: string;
  amount: string | null;
  currency: string | null;
  counterparty: string | null;
};

export async function findObjectFacts(tx: Tx, objectIds: readonly string[]): Promise<Map<string, ObjectFacts>> {
  const rows = await tx.query<ObjectFacts>(
    `select object_id as "objectId", amount::text, currency, counterparty
     from business_object where tenant_id = $1 and object_id = any($2::uuid[])`,
    [tx.tenantId, objectIds],
  );
  return new Map(rows.map((row) => [row.objectId, row]));
}
