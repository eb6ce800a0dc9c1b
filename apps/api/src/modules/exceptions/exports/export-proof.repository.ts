import type { Tx } from '@throughline/persistence';

/** Exports that one hash may find: the same rows can be exported again and again. */
const MOST_FOUND = 50;

/** Keeps by which hashes an export is found. */
export async function insertExportProof(
  tx: Tx,
  exportId: string,
  { rowsHash, fileHash }: { rowsHash: string; fileHash: string },
): Promise<void> {
  await tx.query(
    `insert into export_proof (tenant_id, hash, of, export_id) values ($1, $2, 'rows', $4), ($1, $3, 'file', $4)`,
    [tx.tenantId, rowsHash, fileHash, exportId],
  );
}

export type FoundProof = { exportId: string; of: 'file' | 'rows' };

/** Exports whose file, or whose rows, have the hash. */
export function findExportProofs(tx: Tx, hash: string): Promise<FoundProof[]> {
  return tx.query<FoundProof>(
    `select export_id as "exportId", of from export_proof where tenant_id = $1 and hash = $2
     order by of, export_id limit ${MOST_FOUND}`,
    [tx.tenantId, hash],
  );
}
