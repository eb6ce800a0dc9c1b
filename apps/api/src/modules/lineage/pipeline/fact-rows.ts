import type { Activity } from '@throughline/canonical';
import type { AliasStatement, LinkStatement } from '@throughline/lineage';
import type { CopyColumn } from '@throughline/persistence';

export const ACTIVITY_COLUMNS: readonly CopyColumn[] = [
  { name: 'tenant_id', type: 'uuid' },
  { name: 'activity_id', type: 'uuid' },
  { name: 'type', type: 'text' },
  { name: 'occurred_at', type: 'timestamptz' },
  { name: 'outcome', type: 'text' },
  { name: 'system', type: 'text' },
  { name: 'integration', type: 'text' },
  { name: 'run_key', type: 'text' },
  { name: 'requeue_id', type: 'uuid' },
  { name: 'trace_id', type: 'bytea' },
  { name: 'span_id', type: 'bytea' },
  { name: 'signal_kind', type: 'text' },
  { name: 'signal_received_on', type: 'date' },
  { name: 'signal_id', type: 'uuid' },
  { name: 'signal_copy', type: 'text' },
  { name: 'mapping_name', type: 'text' },
  { name: 'mapping_version', type: 'int4' },
  { name: 'mapping_rule', type: 'text' },
  { name: 'problem', type: 'jsonb' },
  { name: 'objects', type: 'jsonb' },
  { name: 'links', type: 'jsonb' },
];

export const ALIAS_COLUMNS: readonly CopyColumn[] = [
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

export const LINK_COLUMNS: readonly CopyColumn[] = [
  { name: 'tenant_id', type: 'uuid' },
  { name: 'activity_id', type: 'uuid' },
  { name: 'ordinal', type: 'int2' },
  { name: 'from_alias_id', type: 'uuid' },
  { name: 'to_alias_id', type: 'uuid' },
  { name: 'qualifier', type: 'text' },
  { name: 'amount', type: 'numeric' },
  { name: 'currency', type: 'text' },
];

export function activityRow(tenantId: string, activity: Activity): unknown[] {
  const { signal, mapping } = activity;
  return [
    tenantId,
    activity.activityId,
    activity.type,
    activity.occurredAt,
    activity.outcome,
    activity.system,
    activity.integration,
    activity.runKey,
    activity.requeueId ?? null,
    bytesOf(activity.traceId),
    bytesOf(activity.spanId),
    signal.kind,
    signal.receivedOn,
    signal.signalId,
    signal.copy ?? null,
    mapping.name,
    mapping.version,
    mapping.rule,
    activity.problem ?? null,
    activity.objects,
    activity.links,
  ];
}

export function aliasRow(tenantId: string, activity: Activity, statement: AliasStatement): unknown[] {
  return [
    tenantId,
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
  ];
}

export function linkRow(tenantId: string, activity: Activity, link: LinkStatement): unknown[] {
  return [
    tenantId,
    activity.activityId,
    link.ordinal,
    link.fromAliasId,
    link.toAliasId,
    link.qualifier,
    link.amount?.amount ?? null,
    link.amount?.currency ?? null,
  ];
}

function bytesOf(hex: string | undefined): Buffer | null {
  return hex === undefined ? null : Buffer.from(hex, 'hex');
}
