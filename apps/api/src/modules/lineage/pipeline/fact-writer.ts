import { randomUUID } from 'node:crypto';
import { type Activity, toStorableJson } from '@throughline/canonical';
import { type AliasStatement, type LinkStatement, aliasStatements, linkStatements } from '@throughline/lineage';
import type { CopyColumn, Tx } from '@throughline/persistence';

const ALIAS_COLUMNS: readonly CopyColumn[] = [
  { name: 'tenant_id', type: 'uuid' },
  { name: 'activity_id', type: 'uuid' },
  { name: 'position', type: 'int2' },
  { name: 'alias_id', type: 'uuid' },
  { name: 'is_subject', type: 'bool' },
  { name: 'is_alone', type: 'bool' },
  { name: 'activity_type', type: 'text' },
  { name: 'outcome', type: 'text' },
  { name: 'occurred_at', type: 'timestamptz' },
  { name: 'object_type', type: 'text' },
  { name: 'system', type: 'text' },
  { name: 'kind', type: 'text' },
  { name: 'scope', type: 'text' },
  { name: 'value', type: 'text' },
];

const LINK_COLUMNS: readonly CopyColumn[] = [
  { name: 'tenant_id', type: 'uuid' },
  { name: 'activity_id', type: 'uuid' },
  { name: 'ordinal', type: 'int2' },
  { name: 'from_alias_id', type: 'uuid' },
  { name: 'to_alias_id', type: 'uuid' },
  { name: 'qualifier', type: 'text' },
  { name: 'amount', type: 'numeric' },
  { name: 'currency', type: 'text' },
];

/**
 * Stores activities that are not yet there with their names and links, and marks the named for projection. An activity
 * that is there stays as it is: the first copy of a signal counts. Answers how many were new.
 */
export async function storeActivities(tx: Tx, activities: readonly Activity[]): Promise<number> {
  const distinct = new Map<string, Activity>();
  for (const activity of activities)
    if (!distinct.has(activity.activityId)) distinct.set(activity.activityId, activity);
  if (distinct.size === 0) return 0;
  // In id order: two workers that store the same activities wait for one another instead of dead-locking.
  const ordered = [...distinct.values()].sort((left, right) => (left.activityId < right.activityId ? -1 : 1));
  const added = new Set(await insertActivities(tx, ordered));
  const stored = ordered.filter((activity) => added.has(activity.activityId)).map(withStatements);
  await tx.copyRows(
    'alias_statement',
    ALIAS_COLUMNS,
    stored.flatMap((one) => aliasRows(tx, one)),
  );
  await tx.copyRows(
    'link_statement',
    LINK_COLUMNS,
    stored.flatMap((one) => linkRows(tx, one)),
  );
  await markDirty(tx, stored);
  return stored.length;
}

type StatedActivity = { activity: Activity; aliases: AliasStatement[]; links: LinkStatement[] };

function withStatements(activity: Activity): StatedActivity {
  const aliases = aliasStatements(activity);
  return { activity, aliases, links: linkStatements(activity, aliases) };
}

async function insertActivities(tx: Tx, activities: readonly Activity[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `insert into activity (tenant_id, activity_id, type, occurred_at, outcome, system, integration, run_key, requeue_id,
                           trace_id, span_id, signal_kind, signal_received_on, signal_id, problem, objects, links)
     select $1, "activityId", type, "occurredAt", outcome, system, integration, "runKey", "requeueId",
            decode("traceId", 'hex'), decode("spanId", 'hex'), signal->>'kind', (signal->>'receivedOn')::date,
            (signal->>'signalId')::uuid, problem, objects, links
     from jsonb_to_recordset($2::jsonb) as a(
       "activityId" uuid, type text, "occurredAt" timestamptz, outcome text, system text, integration text, "runKey" text,
       "requeueId" uuid, "traceId" text, "spanId" text, signal jsonb, problem jsonb, objects jsonb, links jsonb)
     on conflict (tenant_id, activity_id) do nothing
     returning activity_id as id`,
    [tx.tenantId, JSON.stringify(toStorableJson(activities))],
  );
  return rows.map((row) => row.id);
}

function aliasRows(tx: Tx, { activity, aliases }: StatedActivity): unknown[][] {
  return aliases.map((statement) => [
    tx.tenantId,
    activity.activityId,
    statement.position,
    statement.aliasId,
    statement.isSubject,
    statement.isAlone,
    activity.type,
    activity.outcome,
    activity.occurredAt,
    statement.objectType,
    statement.alias.system,
    statement.alias.kind,
    statement.alias.scope,
    statement.alias.value,
  ]);
}

function linkRows(tx: Tx, { activity, links }: StatedActivity): unknown[][] {
  return links.map((link) => [
    tx.tenantId,
    activity.activityId,
    link.ordinal,
    link.fromAliasId,
    link.toAliasId,
    link.qualifier,
    link.amount?.amount ?? null,
    link.amount?.currency ?? null,
  ]);
}

async function markDirty(tx: Tx, stored: readonly StatedActivity[]): Promise<void> {
  const earliest = new Map<string, string>();
  for (const { activity, aliases } of stored) {
    for (const { aliasId } of aliases) {
      const known = earliest.get(aliasId);
      if (known === undefined || activity.occurredAt < known) earliest.set(aliasId, activity.occurredAt);
    }
  }
  if (earliest.size === 0) return;
  await tx.query(
    `insert into dirty_alias (tenant_id, set_id, alias_id, occurred_at)
     select $1, $2, * from unnest($3::uuid[], $4::timestamptz[])`,
    [tx.tenantId, randomUUID(), [...earliest.keys()], [...earliest.values()]],
  );
  await tx.notify('throughline_dirty', tx.tenantId);
}
