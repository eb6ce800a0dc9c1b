import type { Tx } from '@throughline/persistence';
import type { TicketLink } from '../domain/ticket.js';

export type TicketSubject = 'exception' | 'exception-group';

export type TicketRow = TicketLink & { setAt: Date; setByName: string };

/** The ticket of each subject; null where there is none. With a subject type given it fits Operation.loader. */
export async function findTickets(
  tx: Tx,
  type: TicketSubject,
  subjectIds: readonly string[],
): Promise<(TicketRow | null)[]> {
  const rows = await tx.query<TicketRow & { subjectId: string }>(
    `select subject_id as "subjectId", system, number, url, set_at as "setAt", set_by_name as "setByName"
     from external_ticket where tenant_id = $1 and subject_type = $2 and subject_id = any($3::uuid[])`,
    [tx.tenantId, type, subjectIds],
  );
  const byId = new Map(rows.map(({ subjectId, ...row }) => [subjectId, row]));
  return subjectIds.map((id) => byId.get(id) ?? null);
}

/** Links subjects to a ticket, in place of the one that each may have. */
export async function putTickets(
  tx: Tx,
  type: TicketSubject,
  subjectIds: readonly string[],
  ticket: TicketLink,
  by: { personId: string; personName: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into external_ticket (tenant_id, subject_type, subject_id, system, number, url, set_at, set_by, set_by_name)
     select $1, $2, id, $4, $5, $6, $7, $8, $9 from unnest($3::uuid[]) as s(id) order by id
     on conflict (tenant_id, subject_type, subject_id) do update
     set system = excluded.system, number = excluded.number, url = excluded.url, set_at = excluded.set_at,
         set_by = excluded.set_by, set_by_name = excluded.set_by_name`,
    [tx.tenantId, type, subjectIds, ticket.system, ticket.number, ticket.url, by.at, by.personId, by.personName],
  );
}

/** Takes the link away. */
export async function deleteTickets(tx: Tx, type: TicketSubject, subjectIds: readonly string[]): Promise<void> {
  await tx.query(
    `delete from external_ticket where tenant_id = $1 and subject_type = $2 and subject_id = any($3::uuid[])`,
    [tx.tenantId, type, subjectIds],
  );
}
