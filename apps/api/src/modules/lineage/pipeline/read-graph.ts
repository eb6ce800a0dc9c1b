import { HUB_TYPES, type ObjectType, type Outcome } from '@throughline/canonical';
import {
  BATCH,
  type LineageActivity,
  type LineageEdge,
  type LineageGraph,
  type LineageNode,
  type LineageProblem,
  type Workflow,
  type HubLookup,
  buildLineageGraph,
  decidingActivityTypes,
  hubLookups,
  refusalsInGraph,
  statedAttributes,
  systemLookups,
  withoutCarriedOut,
} from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';
import { readActs } from '../money/undone.repository.js';
import { type HappenedLine, happenedOf, moneyOf } from './read-objects.js';

type NodeLine = {
  object_id: string;
  type: ObjectType;
  legal_entity: string | null;
  counterparty: string | null;
  amount: string | null;
  currency: string | null;
  first_occurred_at: Date;
  last_occurred_at: Date;
  attributes: Record<string, string> | null;
  happened: HappenedLine[] | null;
};

type EdgeLine = {
  from_object_id: string;
  to_object_id: string;
  to_type: ObjectType;
  first_occurred_at: Date;
  is_established: boolean;
};

type HappeningLine = {
  object_id: string;
  activity_id: string;
  type: string;
  occurred_at: Date;
  outcome: Outcome;
  system: string | null;
  integration: string | null;
  run_key: string | null;
  problem: Omit<LineageProblem, 'hasPayload'> | null;
  has_payload: boolean | null;
};

type Happening = { objectId: string; activity: LineageActivity };

/** Everything downstream of the roots, with what happened to it: enough to compute these transactions and problems. */
export async function readGraph(
  tx: Tx,
  workflows: readonly Workflow[],
  anchorIds: readonly string[],
  problemObjectIds: readonly string[],
): Promise<LineageGraph> {
  const { lines, edges } = await readDownstream(
    tx,
    [...new Set([...anchorIds, ...problemObjectIds])],
    [...statedAttributes(workflows).keys()],
  );
  const documents = lines.filter((line) => !HUB_TYPES.has(line.type));
  const hubIds = new Set(lines.filter((line) => HUB_TYPES.has(line.type)).map((line) => line.object_id));
  const types = decidingActivityTypes(workflows);
  const happened = [
    ...documents.flatMap(keptHappenings),
    ...(await readHappenings(
      tx,
      documents.flatMap((line) => (line.happened === null ? [line.object_id] : [])),
      types,
    )),
    // What failed at a hub itself is told with the hub's problems, as at any other object.
    ...(await readHappenings(
      tx,
      problemObjectIds.filter((id) => hubIds.has(id)),
      [],
    )),
  ];
  const nodes = lines.map(nodeOf);
  happened.push(...(await readBatchRefusals(tx, nodes, edges)));
  const withoutHubs = buildLineageGraph(nodes, edges, happened);
  const lookups = hubLookups(workflows, withoutHubs, anchorIds, problemObjectIds);
  const graph =
    lookups.length === 0
      ? withoutHubs
      : buildLineageGraph(nodes, edges, [...happened, ...(await answerHubLookups(tx, lookups))]);
  const asked = systemLookups(workflows, graph, anchorIds, problemObjectIds);
  return asked.length === 0 ? graph : { ...graph, reporters: await readReporters(tx, asked) };
}

/** What happened to payments with their batches: of a batch only what tells whether it stands is read. */
async function readBatchRefusals(
  tx: Tx,
  nodes: readonly LineageNode[],
  edges: readonly LineageEdge[],
): Promise<Happening[]> {
  const batches = nodes.filter(({ type }) => type === BATCH);
  if (batches.length === 0) return [];
  const acts = await readActs(tx, batches);
  const refusals = refusalsInGraph(buildLineageGraph(nodes, edges, []), (batchId) => acts.get(batchId) ?? []);
  const own = await readActs(tx, refusals);
  return withoutCarriedOut(refusals, (objectId) => own.get(objectId) ?? []);
}

