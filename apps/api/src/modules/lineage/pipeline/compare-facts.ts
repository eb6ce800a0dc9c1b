import type { Activity } from '@throughline/canonical';
import { toStorableJson } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { ChangeCounts } from '../domain/change-report.js';
import { DERIVED_MAPPINGS } from './derived-facts.js';

/** What certain signals say now. */
export type StatedFacts = {
  signalIds: readonly string[];
  /** At most one with each id. */
  activities: readonly Activity[];
  /** Of signals that may be stored more than once: which copies were read. */
  copies: readonly string[];
};

/**
 * An activity as it is stored and as it is stated. `isFinal`: it was made of a copy of its signal that was received before
 * those that were read, so that it stays whatever they say.
 */
export type FactComparison = { id: string; isStored: boolean; isStated: boolean; isSame: boolean; isFinal: boolean };

/** What mapping again would do with it; null = nothing. */
export function factChange({ isStored, isStated, isSame, isFinal }: FactComparison): keyof ChangeCounts | null {
  if (isSame || isFinal) return null;
  if (!isStored) return isStated ? 'added' : null;
  return isStated ? 'changed' : 'removed';
}

const STATED = `jsonb_to_recordset($3::jsonb) as n(
  "activityId" uuid, type text, "occurredAt" timestamptz, "recordedAt" timestamptz, outcome text, system text, integration text, "runKey" text,
  "requeueId" uuid, "traceId" text, "spanId" text, problem jsonb, objects jsonb, links jsonb, mapping jsonb, signal jsonb)`;

/** Stored `s` was made of a copy that was not read and is not later than the stated one. */
const IS_FINAL = `s.signal_copy is not null and s.signal_copy <> all($4::text[])
  and (n.signal is null or n.signal ->> 'copy' is null or s.signal_copy <= (n.signal ->> 'copy') collate "C")`;

/** Compares what is stored of the signals with what they say now. */
export function compareFacts(tx: Tx, stated: StatedFacts): Promise<FactComparison[]> {
  return tx.query<FactComparison>(
    `with stored as (
       select * from activity where tenant_id = $1 and signal_id = any($2::uuid[]) and mapping_name <> all($5::text[])
     )
     select coalesce(s.activity_id, n."activityId") as id,
            s.activity_id is not null as "isStored", n."activityId" is not null as "isStated",
            (s.activity_id, s.type, s.occurred_at, s.recorded_at, s.outcome, s.system, s.integration, s.run_key, s.requeue_id,
             encode(s.trace_id, 'hex'), encode(s.span_id, 'hex'), s.problem, s.objects, s.links)
            is not distinct from
            (n."activityId", n.type, n."occurredAt", n."recordedAt", n.outcome, n.system, n.integration, n."runKey", n."requeueId",
             n."traceId", n."spanId", n.problem, n.objects, n.links) as "isSame",
            ${IS_FINAL} as "isFinal"
     from stored s full join ${STATED} on n."activityId" = s.activity_id`,
    [...paramsOf(tx, stated), DERIVED_MAPPINGS],
  );
}

/** The same fact by another version or rule of a mapping, or of an earlier copy: that is noted, and nothing else has changed. */
export async function restateOrigins(tx: Tx, stated: StatedFacts): Promise<void> {
  await tx.query(
    `update activity s set mapping_name = n.mapping->>'name', mapping_version = (n.mapping->>'version')::integer,
            mapping_rule = n.mapping->>'rule', signal_copy = n.signal->>'copy', signal_received_on = (n.signal->>'receivedOn')::date
     from ${STATED}
     where s.tenant_id = $1 and s.signal_id = any($2::uuid[]) and s.activity_id = n."activityId" and not (${IS_FINAL})
       and (s.mapping_name, s.mapping_version, s.mapping_rule, s.signal_copy)
           is distinct from (n.mapping->>'name', (n.mapping->>'version')::integer, n.mapping->>'rule', n.signal->>'copy')`,
    paramsOf(tx, stated),
  );
}

/** Of several activities with one id that of the first received copy. */
export function firstOfCopies(activities: readonly Activity[]): Activity[] {
  const first = new Map<string, Activity>();
  for (const activity of activities) {
    const known = first.get(activity.activityId);
    if (known === undefined || isEarlier(activity, known)) first.set(activity.activityId, activity);
  }
  return [...first.values()];
}

function isEarlier({ signal: { copy } }: Activity, { signal: known }: Activity): boolean {
  return copy !== undefined && known.copy !== undefined && copy < known.copy;
}

function paramsOf(tx: Tx, { signalIds, activities, copies }: StatedFacts): unknown[] {
  return [tx.tenantId, signalIds, JSON.stringify(toStorableJson(activities)), copies];
}
