import type { Tx } from '@throughline/persistence';

/** An exception that waits for an approval that nobody can give any more. */
export type FreedRow = {
  exceptionId: string;
  /** Its last attempt; null = it never had one. */
  attemptId: string | null;
  requestId: string | null;
  attempt: number | null;
  /** What ended that attempt. */
  answer: string | null;
};

// What is to be closed without correction waits for an approval too, and has no claim; unless it was sent again since.
const IS_FREED = `e.tenant_id = $1 and e.state = 'PENDING_APPROVAL'
  and not exists (select from requeue_claim c where c.tenant_id = $1 and c.exception_id = e.exception_id)
  and not exists (select from exception_acceptance p
                  where p.tenant_id = $1 and p.exception_id = e.exception_id and p.state = 'pending'
                    and not exists (select from requeue_attempt s where s.tenant_id = $1 and s.exception_id = e.exception_id
                                      and s.created_at > p.requested_at))`;

/** The next exceptions that wait for an approval though no request has them in hand; after one of them, in the order of their ids. */
export async function findFreed(tx: Tx, after: string | null, most: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select e.exception_id as id from exception e
     where ${IS_FREED} and ($2::uuid is null or e.exception_id > $2::uuid) order by e.exception_id limit $3`,
    [tx.tenantId, after, most],
  );
  return rows.map(({ id }) => id);
}

/** Those of these that still are so, which the caller holds locked, with what was asked for them last. */
export async function findStillFreed(tx: Tx, exceptionIds: readonly string[]): Promise<FreedRow[]> {
  return tx.query<FreedRow>(
    `select e.exception_id as "exceptionId", a.attempt_id as "attemptId", a.request_id as "requestId", a.attempt, a.answer
     from exception e
     left join lateral (
       select l.attempt_id, l.request_id, l.attempt, l.answer from requeue_attempt l
       where l.tenant_id = $1 and l.exception_id = e.exception_id order by l.attempt desc limit 1
     ) a on true
     where ${IS_FREED} and e.exception_id = any($2::uuid[])`,
    [tx.tenantId, exceptionIds],
  );
}
