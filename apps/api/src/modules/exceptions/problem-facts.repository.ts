import { type Direction, NIL_UUID } from '@throughline/canonical';
import { directionOf } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { findStatedProblems } from '../reconciliation/index.js';
import type { MilestoneFact } from './domain/overdue.js';
import type { ProblemFact, SubjectFacts } from './domain/stored-exception.js';
import { loadFindingProblems, SUBJECT } from './finding-facts.repository.js';
import { loadOpenAmounts, type OpenAmountOf } from './open-amounts.js';

type SubjectRow = SubjectFacts & { objectId: string };

/**
 * What is wrong with these objects now: problems and findings of the projection, with the money that is still open at each, and
 * what engines state.
 */
export async function loadProblems(tx: Tx, objectIds: readonly string[]): Promise<ProblemFact[]> {
  const told = await tx.query<Omit<ProblemFact, 'headline'> & SubjectRow>(
    `select ${SUBJECT}, p.hop, p.signature, p.taxonomy, p.discriminators, p.message, p.integration, p.occurrences,
            p.first_occurred_at as "firstOccurredAt", p.last_occurred_at as "lastOccurredAt",
            p.last_activity_id as "lastActivityId", p.cleared_at as "clearedAt"
     from problem p join business_object b on b.tenant_id = p.tenant_id and b.object_id = p.object_id
     where p.tenant_id = $1 and p.object_id = any($2::uuid[])`,
    [tx.tenantId, objectIds],
  );
  const found = await loadFindingProblems(tx, objectIds, told);
  const rows = [...told.map((row) => ({ ...row, headline: null })), ...found];
  const openOf = await loadOpenAmounts(tx, rows);
  return [
    ...rows.map((row) => withOpenAmount(row, openOf, { asOf: row.clearedAt, taxonomy: row.taxonomy })),
    ...(await loadStated(tx, objectIds)),
  ];
}

/** What engines state of these objects, with the money that they say is at risk. */
async function loadStated(tx: Tx, objectIds: readonly string[]): Promise<ProblemFact[]> {
  const rows = await findStatedProblems(tx, objectIds);
  return rows.map((row) => ({ ...row, integration: '', lastActivityId: null, clearedAt: null }));
}

/** One overdue milestone as the sweep tells it; objectId is the nil uuid when declared per transaction. */
export type OverdueItem = { transactionId: string; name: string; objectId: string };

const MILESTONE = `m.title, m.due_at as "dueAt", m.reached_at as "reachedAt", m.name, t.workflow`;

/** Milestones that the sweep names, as they are now; what was cancelled is never late. */
export async function loadMilestones(tx: Tx, items: readonly OverdueItem[]): Promise<MilestoneFact[]> {
  if (items.length === 0) {
    return [];
  }
  const rows = await tx.query<MilestoneFact & SubjectRow>(
    `select ${SUBJECT}, ${MILESTONE}
     from jsonb_to_recordset($2::jsonb) as i("transactionId" uuid, name text, "objectId" uuid)
     join milestone m on m.tenant_id = $1 and m.transaction_id = i."transactionId" and m.name = i.name and m.object_id = i."objectId"
     join business_transaction t on t.tenant_id = $1 and t.transaction_id = m.transaction_id
     join business_object b on b.tenant_id = $1
       and b.object_id = case when m.object_id = '${NIL_UUID}' then t.anchor_object_id else m.object_id end
     where m.rule_kind = 'service' and m.due_at is not null and t.progress <> 'cancelled'`,
    [tx.tenantId, JSON.stringify(items)],
  );
  return openAmountsOf(tx, rows);
}

/** Milestones by subject, in whichever transactions the subject is. */
export async function loadMilestonesOf(
  tx: Tx,
  subjects: readonly { objectId: string; workflow: string; name: string }[],
): Promise<MilestoneFact[]> {
  if (subjects.length === 0) {
    return [];
  }
  const rows = await tx.query<MilestoneFact & SubjectRow>(
    `select ${SUBJECT}, ${MILESTONE}
     from jsonb_to_recordset($2::jsonb) as i("objectId" uuid, workflow text, name text)
     join business_object b on b.tenant_id = $1 and b.object_id = i."objectId"
     join transaction_object o on o.tenant_id = $1 and o.object_id = i."objectId"
     join business_transaction t on t.tenant_id = $1 and t.transaction_id = o.transaction_id and t.workflow = i.workflow
     join milestone m on m.tenant_id = $1 and m.transaction_id = t.transaction_id and m.name = i.name
       and (m.object_id = i."objectId" or (m.object_id = '${NIL_UUID}' and t.anchor_object_id = i."objectId"))
     where m.rule_kind = 'service' and m.due_at is not null and t.progress <> 'cancelled'`,
    [tx.tenantId, JSON.stringify(subjects)],
  );
  return openAmountsOf(tx, rows);
}

/**
 * Subjects of the due milestones of transactions: anchors, for what is declared per transaction, and objects. What reaches or
 * cancels a milestone need not name its object.
 */
export async function findMilestoneSubjects(tx: Tx, transactionIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select anchor_object_id as id from business_transaction where tenant_id = $1 and transaction_id = any($2::uuid[])
     union
     select object_id from milestone
     where tenant_id = $1 and transaction_id = any($2::uuid[]) and rule_kind = 'service' and object_id <> '${NIL_UUID}'`,
    [tx.tenantId, transactionIds],
  );
  return rows.map((row) => row.id);
}

async function openAmountsOf(tx: Tx, rows: readonly (MilestoneFact & SubjectRow)[]): Promise<MilestoneFact[]> {
  return withOpenAmounts(tx, rows, ({ reachedAt }) => ({ asOf: reachedAt, taxonomy: null }));
}

/** Rows with the money that is still open at their objects. */
export async function withOpenAmounts<T extends SubjectRow>(
  tx: Tx,
  rows: readonly T[],
  problemOf: (row: T) => { asOf: Date | null; taxonomy: string | null },
): Promise<T[]> {
  const openOf = await loadOpenAmounts(tx, rows);
  return rows.map((row) => withOpenAmount(row, openOf, problemOf(row)));
}

function withOpenAmount<T extends SubjectRow>(
  row: T,
  openOf: OpenAmountOf,
  problem: { asOf: Date | null; taxonomy: string | null },
): T {
  const left = openOf(row.objectId, problem);
  return {
    ...row,
    amount: left?.amount ?? null,
    currency: left?.currency ?? null,
    direction: directionOf(row.objectType, row.direction as Direction | null),
  };
}
