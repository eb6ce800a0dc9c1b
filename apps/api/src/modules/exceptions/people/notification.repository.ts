import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import { countRows, instantCursorSql, type Page, type RowCount } from '../../../graphql/connection.js';
import type { Actor } from '../../audit/index.js';
import { MOST_NAMED, type NoticeKind, type Notification } from '../domain/notices.js';

export type NotificationRow = {
  id: string;
  kind: NoticeKind;
  actorName: string;
  count: number;
  exceptionIds: string[];
  title: string;
  details: Record<string, unknown>;
  forPersonId: string | null;
  at: Date;
  readAt: Date | null;
};

/**
 * What is said to one person stands for itself, unless one bulk act says it many times; of the rest, what comes within this time joins
 * what is still unread.
 */
const JOINED_WITHIN_MINUTES = 10;

const STANDS_ALONE: readonly NoticeKind[] = [
  'mentioned',
  'approval-decided',
  'group-assigned',
  'review-overdue',
  'run-stopped',
];

/**
 * Writes what people are to hear, in the transaction of what happened, and tells their open pages at commit. The same kind from the
 * same hand within minutes joins what is unread, so that a bulk act in many parts is one notification. A row that another transaction
 * holds is left alone: joining is a courtesy, and never a reason to wait.
 */
export async function notify(
  tx: Tx,
  notifications: readonly Notification[],
  { actor, at, bulkActId }: { actor: Actor; at: Date; bulkActId?: string | undefined },
): Promise<void> {
  if (notifications.length === 0) return;
  const rows = notifications.map((one) => {
    const standsAlone = STANDS_ALONE.includes(one.kind);
    const details = standsAlone && bulkActId !== undefined ? { ...one.details, bulkActId } : one.details;
    return { ...one, id: randomUUID(), details, joins: !standsAlone || bulkActId !== undefined };
  });
  await tx.query(
    `with told as (
       select * from jsonb_to_recordset($2::jsonb) as r(id uuid, "personId" uuid, kind text, title text, details jsonb,
         "forPersonId" uuid, count integer, "exceptionIds" uuid[], joins boolean)
     ), earlier as (
       select distinct on (n.notification_id) n.notification_id, t.id from told t
       join lateral (
         select u.notification_id from person_notification u
         where u.tenant_id = $1 and u.person_id = t."personId" and u.read_at is null and u.at >= $3::timestamptz - $6::interval
           and u.kind = t.kind and u.actor_id = $4 and u.for_person_id is not distinct from t."forPersonId"
           and u.details->>'bulkActId' is not distinct from t.details->>'bulkActId'
           and u.details->>'groupId' is not distinct from t.details->>'groupId'
           -- overdue is another thing than more urgent, though both escalate
           and (u.details->>'clock' is null) = (t.details->>'clock' is null)
         order by u.at desc limit 1 for update skip locked
       ) n on true
       where t.joins
     ), joined as (
       update person_notification n
       set at = $3, title = t.title, details = t.details, exception_ids = both_of.ids[1:${MOST_NAMED}],
           -- the same one again is no further one, as long as all are named
           subjects = case when n.subjects + t.count <= ${MOST_NAMED} then cardinality(both_of.ids) else n.subjects + t.count end
       from earlier e
       join told t on t.id = e.id
       join person_notification o on o.tenant_id = $1 and o.notification_id = e.notification_id
       cross join lateral (
         select array(
           select x.id from unnest(o.exception_ids || t."exceptionIds") with ordinality as x(id, place)
           group by x.id order by min(x.place)
         ) as ids
       ) both_of
       where n.tenant_id = $1 and n.notification_id = e.notification_id
     )
     insert into person_notification (tenant_id, notification_id, person_id, kind, actor_id, actor_name, subjects, exception_ids,
                                      title, details, for_person_id, at)
     select $1, t.id, t."personId", t.kind, $4, $5, t.count, t."exceptionIds", t.title, t.details, t."forPersonId", $3
     from told t where not exists (select 1 from earlier e where e.id = t.id)`,
    [tx.tenantId, JSON.stringify(rows), at, actor.id, actor.name, `${JOINED_WITHIN_MINUTES} minutes`],
  );
  await tellPages(
    tx,
    rows.map(({ personId }) => personId),
  );
}

/** Wakes the open pages of these people at commit. */
async function tellPages(tx: Tx, personIds: readonly string[]): Promise<void> {
  await tx.query(
    `select pg_notify('throughline_changed', json_build_object('tenantId', $1::uuid, 'kind', 'notification', 'id', id)::text)
     from unnest($2::uuid[]) as p(id)`,
    [tx.tenantId, [...new Set(personIds)]],
  );
}

const COLUMNS = `n.notification_id as id, n.kind, n.actor_name as "actorName", n.subjects as count, n.exception_ids as "exceptionIds",
  n.title, n.details, n.for_person_id as "forPersonId", n.at, n.read_at as "readAt"`;

export const NOTIFICATION_CURSOR_PARTS = ['instant', 'uuid'] as const;

/** A person's notifications, the latest first. */
export async function listNotifications(
  tx: Tx,
  personId: string,
  isUnreadOnly: boolean,
  page: Page,
): Promise<(NotificationRow & { atText: string })[]> {
  return tx.query<NotificationRow & { atText: string }>(
    `select ${COLUMNS}, ${instantCursorSql('n.at')} as "atText" from person_notification n
     where ${conditionOf(isUnreadOnly)}
       and ($3::timestamptz is null or (n.at, n.notification_id) < ($3, $4::uuid))
     order by n.at desc, n.notification_id desc limit $5`,
    [tx.tenantId, personId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
}

/** How many they are. */
export function countNotifications(tx: Tx, personId: string, isUnreadOnly: boolean): Promise<RowCount> {
  return countRows(tx, `select 1 from person_notification n where ${conditionOf(isUnreadOnly)}`, [
    tx.tenantId,
    personId,
  ]);
}

function conditionOf(isUnreadOnly: boolean): string {
  return `n.tenant_id = $1 and n.person_id = $2${isUnreadOnly ? ' and n.read_at is null' : ''}`;
}

/** Marks a person's notifications as read or unread; answers how many that changed. */
export async function markNotifications(
  tx: Tx,
  personId: string,
  ids: readonly string[],
  readAt: Date | null,
): Promise<number> {
  const changed = await tx.query<{ id: string }>(
    `update person_notification set read_at = $4
     where tenant_id = $1 and person_id = $2 and notification_id = any($3::uuid[]) and (read_at is null) = $5
     returning notification_id as id`,
    [tx.tenantId, personId, ids, readAt, readAt !== null],
  );
  await tellPages(tx, [personId]);
  return changed.length;
}

/** Marks all of a person's notifications up to a time as read: those that came since the person looked stay unread. */
export async function markAllNotifications(tx: Tx, personId: string, upTo: Date, readAt: Date): Promise<number> {
  const changed = await tx.query<{ id: string }>(
    `update person_notification set read_at = $4
     where tenant_id = $1 and person_id = $2 and read_at is null and at <= $3 returning notification_id as id`,
    [tx.tenantId, personId, upTo, readAt],
  );
  await tellPages(tx, [personId]);
  return changed.length;
}
