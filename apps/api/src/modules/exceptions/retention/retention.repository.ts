import type { Tx } from '@throughline/persistence';
import { OPEN_STATES } from '../queue.repository.js';

/** Notifications that leave their retention. */
export type Expiry = { readBefore: Date; unreadBefore: Date };

/** Deletes notifications that are old enough and about nothing that is open any more, the oldest first; answers how many. */
export async function deleteNotifications(
  tx: Tx,
  { readBefore, unreadBefore }: Expiry,
  limit: number,
): Promise<number> {
  const isOver = (name: string) =>
    `not exists (select from exception e where e.tenant_id = $1 and e.exception_id = any(${name}.exception_ids)
       and e.state = any($5::text[]))`;
  const rows = await tx.query(
    `with old as materialized (
       (select notification_id from person_notification r
        where r.tenant_id = $1 and r.read_at is not null and r.read_at < $2 and ${isOver('r')} order by r.read_at limit $4)
       union all
       (select notification_id from person_notification u
        where u.tenant_id = $1 and u.read_at is null and u.at < $3 and ${isOver('u')} order by u.at limit $4)
     )
     delete from person_notification n
     where n.tenant_id = $1 and n.notification_id = any(array(select notification_id from old limit $4))
       and (n.read_at is null or n.read_at < $2)
     returning 1`,
    [tx.tenantId, readBefore, unreadBefore, limit, OPEN_STATES],
  );
  return rows.length;
}

/**
 * Deletes, on a walk through all of them by id, when to look next at clocks of exceptions that are open no longer. Answers behind
 * which id the walk goes on; null = it is through.
 */
export async function deleteIdleLooks(tx: Tx, after: string, limit: number): Promise<string | null> {
  const [row] = await tx.query<{ last: string | null; passed: number }>(
    `with page as materialized (
       select exception_id from exception_clock_look where tenant_id = $1 and exception_id > $2 order by exception_id limit $3
     ), gone as (
       delete from exception_clock_look l
       where l.tenant_id = $1 and l.exception_id = any(array(
         select p.exception_id from page p
         where not exists (select from exception e where e.tenant_id = $1 and e.exception_id = p.exception_id
                             and e.state = any($4::text[]))))
     )
     select (select exception_id from page order by exception_id desc limit 1) as last, (select count(*)::int from page) as passed`,
    [tx.tenantId, after, limit, OPEN_STATES],
  );
  return row === undefined || row.passed < limit ? null : row.last;
}
