import type { Tx } from '@throughline/persistence';
import type { AttemptState } from './domain/attempt.js';
import type { Verdict } from './domain/settlement.js';

/** What a person said became of a send. */
export type SettlementRow = {
  verdict: Verdict;
  /** Where the attempt stood then. */
  stateBefore: AttemptState;
  reason: string;
  personId: string;
  personName: string;
  at: Date;
};

export async function insertSettlement(tx: Tx, attemptId: string, row: SettlementRow): Promise<void> {
  const { verdict, stateBefore, reason, personId, personName, at } = row;
  await tx.query(
    `insert into requeue_settlement (tenant_id, attempt_id, verdict, state_before, reason, person_id, person_name, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.tenantId, attemptId, verdict, stateBefore, reason, personId, personName, at],
  );
}

/** Of attempts by id; null = no person settled it. Fits Operation.loader. */
export async function findSettlements(tx: Tx, attemptIds: readonly string[]): Promise<(SettlementRow | null)[]> {
  const rows = await tx.query<SettlementRow & { attemptId: string }>(
    `select attempt_id as "attemptId", verdict, state_before as "stateBefore", reason, person_id as "personId",
            person_name as "personName", at
     from requeue_settlement where tenant_id = $1 and attempt_id = any($2::uuid[])`,
    [tx.tenantId, attemptIds],
  );
  const byId = new Map(rows.map(({ attemptId, ...row }) => [attemptId, row]));
  return attemptIds.map((id) => byId.get(id) ?? null);
}

/** What of an attempt, which the caller holds locked, decides whether a person's word counts. */
export async function findToSettle(
  tx: Tx,
  attemptId: string,
): Promise<{ makerId: string; verifyBy: Date | null; isFinished: boolean } | null> {
  const [row] = await tx.query<{ makerId: string; verifyBy: Date | null; isFinished: boolean }>(
    `select r.maker_id as "makerId", a.verify_by as "verifyBy", a.finished_at is not null as "isFinished"
     from requeue_attempt a join requeue_request r on r.tenant_id = $1 and r.request_id = a.request_id
     where a.tenant_id = $1 and a.attempt_id = $2`,
    [tx.tenantId, attemptId],
  );
  return row ?? null;
}
