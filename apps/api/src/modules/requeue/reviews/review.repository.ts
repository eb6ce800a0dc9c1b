import { uuidArray, type Tx } from '@throughline/persistence';

/** An emergency that nobody reviewed in time. */
export type OverdueReview = {
  id: string;
  of: 'requeue-request' | 'lineage-approval';
  makerId: string;
  makerName: string;
  decidedBy: string | null;
  decidedByName: string | null;
  reason: string;
  reviewDueAt: Date;
};

const TABLES = [
  { of: 'requeue-request', table: 'requeue_request', key: 'request_id' },
  { of: 'lineage-approval', table: 'lineage_approval', key: 'approval_id' },
] as const;

/** Whether an emergency in which this person let something go, a request or a change of lineage, was not reviewed in time. */
export async function hasOverdueReview(tx: Tx, personId: string, now: Date): Promise<boolean> {
  const overdue = TABLES.map(
    ({ table }) =>
      `exists (select from ${table} where tenant_id = $1 and is_break_glass and reviewed_at is null and decided_by = $2
               and review_due_at <= $3)`,
  );
  const [row] = await tx.query<{ isOverdue: boolean }>(`select ${overdue.join(' or ')} as "isOverdue"`, [
    tx.tenantId,
    personId,
    now,
  ]);
  return row?.isOverdue ?? false;
}

/**
 * Marks emergencies of which the review is overdue and nobody was told so, the longest first, and answers which. One that none of the
 * reviewers may review stays unmarked: it is told once somebody may.
 */
export async function markOverdueReviews(
  tx: Tx,
  now: Date,
  { reviewers, most }: { reviewers: readonly string[]; most: number },
): Promise<OverdueReview[]> {
  const marked: OverdueReview[] = [];
  for (const { of, table, key } of TABLES) {
    marked.push(
      ...(await tx.query<OverdueReview>(
        `with late as (
           select ${key} as id from ${table}
           where tenant_id = $1 and is_break_glass and reviewed_at is null and not is_review_told and review_due_at <= $2
             and exists (select from unnest($5::uuid[]) as reviewer(id)
                         where reviewer.id <> maker_id and reviewer.id is distinct from decided_by)
           order by review_due_at limit $3 for update skip locked
         )
         update ${table} t set is_review_told = true from late
         where t.tenant_id = $1 and t.${key} = late.id
         returning t.${key} as id, $4::text as of, t.maker_id as "makerId", t.maker_name as "makerName", t.decided_by as "decidedBy",
           t.decided_by_name as "decidedByName", coalesce(t.decision_reason, '') as reason, t.review_due_at as "reviewDueAt"`,
        [tx.tenantId, now, most, of, uuidArray(reviewers)],
      )),
    );
  }
  return marked;
}