/** The kind of the system that reported each of these activities; one that is not configured is its own kind. */
async function readReporters(tx: Tx, activityIds: readonly string[]): Promise<Map<string, string>> {
  const lines = await tx.query<{ activity_id: string; kind: string }>(
    `select asked.activity_id, coalesce(k.kind, a.system) as kind
     from unnest($2::uuid[]) as asked(activity_id)
     cross join lateral (
       select system from activity where tenant_id = $1 and activity_id = asked.activity_id limit 1
     ) a
     left join source_system k on k.tenant_id = $1 and k.name = a.system`,
    [tx.tenantId, uuidArray(activityIds)],
  );
  return new Map(lines.map(({ activity_id: activityId, kind }) => [activityId, kind]));
}

/** Of a hub that is stated the wrong way round, before thousands of documents, so many are read. */
const MOST_BACK = 100;

/**
 * The objects and all that lies downstream of them, level by level, so that the links of an object are read once whatever
 * number of ways lead to it. From a hub lineage goes on to further hubs only; where it leads back to a document all the same, that
 * is read to tell that it goes round in a circle.
 */
async function readDownstream(
  tx: Tx,
  rootIds: readonly string[],
  statingTypes: readonly string[],
): Promise<{ lines: NodeLine[]; edges: LineageEdge[] }> {
  const roots = await readNodes(tx, rootIds, statingTypes);
  const seen = new Set(roots.map((line) => line.object_id));
  const further: string[] = [];
  const edges: LineageEdge[] = [];
  let level = roots.map((line) => ({ id: line.object_id, type: line.type }));
  while (level.length > 0) {
    const isHub = (type: ObjectType) => HUB_TYPES.has(type);
    const links = await readEdges(
      tx,
      level.flatMap(({ id, type }) => (isHub(type) ? [] : [id])),
      level.flatMap(({ id, type }) => (isHub(type) ? [id] : [])),
    );
    level = [];
    for (const link of links) {
      const firstOccurredAt = link.first_occurred_at.toISOString();
      edges.push({
        fromObjectId: link.from_object_id,
        toObjectId: link.to_object_id,
        firstOccurredAt,
        establishedAt: link.is_established ? firstOccurredAt : null,
      });
      if (seen.has(link.to_object_id)) continue;
      seen.add(link.to_object_id);
      further.push(link.to_object_id);
      level.push({ id: link.to_object_id, type: link.to_type });
    }
  }
  return { lines: [...roots, ...(await readNodes(tx, further, statingTypes))], edges };
}

