import type { Tx } from '@throughline/persistence';

/**
 * Money of changes of one maker that was approved within the limit of each of these people that day, another change than this one, in
 * cents of the reporting currency. One that something else overtook once it was let go still counts: a part of it may have been done.
 */
export async function findApprovedMinor(
  tx: Tx,
  { approvalId, makerId, from, until }: { approvalId: string; makerId: string; from: Date; until: Date },
  ownerIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  const rows = await tx.query<{ ownerId: string; minor: string }>(
    `select coalesce(g.for_person_id, g.person_id) as "ownerId", sum(a.reporting_minor)::text as minor
     from lineage_approval_given g
     join lineage_approval a on a.tenant_id = $1 and a.approval_id = g.approval_id
     where g.tenant_id = $1 and g.approved_at >= $4 and g.approved_at < $5 and g.approval_id <> $2
       and coalesce(g.for_person_id, g.person_id) = any($6::uuid[]) and a.maker_id = $3
       and (a.state in ('PENDING_APPROVAL', 'APPROVED') or (a.state = 'OVERTAKEN' and a.decided_at is not null))
     group by 1`,
    [tx.tenantId, approvalId, makerId, from, until, ownerIds],
  );
  return new Map(rows.map(({ ownerId, minor }) => [ownerId, BigInt(minor)]));
}
