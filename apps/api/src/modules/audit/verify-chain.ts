import type { Tx } from '@throughline/persistence';
import { CHAIN_START, auditContentHash, nextChainHash, type AuditContent } from './domain/audit-content.js';

/** What checking the chain found: how many seals agree, and the first that does not. */
export type ChainVerdict = { sealed: number; firstBroken: { sequence: string; reason: string } | null };

type SealedRow = AuditContent & { sequence: string; storedContentHash: Buffer; chainHash: Buffer };

const PAGE = 1_000;

/** Recomputes every content hash from the stored record and walks the chain from its start. */
export async function verifyAuditChain(tx: Tx): Promise<ChainVerdict> {
  let previous = CHAIN_START;
  let sequence = 0n;
  for (;;) {
    const rows = await sealedAfter(tx, sequence);
    for (const row of rows) {
      const reason = faultOf(tx.tenantId, row, sequence, previous);
      if (reason !== undefined) {
        return { sealed: Number(sequence), firstBroken: { sequence: row.sequence, reason } };
      }
      sequence += 1n;
      previous = row.chainHash;
    }
    if (rows.length < PAGE) {
      return { sealed: Number(sequence), firstBroken: null };
    }
  }
}

function faultOf(tenantId: string, row: SealedRow, sequence: bigint, previous: Buffer): string | undefined {
  if (BigInt(row.sequence) !== sequence + 1n) {
    return 'a seal is missing before it';
  }
  if (row.auditId === null) {
    return 'its record is missing';
  }
  const content = auditContentHash(tenantId, row);
  if (!content.equals(row.storedContentHash)) {
    return 'the record was changed';
  }
  return nextChainHash(previous, content).equals(row.chainHash) ? undefined : 'the chain was changed';
}

function sealedAfter(tx: Tx, sequence: bigint): Promise<SealedRow[]> {
  return tx.query<SealedRow>(
    `select s.sequence, s.chain_hash as "chainHash", r.content_hash as "storedContentHash", r.audit_id as "auditId",
            to_char(r.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
            json_build_object('kind', r.actor_kind, 'id', r.actor_id, 'name', r.actor_name) as actor, r.action,
            json_build_object('type', r.subject_type, 'id', r.subject_id) as subject, r.details, r.trace_id as "traceId"
     from audit_seal s left join audit_record r on r.tenant_id = $1 and r.audit_id = s.audit_id
     where s.tenant_id = $1 and s.sequence > $2 order by s.sequence limit ${PAGE}`,
    [tx.tenantId, sequence.toString()],
  );
}
