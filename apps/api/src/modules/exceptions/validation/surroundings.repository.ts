import type { ObjectType } from '@throughline/canonical';
import {
  comparisonsOf,
  type RuleEdge,
  type RuleObject,
  type RuleSurroundings,
  undoingActivities,
  type ValidationRule,
} from '@throughline/lineage';
import { type Tx, uuidArray } from '@throughline/persistence';

/** Links of one object that are looked at, each way; what has more of them is no document. */
const MOST_LINKS = 2_000;

type ObjectRow = Omit<RuleObject, 'firstOccurredAt' | 'lastOccurredAt'> & {
  firstOccurredAt: Date;
  lastOccurredAt: Date;
  happened: readonly (readonly [string, string, string])[] | null;
};

/** Objects as rules look at them; ids that are none are left out. */
export async function loadRuleObjects(tx: Tx, objectIds: readonly string[]): Promise<RuleObject[]> {
  const rows = await tx.query<ObjectRow>(
    `select object_id as "objectId", type, key, legal_entity as "legalEntity", counterparty, amount, currency, direction,
            attributes, is_placeholder as "isPlaceholder", first_occurred_at as "firstOccurredAt",
            last_occurred_at as "lastOccurredAt", happened, false as "isUndone"
     from business_object where tenant_id = $1 and object_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  const unclear = rows.filter(({ happened }) => happened === null);
  const undone = await findUndone(tx, unclear);
  return rows.map((row) => ({
    objectId: row.objectId,
    type: row.type,
    key: row.key,
    legalEntity: row.legalEntity,
    counterparty: row.counterparty,
    amount: row.amount,
    currency: row.currency,
    direction: row.direction,
    attributes: row.attributes,
    isPlaceholder: row.isPlaceholder,
    isUndone: row.happened === null ? undone.has(row.objectId) : hasUndoing(row.type, row.happened),
    firstOccurredAt: row.firstOccurredAt.toISOString(),
    lastOccurredAt: row.lastOccurredAt.toISOString(),
  }));
}

function hasUndoing(type: ObjectType, happened: readonly (readonly [string, string, string])[]): boolean {
  const undoing = undoingActivities(type);
  return happened.some(([, activityType]) => undoing.includes(activityType));
}

/** Of objects to which much or a failure happened, those that were undone. */
async function findUndone(
  tx: Tx,
  objects: readonly { objectId: string; type: ObjectType }[],
): Promise<ReadonlySet<string>> {
  if (objects.length === 0) return new Set();
  const types = [...new Set(objects.flatMap(({ type }) => undoingActivities(type)))];
  const rows = await tx.query<{ id: string }>(
    `select distinct a.object_id as id
     from object_alias a
     join alias_statement s on s.tenant_id = $1 and s.alias_id = a.alias_id and s.is_subject and s.outcome = 'success'
       and s.activity_type = any($3::text[])
     where a.tenant_id = $1 and a.object_id = any($2::uuid[])`,
    [tx.tenantId, uuidArray(objects.map(({ objectId }) => objectId)), types],
  );
  return new Set(rows.map(({ id }) => id));
}

/** What the links of the rules lead to from these objects: one statement for each step of a way, not for each object. */
export async function loadSurroundings(
  tx: Tx,
  rules: readonly ValidationRule[],
  subjects: readonly RuleObject[],
  sameAs: readonly string[],
): Promise<RuleSurroundings> {
  const ways = rules.flatMap(({ links }) =>
    [...links.values()].flatMap((link) => ('steps' in link ? [link.steps] : [])),
  );
  const typesOf = (step: number) => [...new Set(ways.flatMap((steps) => steps[step]?.types ?? []))];
  const first = await loadEdges(
    tx,
    subjects.map(({ objectId }) => objectId),
    typesOf(0),
  );
  const between = new Set(ways.flatMap((steps) => (steps.length > 1 ? (steps[0]?.types ?? []) : [])));
  const onward = first.flatMap(({ fromObjectId, toObjectId, fromType, toType }) => [
    ...(between.has(fromType) ? [fromObjectId] : []),
    ...(between.has(toType) ? [toObjectId] : []),
  ]);
  const reached = [...first, ...(await loadEdges(tx, [...new Set(onward)], typesOf(1)))];
  const edges = uniqueEdges([...reached, ...(await loadSharers(tx, rules, reached))]);
  const known = new Map(subjects.map((object) => [object.objectId, object]));
  const ends = [...edges.flatMap(({ fromObjectId, toObjectId }) => [fromObjectId, toObjectId]), ...sameAs];
  const others = await loadRuleObjects(
    tx,
    [...new Set(ends)].filter((id) => !known.has(id)),
  );
  return { objects: new Map([...known, ...others.map((object) => [object.objectId, object] as const)]), edges };
}

/** Where rules add amounts up: types of what they add, each with those of what has a part in it. */
function sharedTypes(rules: readonly ValidationRule[]): Map<ObjectType, Set<ObjectType>> {
  const shared = new Map<ObjectType, Set<ObjectType>>();
  for (const { about, links, violatedWhen } of rules) {
    const totals = comparisonsOf(violatedWhen)
      .flatMap(({ fact, other }) => [fact, ...(other === null ? [] : [other])])
      .filter(({ field }) => field === 'total');
    for (const { link } of totals) {
      const way = links.get(link ?? '');
      if (way === undefined || !('steps' in way)) continue;
      for (const type of way.steps.at(-1)?.types ?? []) {
        const sharers = [...(shared.get(type) ?? []), ...(way.steps.at(-2)?.types ?? about)];
        shared.set(type, new Set(sharers));
      }
    }
  }
  return shared;
}

/** Who has a part in each of these objects, where several have and a rule adds it up: one more or less changes the parts of all. */
export async function findSharers(
  tx: Tx,
  rules: readonly ValidationRule[],
  objects: readonly RuleObject[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const shared = sharedTypes(rules);
  const added = new Map(
    objects.flatMap(({ objectId, type }) => {
      const types = shared.get(type);
      return types === undefined ? [] : [[objectId, types] as const];
    }),
  );
  const types = new Set([...added.values()].flatMap((ofOne) => [...ofOne]));
  const sharers = new Map<string, Set<string>>();
  const note = (id: string, other: string, type: ObjectType) => {
    if (added.get(id)?.has(type) === true) sharers.set(id, (sharers.get(id) ?? new Set()).add(other));
  };
  for (const { fromObjectId, toObjectId, fromType, toType } of await loadEdges(tx, [...added.keys()], [...types])) {
    note(fromObjectId, toObjectId, toType);
    note(toObjectId, fromObjectId, fromType);
  }
  return new Map([...sharers].flatMap(([id, others]) => (others.size > 1 ? [[id, [...others].sort()] as const] : [])));
}

/** Where a rule adds amounts up that the links do not state: who else has a part in what they lead to. */
async function loadSharers(
  tx: Tx,
  rules: readonly ValidationRule[],
  reached: readonly RuleEdge[],
): Promise<RuleEdge[]> {
  const added = sharedTypes(rules);
  const unsaid = reached.filter(({ amount }) => amount === null);
  const shared = [
    ...unsaid.map(({ fromObjectId: id, fromType: type, toType: other }) => ({ id, type, other })),
    ...unsaid.map(({ toObjectId: id, toType: type, fromType: other }) => ({ id, type, other })),
  ].filter(({ type }) => added.has(type));
  return loadEdges(tx, [...new Set(shared.map(({ id }) => id))], [...new Set(shared.map(({ other }) => other))]);
}

/** A link that was read from both its ends is one. */
function uniqueEdges(edges: readonly RuleEdge[]): RuleEdge[] {
  return [
    ...new Map(edges.map((edge) => [`${edge.fromObjectId} ${edge.toObjectId} ${edge.qualifier}`, edge])).values(),
  ];
}

type EdgeRow = Omit<RuleEdge, 'amount'> & { amount: string | null; currency: string | null };

async function loadEdges(tx: Tx, objectIds: readonly string[], types: readonly string[]): Promise<RuleEdge[]> {
  if (objectIds.length === 0 || types.length === 0) return [];
  const columns = `from_object_id, to_object_id, qualifier, is_context, from_type, to_type, amount, currency`;
  const rows = await tx.query<EdgeRow>(
    `select distinct e.from_object_id as "fromObjectId", e.to_object_id as "toObjectId", e.qualifier,
            e.is_context as "isContext", e.from_type as "fromType", e.to_type as "toType", e.amount, e.currency
     from unnest($2::uuid[]) as asked(id)
     cross join lateral (
       (select ${columns} from object_link where tenant_id = $1 and from_object_id = asked.id and to_type = any($3::text[])
        limit ${MOST_LINKS})
       union all
       (select ${columns} from object_link where tenant_id = $1 and to_object_id = asked.id and from_type = any($3::text[])
        limit ${MOST_LINKS})
     ) e`,
    [tx.tenantId, uuidArray(objectIds), types],
  );
  return rows.map((row) => ({
    fromObjectId: row.fromObjectId,
    toObjectId: row.toObjectId,
    qualifier: row.qualifier,
    isContext: row.isContext,
    fromType: row.fromType,
    toType: row.toType,
    amount: row.amount === null || row.currency === null ? null : { amount: row.amount, currency: row.currency },
  }));
}

/** Of these objects, those whose transactions are all over; what is in none is still open. */
export async function findFinished(tx: Tx, objectIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ id: string }>(
    `select asked.object_id as id
     from unnest($2::uuid[]) as asked(object_id)
     cross join lateral (
       select transaction_id from transaction_object where tenant_id = $1 and object_id = asked.object_id offset 0
     ) o
     cross join lateral (
       select progress from business_transaction where tenant_id = $1 and transaction_id = o.transaction_id limit 1
     ) t
     group by asked.object_id having not bool_or(t.progress = 'running')`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Codes of what integrations told of these objects themselves and was not overcome since, in order; of the others nothing. */
export async function findReported(
  tx: Tx,
  objectIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (objectIds.length === 0) return new Map();
  const rows = await tx.query<{ id: string; codes: string[] }>(
    `select object_id as id, array_agg(distinct taxonomy order by taxonomy) as codes from problem
     where tenant_id = $1 and object_id = any($2::uuid[]) and cleared_at is null group by object_id`,
    [tx.tenantId, uuidArray(objectIds)],
  );
  return new Map(rows.map(({ id, codes }) => [id, codes]));
}
