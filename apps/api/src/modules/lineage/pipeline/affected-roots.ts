import { CONTEXT_TYPES, HUB_TYPES } from '@throughline/canonical';
import { BATCH, type Workflow, hubDependents, undoingOfStanding } from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import type { ProjectedObjects } from './project-objects.js';

/** What has to be computed again. */
export type AffectedRoots = {
  /** Transactions as they are stored now that may change or vanish, by the object they start from. */
  storedTransactions: ReadonlyMap<string, string>;
  /** Objects that may be the anchor of a transaction to compute. */
  anchorIds: string[];
  /** Those of them that describe others and have nothing downstream, so that they cost next to nothing. */
  contextAnchorIds: string[];
  /** Objects whose problems to compute, of those that have or had any: all of whose stored problems are replaced. */
  problemObjectIds: string[];
};

/**
 * Finds what a change to objects can reach: transactions that contained one of them, transactions linked to a hub that
 * may be reached earlier now, and whatever lies upstream of them by the links as they are now.
 */
export async function findAffectedRoots(
  tx: Tx,
  changed: ProjectedObjects,
  workflows: readonly Workflow[],
): Promise<AffectedRoots> {
  const anchorTypes = new Set<string>(workflows.map((workflow) => workflow.anchor));
  const touched = [...changed.touched].map(([id, { type }]) => ({ id, type }));
  const hubIds = touched.filter(({ type }) => HUB_TYPES.has(type)).map(({ id }) => id);
  const documentIds = touched.filter(({ type }) => isDocument(type)).map(({ id }) => id);
  // Hubs and context have nothing upstream that a transaction starts from, but may be what one starts from themselves.
  const ownAnchors = touched.filter(({ type }) => !isDocument(type) && anchorTypes.has(type));
  const contextAnchorIds = ownAnchors.filter(({ type }) => CONTEXT_TYPES.has(type)).map(({ id }) => id);
  const gone = [...changed.vanished];
  const containing = await readContaining(tx, [...documentIds, ...contextAnchorIds, ...gone], workflows);
  const gathered = await readGathered(tx, hubIds, changed, workflows);
  const refused = await readRefused(
    tx,
    touched.filter(({ type }) => type === BATCH).map(({ id }) => id),
    changed,
    workflows,
  );
  const upstream = await readUpstream(
    tx,
    documentIds.map((id) => ({ id, type: changed.touched.get(id)?.type ?? '' })),
  );
  const upstreamAnchors = upstream.filter(({ type }) => anchorTypes.has(type)).map(({ id }) => id);
  const beside = await readMembers(tx, [...containing.keys()]);
  const waiting = hubIds.length === 0 ? [] : await readProblemsAtHubs(tx, hubIds, changed, workflows);
  const storedTransactions = new Map([...containing, ...gathered, ...refused]);
  return {
    storedTransactions,
    anchorIds: [
      ...new Set([...upstreamAnchors, ...ownAnchors.map(({ id }) => id), ...storedTransactions.values()]),
    ].sort(),
    contextAnchorIds: contextAnchorIds.sort(),
    problemObjectIds: await keepFailed(tx, [
      ...new Set([...changed.touched.keys(), ...upstream.map(({ id }) => id), ...beside, ...gone, ...waiting]),
    ]),
  };
}

function isDocument(type: string): boolean {
  return !HUB_TYPES.has(type) && !CONTEXT_TYPES.has(type);
}

/** Transactions of what is not declared now, as its file is wrong, stay as they are: nothing would be computed in their place. */
async function readContaining(
  tx: Tx,
  objectIds: readonly string[],
  workflows: readonly Workflow[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; anchorId: string }>(
    `select distinct b.transaction_id as id, b.anchor_object_id as "anchorId"
     from unnest($2::uuid[]) as asked(object_id)
     cross join lateral (
       select transaction_id from transaction_object where tenant_id = $1 and object_id = asked.object_id offset 0
     ) o
     cross join lateral (
       select transaction_id, anchor_object_id from business_transaction
       where tenant_id = $1 and transaction_id = o.transaction_id and workflow = any($3::text[]) limit 1
     ) b`,
    [tx.tenantId, uuidArray(objectIds), workflows.map(({ name }) => name)],
  );
  return new Map(rows.map((row) => [row.id, row.anchorId]));
}

/**
 * Transactions linked to touched hubs, without those that had reached their hub milestones before the earliest new fact:
 * a later fact cannot bring them forward. A hub that changed its names or its own links concerns all of them. Its own
 * transaction, if it has one, is among them.
 */
async function readGathered(
  tx: Tx,
  hubIds: readonly string[],
  changed: ProjectedObjects,
  workflows: readonly Workflow[],
): Promise<Map<string, string>> {
  if (hubIds.length === 0) return new Map();
  const since = hubIds.map((hubId) => newsSince(hubId, changed) ?? '-infinity');
  const rows = await tx.query<{ id: string; anchorId: string }>(
    `select distinct b.transaction_id as id, b.anchor_object_id as "anchorId"
     from unnest($2::uuid[], $3::timestamptz[]) as hub(object_id, since)
     join transaction_object o on o.tenant_id = $1 and o.object_id = hub.object_id
     join business_transaction b on b.tenant_id = $1 and b.transaction_id = o.transaction_id
     where b.workflow = any($5::text[]) and (
       b.anchor_object_id = hub.object_id or hub.since = '-infinity'
       or exists (select 1 from milestone m
                  where m.tenant_id = $1 and m.transaction_id = o.transaction_id and m.name = any($4::text[])
                    and (m.reached_at is null or m.reached_at >= hub.since)))`,
    [tx.tenantId, hubIds, since, hubDependents(workflows).milestones, workflows.map(({ name }) => name)],
  );
  return new Map(rows.map((row) => [row.id, row.anchorId]));
}

