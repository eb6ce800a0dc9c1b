import type { Tx } from '@throughline/persistence';
import { instantCursorSql } from '../../graphql/connection.js';
import type { NextDue } from './domain/by-when.js';
import type { Policy } from './domain/policy-match.js';
import type { SlackMessage } from './domain/slack-message.js';

/** Active policies whose channel is active. */
export async function listActivePolicies(tx: Tx): Promise<Policy[]> {
  return tx.query<Policy>(
    `select p.policy_id as "policyId", p.name, p.channel_id as "channelId", p.taxonomies
     from alert_policy p join alert_channel c on c.tenant_id = p.tenant_id and c.channel_id = p.channel_id
     where p.tenant_id = $1 and p.is_active and c.is_active order by p.policy_id`,
    [tx.tenantId],
  );
}

export type ListedPolicy = { id: string; name: string; taxonomies: string[]; channelName: string; isActive: boolean };

export const COUNT_POLICIES = 'select 1 from alert_policy where tenant_id = $1';

/** Policies by name, one more than asked. */
export async function listPolicies(
  tx: Tx,
  page: { first: number; after: readonly string[] | null },
): Promise<ListedPolicy[]> {
  const [name, id] = page.after ?? [];
  return tx.query<ListedPolicy>(
    `select p.policy_id as id, p.name, p.taxonomies, c.name as "channelName", p.is_active and c.is_active as "isActive"
     from alert_policy p join alert_channel c on c.tenant_id = p.tenant_id and c.channel_id = p.channel_id
     where p.tenant_id = $1 and ($3::text is null or (p.name, p.policy_id) > ($3::text, $4::uuid))
     order by p.name, p.policy_id limit $2`,
    [tx.tenantId, page.first + 1, name ?? null, id ?? null],
  );
}

/** Next due milestone per object over the transactions that it is in; past ones only when nothing is due any more. */
export async function findNextDue(tx: Tx, objectIds: readonly string[], now: Date): Promise<Map<string, NextDue>> {
  const rows = await tx.query<NextDue & { objectId: string }>(
    `select distinct on (o.object_id) o.object_id as "objectId", m.title, m.due_at as "dueAt"
     from transaction_object o
     join milestone m on m.tenant_id = $1 and m.transaction_id = o.transaction_id
     where o.tenant_id = $1 and o.object_id = any($2::uuid[]) and not o.is_hub
       and m.reached_at is null and m.due_at is not null
     order by o.object_id, (m.due_at <= $3), m.due_at`,
    [tx.tenantId, objectIds, now],
  );
  return new Map(rows.map(({ objectId, ...due }) => [objectId, due]));
}

export type UnreadSignal = { type: string; place: string | null };

/** What the signals are that exceptions are about, by exception; those about anything else are left out. */
export async function findUnreadSignals(
  tx: Tx,
  exceptions: readonly { exceptionId: string; objectId: string; lastActivityId: string | null }[],
): Promise<Map<string, UnreadSignal>> {
  const rows = await tx.query<UnreadSignal & { exceptionId: string }>(
    `select e."exceptionId", coalesce(b.attributes ->> 'type', '') as type, a.problem ->> 'field' as place
     from jsonb_to_recordset($2::jsonb) as e("exceptionId" uuid, "objectId" uuid, "lastActivityId" uuid)
     join business_object b on b.tenant_id = $1 and b.object_id = e."objectId" and b.type = 'signal'
     left join activity a on a.tenant_id = $1 and a.activity_id = e."lastActivityId"`,
    [tx.tenantId, JSON.stringify(exceptions)],
  );
  return new Map(rows.map(({ exceptionId, ...signal }) => [exceptionId, signal]));
}

/** Which of these policies already told of these groups. */
export async function findTold(
  tx: Tx,
  pairs: readonly { policyId: string; groupId: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ key: string }>(
    `select n.policy_id || ' ' || n.group_id as key
     from jsonb_to_recordset($2::jsonb) as p("policyId" uuid, "groupId" uuid)
     join notification n on n.tenant_id = $1 and n.policy_id = p."policyId" and n.group_id = p."groupId" and n.escalation is null`,
    [tx.tenantId, JSON.stringify(pairs)],
  );
  return new Set(rows.map((row) => row.key));
}

/** Of these escalations, which of these channels were told of each already, as `<channel> <escalation>`. */
export async function findToldEscalations(
  tx: Tx,
  channelIds: readonly string[],
  escalations: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ key: string }>(
    `select channel_id || ' ' || escalation as key from notification
     where tenant_id = $1 and channel_id = any($2::uuid[]) and escalation = any($3::text[])`,
    [tx.tenantId, channelIds, escalations],
  );
  return new Set(rows.map((row) => row.key));
}

