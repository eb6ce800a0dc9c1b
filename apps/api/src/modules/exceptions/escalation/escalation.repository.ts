import type { Tx } from '@throughline/persistence';
import type { PersonRow } from '../../identity/index.js';
import type { Escalation } from './due-escalations.js';

export type StoredEscalation = Escalation & { exceptionId: string; escalatedAt: Date; leadName: string | null };

/** Escalations of exceptions, in the order of their ids, the latest first. Fits Operation.loader. */
export async function findEscalations(tx: Tx, exceptionIds: readonly string[]): Promise<StoredEscalation[][]> {
  const rows = await tx.query<StoredEscalation>(
    `select exception_id as "exceptionId", clock, started_at as "startedAt", due_at as "dueAt", escalated_at as "escalatedAt",
            lead_name as "leadName"
     from exception_escalation where tenant_id = $1 and exception_id = any($2::uuid[])
     order by escalated_at desc, clock`,
    [tx.tenantId, exceptionIds],
  );
  return exceptionIds.map((id) => rows.filter(({ exceptionId }) => exceptionId === id));
}

/** Keeps them, and marks their exceptions until these are over or come again. */
export async function insertEscalations(
  tx: Tx,
  escalations: readonly (Escalation & { exceptionId: string; leadId: string | null; leadName: string | null })[],
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into exception_escalation (tenant_id, exception_id, clock, started_at, due_at, escalated_at, lead_id, lead_name)
     select $1, e."exceptionId", e.clock, e."startedAt", e."dueAt", $3, e."leadId", e."leadName"
     from jsonb_to_recordset($2::jsonb) as e("exceptionId" uuid, clock text, "startedAt" timestamptz, "dueAt" timestamptz,
       "leadId" uuid, "leadName" text)
     on conflict do nothing`,
    [tx.tenantId, JSON.stringify(escalations), at],
  );
  await tx.query(
    `update exception set is_escalated = true where tenant_id = $1 and exception_id = any($2::uuid[]) and not is_escalated`,
    [tx.tenantId, escalations.map(({ exceptionId }) => exceptionId)],
  );
}

/** Who leads each queue; null = nobody, or somebody who is here no longer. Fits Operation.loader. */
export async function findQueueLeads(tx: Tx, queues: readonly string[]): Promise<(PersonRow | null)[]> {
  const rows = await tx.query<PersonRow & { queue: string }>(
    `select l.queue, p.person_id as id, p.display_name as "displayName", p.email, p.roles
     from queue_lead l join person p on p.tenant_id = $1 and p.person_id = l.person_id and p.is_active
     where l.tenant_id = $1 and l.queue = any($2::text[])`,
    [tx.tenantId, queues],
  );
  return queues.map((name) => {
    const found = rows.find(({ queue }) => queue === name);
    if (found === undefined) return null;
    const { queue: _queue, ...person } = found;
    return person;
  });
}

/** Makes somebody the lead of a queue, or nobody; answers who was before. */
export async function putQueueLead(tx: Tx, queue: string, personId: string | null): Promise<string | null> {
  const [before] = await tx.query<{ personId: string }>(
    `select person_id as "personId" from queue_lead where tenant_id = $1 and queue = $2 for update`,
    [tx.tenantId, queue],
  );
  if (personId === null) {
    await tx.query('delete from queue_lead where tenant_id = $1 and queue = $2', [tx.tenantId, queue]);
  } else {
    await tx.query(
      `insert into queue_lead (tenant_id, queue, person_id) values ($1, $2, $3)
       on conflict (tenant_id, queue) do update set person_id = excluded.person_id`,
      [tx.tenantId, queue, personId],
    );
  }
  return before?.personId ?? null;
}
