import type { Tx } from '@throughline/persistence';

/** The end of a tenant's chain. */
export type ChainEnd = { sequence: bigint; hash: Buffer };

/** A record that waits for its place in the chain. */
export type UnsealedRecord = { auditId: string; contentHash: Buffer; recordedAt: Date };

/** Makes this transaction the only sealer of the tenant until it ends; false = another one is at it. */
export async function lockChain(tx: Tx): Promise<boolean> {
  const [row] = await tx.query<{ locked: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('audit-seal ' || $1::text, 0)) as locked`,
    [tx.tenantId],
  );
  return row?.locked === true;
}

/** Where the chain ends now; undefined = it has not begun. */
export async function findChainEnd(tx: Tx): Promise<ChainEnd | undefined> {
  const [row] = await tx.query<{ sequence: string; hash: Buffer }>(
    `select sequence, chain_hash as hash from audit_seal where tenant_id = $1 order by sequence desc limit 1`,
    [tx.tenantId],
  );
  return row && { sequence: BigInt(row.sequence), hash: row.hash };
}

/** Committed records without a seal, oldest first; with `from` those alone that were recorded since. */
export async function findUnsealed(tx: Tx, from: Date | null, limit: number): Promise<UnsealedRecord[]> {
  return tx.query<UnsealedRecord>(
    `select q.audit_id as "auditId", r.content_hash as "contentHash", q.recorded_at as "recordedAt"
     from (select audit_id, recorded_at from audit_unsealed where tenant_id = $1 ${from === null ? '' : 'and recorded_at >= $3'}
           order by recorded_at, audit_id limit $2) q
     join audit_record r on r.tenant_id = $1 and r.audit_id = q.audit_id
     order by q.recorded_at, q.audit_id`,
    [tx.tenantId, limit, ...(from === null ? [] : [from])],
  );
}

/** Appends the seals and takes their records, all of them recorded between `from` and `until`, off the waiting list. */
export async function insertSeals(
  tx: Tx,
  seals: readonly { sequence: bigint; auditId: string; hash: Buffer }[],
  { from, until, sealedAt }: { from: Date; until: Date; sealedAt: Date },
): Promise<void> {
  await tx.query(
    `insert into audit_seal (tenant_id, sequence, audit_id, chain_hash, sealed_at)
     select $1, s.sequence, s.audit_id, decode(s.hash, 'hex'), $5
     from unnest($2::bigint[], $3::uuid[], $4::text[]) as s(sequence, audit_id, hash)`,
    [
      tx.tenantId,
      seals.map((seal) => seal.sequence.toString()),
      seals.map((seal) => seal.auditId),
      seals.map((seal) => seal.hash.toString('hex')),
      sealedAt,
    ],
  );
  // times here are of milliseconds, those of the records of microseconds
  await tx.query(
    `delete from audit_unsealed
     where tenant_id = $1 and recorded_at >= $4 and recorded_at < $3::timestamptz + interval '1 millisecond'
       and audit_id = any($2::uuid[])`,
    [tx.tenantId, seals.map((seal) => seal.auditId), until, from],
  );
}
