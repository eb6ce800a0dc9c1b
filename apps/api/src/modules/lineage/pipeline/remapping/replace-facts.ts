import { type Activity, toStorableJson } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import { type MarkedName, deleteActivities, markDirty, writeActivities } from '../fact-writer.js';
import { SEQUENCE_GAP_MAPPING } from '../sequences/gap-activity.js';

/** How many activities the signals had before and have now. */
export type ReplacedFacts = { before: number; after: number };

type Comparison = { id: string; isStored: boolean; isStated: boolean; isSame: boolean };

const STATED = `jsonb_to_recordset($3::jsonb) as n(
  "activityId" uuid, type text, "occurredAt" timestamptz, outcome text, system text, integration text, "runKey" text,
  "requeueId" uuid, "traceId" text, "spanId" text, problem jsonb, objects jsonb, links jsonb, mapping jsonb)`;

/**
 * Makes the facts of these signals the given activities. What is equal stays as it is, so that mapping again by a mapping that
 * says the same projects nothing; the names of all others are marked, silently.
 */
export async function replaceFacts(
  tx: Tx,
  signalIds: readonly string[],
  activities: readonly Activity[],
): Promise<ReplacedFacts> {
  // Of two copies of a span the first one counts.
  const distinct = [...new Map(activities.toReversed().map((activity) => [activity.activityId, activity])).values()];
  const stated = JSON.stringify(toStorableJson(distinct));
  const compared = await compare(tx, signalIds, stated);
  const isGone = (one: Comparison) => one.isStored && !one.isSame;
  const written = new Set(compared.filter((one) => one.isStated && !one.isSame).map((one) => one.id));
  const unsaid = await deleteActivities(
    tx,
    compared.filter(isGone).map((one) => one.id),
  );
  const { names } = await writeActivities(
    tx,
    distinct.filter((activity) => written.has(activity.activityId)),
  );
  await restateMappings(tx, signalIds, stated);
  await markDirty(tx, joined([...unsaid, ...names]), { isSilent: true });
  return { before: compared.filter((one) => one.isStored).length, after: distinct.length };
}

function compare(tx: Tx, signalIds: readonly string[], stated: string): Promise<Comparison[]> {
  return tx.query<Comparison>(
    `with stored as (
       select * from activity where tenant_id = $1 and signal_id = any($2::uuid[]) and mapping_name <> $4
     )
     select coalesce(s.activity_id, n."activityId") as id,
            s.activity_id is not null as "isStored", n."activityId" is not null as "isStated",
            (s.activity_id, s.type, s.occurred_at, s.outcome, s.system, s.integration, s.run_key, s.requeue_id,
             encode(s.trace_id, 'hex'), encode(s.span_id, 'hex'), s.problem, s.objects, s.links)
            is not distinct from
            (n."activityId", n.type, n."occurredAt", n.outcome, n.system, n.integration, n."runKey", n."requeueId",
             n."traceId", n."spanId", n.problem, n.objects, n.links) as "isSame"
     from stored s full join ${STATED} on n."activityId" = s.activity_id`,
    [tx.tenantId, signalIds, stated, SEQUENCE_GAP_MAPPING.name],
  );
}

/** The same fact by another version or rule of a mapping: that is noted, and nothing else has changed. */
async function restateMappings(tx: Tx, signalIds: readonly string[], stated: string): Promise<void> {
  await tx.query(
    `update activity a set mapping_name = n.mapping->>'name', mapping_version = (n.mapping->>'version')::integer,
            mapping_rule = n.mapping->>'rule'
     from ${STATED}
     where a.tenant_id = $1 and a.signal_id = any($2::uuid[]) and a.activity_id = n."activityId"
       and (a.mapping_name, a.mapping_version, a.mapping_rule)
           is distinct from (n.mapping->>'name', (n.mapping->>'version')::integer, n.mapping->>'rule')`,
    [tx.tenantId, signalIds, stated],
  );
}

function joined(names: readonly MarkedName[]): MarkedName[] {
  const earliest = new Map<string, string>();
  for (const { aliasId, occurredAt } of names) {
    const known = earliest.get(aliasId);
    if (known === undefined || occurredAt < known) earliest.set(aliasId, occurredAt);
  }
  return [...earliest].map(([aliasId, occurredAt]) => ({ aliasId, occurredAt }));
}
