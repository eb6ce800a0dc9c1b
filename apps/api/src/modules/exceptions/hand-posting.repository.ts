import { searchKey } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';

/** The document by which a person corrected it; verified once the lineage shows that document. */
export type HandPostingRow = {
  exceptionId: string;
  documentType: string;
  documentKey: string;
  statedAt: Date;
  statedByName: string;
  verifiedAt: Date | null;
  verifiedObjectId: string | null;
};

/** Documents by which exceptions are said to be corrected; null where none. Fits Operation.loader. */
export async function findHandPostings(tx: Tx, exceptionIds: readonly string[]): Promise<(HandPostingRow | null)[]> {
  const rows = await tx.query<HandPostingRow>(
    `select p.exception_id as "exceptionId", p.document_type as "documentType", p.document_key as "documentKey",
            p.stated_at as "statedAt", p.stated_by_name as "statedByName", p.verified_at as "verifiedAt",
            p.verified_object_id as "verifiedObjectId"
     from exception_hand_posting p
     join exception e on e.tenant_id = $1 and e.exception_id = p.exception_id and e.resolution = 'POSTED_BY_HAND'
     where p.tenant_id = $1 and p.exception_id = any($2::uuid[])`,
    [tx.tenantId, exceptionIds],
  );
  const byId = new Map(rows.map((row) => [row.exceptionId, row]));
  return exceptionIds.map((id) => byId.get(id) ?? null);
}

export type NewHandPosting = { exceptionId: string; legalEntity: string | null };

/** States one document for each of these exceptions, in place of an earlier one. */
export async function putHandPostings(
  tx: Tx,
  postings: readonly NewHandPosting[],
  document: { type: string; key: string },
  by: { personId: string; personName: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into exception_hand_posting (tenant_id, exception_id, document_type, document_key, search_key, legal_entity,
                                         stated_at, stated_by, stated_by_name)
     select $1, r."exceptionId", $3, $4, $5, r."legalEntity", $6, $7, $8
     from jsonb_to_recordset($2::jsonb) as r("exceptionId" uuid, "legalEntity" text)
     on conflict (tenant_id, exception_id) do update set
       document_type = excluded.document_type, document_key = excluded.document_key, search_key = excluded.search_key,
       legal_entity = excluded.legal_entity, stated_at = excluded.stated_at, stated_by = excluded.stated_by,
       stated_by_name = excluded.stated_by_name, verified_at = null, verified_object_id = null`,
    [
      tx.tenantId,
      JSON.stringify(postings),
      document.type,
      document.key,
      searchKey(document.key),
      by.at,
      by.personId,
      by.personName,
    ],
  );
}

export type SeenPosting = { exceptionId: string; objectId: string; documentType: string; documentKey: string };

/**
 * Documents that the lineage shows by now: of that type and number, more than referred to, and of the same legal entity where both
 * are known.
 */
export async function findSeenPostings(tx: Tx, limit: number): Promise<SeenPosting[]> {
  return tx.query<SeenPosting>(
    `select p.exception_id as "exceptionId", min(b.object_id::text)::uuid as "objectId", p.document_type as "documentType",
            p.document_key as "documentKey"
     from exception_hand_posting p
     join exception e on e.tenant_id = $1 and e.exception_id = p.exception_id and e.resolution = 'POSTED_BY_HAND'
     join object_alias a on a.tenant_id = $1 and a.search_key = p.search_key
     join business_object b on b.tenant_id = $1 and b.object_id = a.object_id and b.type = p.document_type and not b.is_placeholder
       and (b.legal_entity is null or p.legal_entity is null or b.legal_entity = p.legal_entity)
       -- what corrects it is posted after it began, and is not the document that was wrong
       and b.object_id <> e.object_id and b.first_occurred_at >= e.opened_at
     where p.tenant_id = $1 and p.verified_at is null
     group by p.exception_id, p.document_type, p.document_key order by p.exception_id limit $2`,
    [tx.tenantId, limit],
  );
}

/** Marks documents as seen. */
export async function verifyPostings(tx: Tx, seen: readonly SeenPosting[], now: Date): Promise<void> {
  await tx.query(
    `update exception_hand_posting p set verified_at = $3, verified_object_id = r."objectId"
     from jsonb_to_recordset($2::jsonb) as r("exceptionId" uuid, "objectId" uuid)
     where p.tenant_id = $1 and p.exception_id = r."exceptionId"`,
    [tx.tenantId, JSON.stringify(seen), now],
  );
}