/**
 * Transactions of what goes out in touched batches, or in blocks of touched files: of those that were ever rejected or cancelled, and
 * of those of which something may have been unsaid.
 */
async function readRefused(
  tx: Tx,
  batchIds: readonly string[],
  changed: ProjectedObjects,
  workflows: readonly Workflow[],
): Promise<Map<string, string>> {
  if (batchIds.length === 0) return new Map();
  const isUnsure = batchIds.map((id) => changed.reread.has(id) || newsSince(id, changed) === null);
  const rows = await tx.query<{ id: string; anchorId: string }>(
    `select distinct b.transaction_id as id, b.anchor_object_id as "anchorId"
     from unnest($2::uuid[], $3::boolean[]) as asked(object_id, is_unsure)
     cross join lateral (
       select asked.object_id as object_id
       union
       select from_object_id from object_link
       where tenant_id = $1 and to_object_id = asked.object_id and from_type = '${BATCH}' and not is_context
     ) batch
     join transaction_object o on o.tenant_id = $1 and o.object_id = batch.object_id
     join business_transaction b on b.tenant_id = $1 and b.transaction_id = o.transaction_id
     where b.workflow = any($5::text[]) and (asked.is_unsure or exists (
       select from (select alias_id from object_alias where tenant_id = $1 and object_id = asked.object_id offset 0) v
       cross join lateral (
         select from alias_statement
         where tenant_id = $1 and alias_id = v.alias_id and is_subject and object_type = '${BATCH}'
           and activity_type = any($4::text[]) offset 0
       ) s))`,
    [tx.tenantId, uuidArray(batchIds), isUnsure, undoingOfStanding(BATCH), workflows.map(({ name }) => name)],
  );
  return new Map(rows.map((row) => [row.id, row.anchorId]));
}

/** From when on a hub may say something new; null = of any time, since its names or its own links are not what they were. */
function newsSince(hubId: string, changed: ProjectedObjects): string | null {
  if (changed.regrouped.has(hubId) || changed.relinked.has(hubId)) return null;
  return changed.touched.get(hubId)?.since ?? null;
}

/** The objects themselves and all documents upstream; never through a hub, from which no way leads down to a member. */
async function readUpstream(
  tx: Tx,
  objects: readonly { id: string; type: string }[],
): Promise<{ id: string; type: string }[]> {
  return tx.query<{ id: string; type: string }>(
    `with recursive upstream(object_id, type) as (
       select object_id, type collate "C" from unnest($2::uuid[], $3::text[]) as asked(object_id, type)
       union
       select l.from_object_id, l.from_type
       from upstream u
       cross join lateral (
         select from_object_id, from_type from object_link
         where tenant_id = $1 and to_object_id = u.object_id and not is_context and not (from_type = any($4::text[])) offset 0
       ) l
     )
     select object_id as id, type from upstream`,
    [tx.tenantId, uuidArray(objects.map(({ id }) => id)), objects.map(({ type }) => type), [...HUB_TYPES]],
  );
}

async function readMembers(tx: Tx, transactionIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct object_id as id from transaction_object
     where tenant_id = $1 and transaction_id = any($2::uuid[]) and not is_hub`,
    [tx.tenantId, uuidArray(transactionIds)],
  );
  return rows.map((row) => row.id);
}

/**
 * Problems whose proof is a hub's activity: such an activity need not name the object, so it does not touch it. Those that
 * were cleared before the earliest news stay out: a later fact cannot clear them earlier.
 */
async function readProblemsAtHubs(
  tx: Tx,
  hubIds: readonly string[],
  changed: ProjectedObjects,
  workflows: readonly Workflow[],
): Promise<string[]> {
  const news = hubIds.map((hubId) => newsSince(hubId, changed));
  const earliest = news.includes(null) ? '-infinity' : (news.flatMap((since) => since ?? []).sort()[0] ?? '-infinity');
  const rows = await tx.query<{ id: string }>(
    `select distinct object_id as id from problem
     where tenant_id = $1 and integration = any($2::text[]) and (cleared_at is null or cleared_at >= $3::timestamptz)`,
    [tx.tenantId, hubDependents(workflows).integrations, earliest],
  );
  return rows.map((row) => row.id);
}

/** Those at which something failed, or that still have a problem: few of many, and the others need not be looked at. */
async function keepFailed(tx: Tx, objectIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    // from the objects asked about: as conditions side by side, all failures and problems of the tenant would be read
    `select o.object_id as id from object_alias o
     where o.tenant_id = $1 and o.object_id = any($2::uuid[]) and (
       select s.alias_id from alias_statement s
       where s.tenant_id = $1 and s.alias_id = o.alias_id and s.is_subject and s.outcome = 'failure' limit 1) is not null
     union
     select p.object_id from problem p where p.tenant_id = $1 and p.object_id = any($2::uuid[])
     order by id`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  return rows.map((row) => row.id);
}