export type NewNotification = {
  notificationId: string;
  policyId: string;
  channelId: string;
  groupId: string;
  exceptionId: string;
  payload: SlackMessage;
  /** Of an overdue clock; null = of a group. */
  escalation: string | null;
};

/** Writes notifications; answers the ids of those that were not made before: once per policy and group, per channel and escalation. */
export async function insertNotifications(tx: Tx, rows: readonly NewNotification[], now: Date): Promise<Set<string>> {
  const inserted = await tx.query<{ id: string }>(
    `insert into notification (tenant_id, notification_id, policy_id, channel_id, group_id, exception_id, state, payload, escalation, created_at)
     select $1, n."notificationId", n."policyId", n."channelId", n."groupId", n."exceptionId", 'PENDING', n.payload, n.escalation, $3
     from jsonb_to_recordset($2::jsonb) as n("notificationId" uuid, "policyId" uuid, "channelId" uuid, "groupId" uuid,
                                             "exceptionId" uuid, payload jsonb, escalation text)
     order by n."policyId", n."groupId", n.escalation
     on conflict do nothing
     returning notification_id as id`,
    [tx.tenantId, JSON.stringify(rows), now],
  );
  return new Set(inserted.map((row) => row.id));
}

export type PendingNotification = {
  notificationId: string;
  exceptionId: string;
  policyId: string;
  payload: unknown;
  attempts: number;
  createdAt: Date;
  /** Sealed; null when the channel is gone or switched off. */
  sealedUrl: Buffer | null;
};

/** A notification that is still to be delivered, locked; null = it is not, or not any more. */
export async function lockPending(tx: Tx, notificationId: string): Promise<PendingNotification | null> {
  const [row] = await tx.query<PendingNotification>(
    `select n.notification_id as "notificationId", n.exception_id as "exceptionId", n.policy_id as "policyId", n.payload,
            n.attempts, n.created_at as "createdAt",
            (select c.url_encrypted from alert_channel c
             where c.tenant_id = n.tenant_id and c.channel_id = n.channel_id and c.is_active) as "sealedUrl"
     from notification n where n.tenant_id = $1 and n.notification_id = $2 and n.state = 'PENDING' for update`,
    [tx.tenantId, notificationId],
  );
  return row ?? null;
}

/** Counts a try that begins. */
export async function countAttempt(tx: Tx, notificationId: string): Promise<void> {
  await tx.query(`update notification set attempts = attempts + 1 where tenant_id = $1 and notification_id = $2`, [
    tx.tenantId,
    notificationId,
  ]);
}

/** Writes how a try ended. */
export async function recordDelivery(
  tx: Tx,
  notificationId: string,
  outcome: { state: 'PENDING' | 'DELIVERED' | 'FAILED'; error: string | null },
  now: Date,
): Promise<void> {
  await tx.query(
    `update notification set state = $3, last_error = $4, delivered_at = case when $3 = 'DELIVERED' then $5::timestamptz end
     where tenant_id = $1 and notification_id = $2`,
    [tx.tenantId, notificationId, outcome.state, outcome.error, now],
  );
}

export type ListedNotification = {
  id: string;
  state: string;
  createdAt: Date;
  createdAtCursor: string;
  deliveredAt: Date | null;
  attempts: number;
  lastError: string | null;
  text: string;
  exceptionId: string;
  policyName: string;
  channelName: string;
};

/** Of all notifications, for counting. */
export const COUNT_NOTIFICATIONS = 'select 1 from notification where tenant_id = $1';

/** Newest first, one more than asked. */
export async function listNotifications(
  tx: Tx,
  page: { first: number; after: readonly string[] | null },
): Promise<ListedNotification[]> {
  const [createdAt, id] = page.after ?? [];
  return tx.query<ListedNotification>(
    `select n.notification_id as id, n.state, n.created_at as "createdAt", ${instantCursorSql('n.created_at')} as "createdAtCursor",
            n.delivered_at as "deliveredAt", n.attempts, n.last_error as "lastError", n.payload ->> 'text' as text,
            n.exception_id as "exceptionId", coalesce(p.name, '') as "policyName", coalesce(c.name, '') as "channelName"
     from notification n
     left join alert_policy p on p.tenant_id = $1 and p.policy_id = n.policy_id
     left join alert_channel c on c.tenant_id = $1 and c.channel_id = n.channel_id
     where n.tenant_id = $1 and ($3::timestamptz is null or (n.created_at, n.notification_id) < ($3::timestamptz, $4::uuid))
     order by n.created_at desc, n.notification_id desc limit $2`,
    [tx.tenantId, page.first + 1, createdAt ?? null, id ?? null],
  );
}
