import type { AliasStatement } from '@throughline/lineage';
import type { CopyColumn } from '@throughline/persistence';
import type { StatedActivity } from './stated-activity.js';

export const ACTIVITY_COLUMNS: readonly CopyColumn[] = [
  { name: 'tenant_id', type: 'uuid' },
  { name: 'activity_id', type: 'uuid' },
  { name: 'type', type: 'text' },
  { name: 'occurred_at', type: 'timestamptz' },
  { name: 'recorded_at', type: 'timestamptz' },
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
  { name: 'names', type: 'bytea' },
];

export const ALIAS_COLUMNS: readonly CopyColumn[] = [
  { name: 'tenant_id', type: 'uuid' },
  { name: 'activity_id', type: 'uuid' },
  { name: 'position', type: 'int2' },
  { name: 'alias_id', type: 'uuid' },
  { name: 'beside', type: 'bytea' },
  { name: 'is_subject', type: 'bool' },
  { name: 'activity_type', type: 'text' },
  { name: 'outcome', type: 'text' },
  { name: 'occurred_at', type: 'timestamptz' },
  { name: 'object_type', type: 'text' },
];

export function activityRow(tenantId: string, { activity, aliases }: StatedActivity): unknown[] {
  const { signal, mapping } = activity;
  return [
    tenantId,
    activity.activityId,
    activity.type,
    activity.occurredAt,
    activity.recordedAt ?? null,
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
    packed(lowestNames(aliases)),
  ];
}

/** A row for each name that an activity states. */
export function aliasRows(tenantId: string, { activity, aliases }: StatedActivity): unknown[][] {
  return aliases.map((statement) => [
    tenantId,
    activity.activityId,
    statement.position,
    statement.aliasId,
    statement.isAlone ? null : idsBeside(statement, aliases),
    statement.isSubject,
    activity.type,
    activity.outcome,
    activity.occurredAt,
    statement.objectType,
  ]);
}

/** The other names at a name's place, 16 bytes each. */
function idsBeside({ position, aliasId }: AliasStatement, aliases: readonly AliasStatement[]): Buffer {
  const others = aliases.flatMap((one) => (one.position === position && one.aliasId !== aliasId ? [one.aliasId] : []));
  return packed(others.sort());
}

/** The lowest name at each place that has any, in the order of the places. */
function lowestNames(aliases: readonly AliasStatement[]): string[] {
  const lowest = new Map<number, string>();
  for (const { position, aliasId } of aliases) {
    const known = lowest.get(position);
    if (known === undefined || aliasId < known) lowest.set(position, aliasId);
  }
  return [...lowest.values()];
}

/** Ids side by side, 16 bytes each. */
function packed(ids: readonly string[]): Buffer {
  return Buffer.from(ids.join('').replaceAll('-', ''), 'hex');
}

function bytesOf(hex: string | undefined): Buffer | null {
  return hex === undefined ? null : Buffer.from(hex, 'hex');
}