async function readNodes(tx: Tx, objectIds: readonly string[], statingTypes: readonly string[]): Promise<NodeLine[]> {
  if (objectIds.length === 0) return [];
  return tx.query<NodeLine>(
    `select object_id, type, legal_entity, counterparty, amount, currency, first_occurred_at, last_occurred_at, happened,
            case when type = any($3::text[]) then attributes end as attributes
     from business_object where tenant_id = $1 and object_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(objectIds), statingTypes],
  );
}

async function readEdges(tx: Tx, documentIds: readonly string[], hubIds: readonly string[]): Promise<EdgeLine[]> {
  const columns = 'from_object_id, to_object_id, to_type, first_occurred_at, is_established';
  return tx.query<EdgeLine>(
    `select ${columns} from object_link
     where tenant_id = $1 and from_object_id = any($2::uuid[]) and not is_context
     union all
     select ${columns} from object_link
     where tenant_id = $1 and from_object_id = any($3::uuid[]) and not is_context and to_type = any($4::text[])
     union all
     select back.* from unnest($3::uuid[]) as hub(id) cross join lateral (
       select ${columns} from object_link
       where tenant_id = $1 and from_object_id = hub.id and not is_context and to_type <> all($4::text[])
       order by to_object_id, qualifier limit ${MOST_BACK}
     ) back`,
    [tx.tenantId, uuidArray(documentIds), uuidArray(hubIds), [...HUB_TYPES]],
  );
}

function nodeOf(line: NodeLine): LineageNode {
  return {
    objectId: line.object_id,
    type: line.type,
    legalEntity: line.legal_entity,
    counterparty: line.counterparty,
    amount: moneyOf(line),
    firstOccurredAt: line.first_occurred_at.toISOString(),
    lastOccurredAt: line.last_occurred_at.toISOString(),
    ...(line.attributes !== null && { attributes: line.attributes }),
  };
}

/** What is kept with the object itself: successes, of which no run is ever asked and the system only by a milestone. */
function keptHappenings({ object_id: objectId, happened }: NodeLine): Happening[] {
  return (happenedOf(happened) ?? []).map(({ activityId, type, occurredAt }) => ({
    objectId,
    activity: {
      activityId,
      type,
      occurredAt,
      outcome: 'success',
      system: '',
      integration: '',
      runKey: '',
      problem: null,
    },
  }));
}

/** What happened to objects as subjects: every failure, and the successes of the given types. */
async function readHappenings(tx: Tx, objectIds: readonly string[], types: readonly string[]): Promise<Happening[]> {
  if (objectIds.length === 0) return [];
  const lines = await tx.query<HappeningLine>(
    `select asked.object_id, s.activity_id, s.activity_type as type, s.occurred_at, s.outcome,
            a.system, a.integration, a.run_key, a.problem - 'payload' as problem, a.problem ? 'payload' as has_payload
     from unnest($2::uuid[]) as asked(object_id)
     cross join lateral (
       select alias_id from object_alias where tenant_id = $1 and object_id = asked.object_id offset 0
     ) o
     cross join lateral (
       select activity_id, activity_type, occurred_at, outcome from alias_statement
       where tenant_id = $1 and alias_id = o.alias_id and is_subject
         and (outcome = 'failure' or activity_type = any($3::text[])) offset 0
     ) s
     left join lateral (
       -- null for a success, so that its activity is not even looked up
       select system, integration, run_key, problem from activity
       where tenant_id = $1 and activity_id = case when s.outcome = 'failure' then s.activity_id end limit 1
     ) a on true`,
    [tx.tenantId, uuidArray(objectIds), types],
  );
  // An activity that calls an object by two names is read by each of them.
  const distinct = new Map(lines.map((line) => [`${line.object_id}/${line.activity_id}`, line]));
  return [...distinct.values()].map(happeningOf);
}

/** The first activity of each type at or after each time, by index: a hub's thousands are never read. */
async function answerHubLookups(tx: Tx, lookups: readonly HubLookup[]): Promise<Happening[]> {
  const asked = lookups.flatMap(({ objectId, since, types }) =>
    types.map((type) => ({ objectId, since: since === '' ? '-infinity' : since, type })),
  );
  const lines = await tx.query<HappeningLine>(
    `select distinct on (o.object_id, s.activity_id)
            o.object_id, s.activity_id, asked.type, s.occurred_at, 'success' as outcome,
            null as system, null as integration, null as run_key, null as problem, null as has_payload
     from unnest($2::uuid[], $3::timestamptz[], $4::text[]) as asked(object_id, since, type)
     join object_alias o on o.tenant_id = $1 and o.object_id = asked.object_id
     cross join lateral (
       select activity_id, occurred_at from alias_statement
       where tenant_id = $1 and alias_id = o.alias_id and occurred_at >= asked.since
         and is_subject and outcome = 'success' and activity_type = asked.type
       order by occurred_at, activity_id limit 1
     ) s`,
    [
      tx.tenantId,
      uuidArray(asked.map((one) => one.objectId)),
      asked.map((one) => one.since),
      asked.map((one) => one.type),
    ],
  );
  return lines.map(happeningOf);
}

function happeningOf(line: HappeningLine): Happening {
  const problem = line.problem === null ? null : { ...line.problem, hasPayload: line.has_payload === true };
  return {
    objectId: line.object_id,
    activity: {
      activityId: line.activity_id,
      type: line.type,
      occurredAt: line.occurred_at.toISOString(),
      outcome: line.outcome,
      // Who reported a success is read only where a milestone asks.
      system: line.system ?? '',
      integration: line.integration ?? '',
      runKey: line.run_key ?? '',
      problem,
    },
  };
}
