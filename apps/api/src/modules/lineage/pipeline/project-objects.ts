import type { Money, ObjectType } from '@throughline/canonical';
import {
  type AliasStatement,
  type Identities,
  type ObjectStatement,
  type ResolvedLink,
  type Workflow,
  describeObject,
  displayKeysOf,
  identifyObjects,
  mergeLinks,
} from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import type { DirtyMark } from './dirty-marks.js';
import { type DiffResult, writeDiff } from './row-diff.js';
import { BUSINESS_OBJECT, OBJECT_ALIAS, OBJECT_LINK, toRow } from './projection-tables.js';

/** What became of the objects that marks speak of. */
export type ProjectedObjects = {
  /** Objects as they are now: type, and the earliest fact about them that may be new. */
  touched: ReadonlyMap<string, { type: ObjectType; since: string }>;
  /** Ids that were objects before and are none now: they merged, split or vanished. */
  vanished: readonly string[];
  /** Objects whose names are not those they had. */
  regrouped: ReadonlySet<string>;
  /** Objects that a changed or vanished link leaves from. */
  relinked: ReadonlySet<string>;
  tooManyAliases: readonly string[];
};

type StatementLine = {
  activity_id: string;
  position: number;
  alias_id: string;
  is_subject: boolean;
  is_alone: boolean;
  occurred_at: Date;
  object_type: ObjectType;
  system: string;
  kind: string;
  scope: string;
  value: string;
  stated: ObjectStatement['stated'] | null;
};

/** Computes identity, facts and links of everything that marks touch, whole, and writes what differs. */
export async function projectObjects(
  tx: Tx,
  marks: readonly DirtyMark[],
  workflows: readonly Workflow[],
): Promise<ProjectedObjects> {
  const aliasIds = await expandToComponents(
    tx,
    marks.map((mark) => mark.aliasId),
  );
  const lines = await readStatements(tx, aliasIds);
  const identities = identifyObjects(lines.map(aliasStatementOf));
  const before = await readObjectIds(tx, aliasIds);
  await writeAliases(tx, before, identities);

  const objectIds = [...identities.objects.keys()];
  const everKnown = [...new Set([...objectIds, ...before.values()])];
  const statements = statementsByObject(lines, identities.objectIdOf);
  const displayKeys = displayKeysOf(workflows);
  const objects = [...identities.objects.values()].map((identity) =>
    describeObject(identity, statements.get(identity.objectId) ?? [], displayKeys),
  );
  await writeDiff(
    tx,
    BUSINESS_OBJECT,
    { condition: 't.object_id = any($2::uuid[])', params: [everKnown] },
    objects.map(toRow.object),
  );

  const regrouped = regroupedObjects(before, identities.objectIdOf);
  const links = await projectLinks(tx, aliasIds, everKnown, regrouped);
  return {
    touched: touchedObjects(marks, identities.objectIdOf, objects),
    vanished: everKnown.filter((objectId) => !identities.objects.has(objectId)),
    regrouped,
    relinked: new Set([...links.written, ...links.deleted].flatMap((key) => key['from_object_id'] ?? [])),
    tooManyAliases: [...identities.objects.values()]
      .filter((object) => object.hasTooManyAliases)
      .map((object) => object.objectId),
  };
}

/** A name's own columns follow from its id: only those that have come, gone or changed their object are looked at. */
async function writeAliases(tx: Tx, before: ReadonlyMap<string, string>, identities: Identities): Promise<void> {
  const changed = [...identities.objects.values()].flatMap(({ objectId, aliases }) =>
    [...aliases].flatMap(([aliasId, name]) =>
      before.get(aliasId) === objectId ? [] : [toRow.alias({ aliasId, objectId, ...name })],
    ),
  );
  const gone = [...before.keys()].filter((aliasId) => !identities.objectIdOf.has(aliasId));
  const aliasIds = [...changed.map((row) => row.alias_id), ...gone];
  if (aliasIds.length === 0) return;
  await writeDiff(tx, OBJECT_ALIAS, { condition: 't.alias_id = any($2::uuid[])', params: [aliasIds] }, changed);
}

/** Every alias of every component that the given ones belong to now or belonged to in the last projection. */
async function expandToComponents(tx: Tx, aliasIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with recursive component(alias_id) as (
       select unnest($2::uuid[])
       union
       select near.alias_id from component c cross join lateral (
         select other.alias_id
         from (
           select activity_id, position from alias_statement
           where tenant_id = $1 and alias_id = c.alias_id and not is_alone offset 0
         ) s
         cross join lateral (
           select alias_id from alias_statement
           where tenant_id = $1 and activity_id = s.activity_id and position = s.position offset 0
         ) other
         union all
         select beside.alias_id
         from (select object_id from object_alias where tenant_id = $1 and alias_id = c.alias_id limit 1) own
         cross join lateral (
           select alias_id from object_alias where tenant_id = $1 and object_id = own.object_id offset 0
         ) beside
       ) near
     )
     select alias_id as id from component order by alias_id`,
    [tx.tenantId, aliasIds],
  );
  return rows.map((row) => row.id);
}

/**
 * Looked up one by one, here and in the other reads of the projection (`lateral` with a limit or an offset keeps it so): a
 * join would be planned by how many rows the server believes to be there, which in a young or fast growing store is wrong by
 * orders of magnitude.
 */
function readStatements(tx: Tx, aliasIds: readonly string[]): Promise<StatementLine[]> {
  return tx.query<StatementLine>(
    `select s.activity_id, s.position, s.alias_id, s.is_subject, s.is_alone, s.occurred_at, s.object_type,
            s.system, s.kind, s.scope, s.value,
            nullif((a.objects->s.position) - '{type,qualifier,aliases}'::text[], '{}'::jsonb) as stated
     from unnest($2::uuid[]) as asked(alias_id)
     cross join lateral (
       select * from alias_statement where tenant_id = $1 and alias_id = asked.alias_id offset 0
     ) s
     cross join lateral (
       select objects from activity where tenant_id = $1 and activity_id = s.activity_id limit 1
     ) a`,
    [tx.tenantId, aliasIds],
  );
}

async function readObjectIds(tx: Tx, aliasIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ aliasId: string; objectId: string }>(
    `select alias_id as "aliasId", object_id as "objectId" from object_alias where tenant_id = $1 and alias_id = any($2::uuid[])`,
    [tx.tenantId, aliasIds],
  );
  return new Map(rows.map((row) => [row.aliasId, row.objectId]));
}

function aliasStatementOf(line: StatementLine): AliasStatement {
  return {
    activityId: line.activity_id,
    position: line.position,
    aliasId: line.alias_id,
    objectType: line.object_type,
    alias: { system: line.system, kind: line.kind, scope: line.scope, value: line.value },
    isSubject: line.is_subject,
    isAlone: line.is_alone,
  };
}

/** One statement per place of an activity, whatever number of names the object has there. */
function statementsByObject(
  lines: readonly StatementLine[],
  objectIdOf: ReadonlyMap<string, string>,
): Map<string, ObjectStatement[]> {
  const places = new Map<string, Map<string, ObjectStatement>>();
  for (const line of lines) {
    const objectId = objectIdOf.get(line.alias_id);
    if (objectId === undefined) continue;
    const known = places.get(objectId) ?? new Map<string, ObjectStatement>();
    places.set(objectId, known);
    known.set(`${line.activity_id}/${line.position}`, {
      activityId: line.activity_id,
      position: line.position,
      occurredAt: line.occurred_at.toISOString(),
      isSubject: line.is_subject,
      stated: line.stated ?? {},
    });
  }
  return new Map([...places].map(([objectId, statements]) => [objectId, [...statements.values()]]));
}

function regroupedObjects(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): Set<string> {
  const moved = [...before].filter(([aliasId, objectId]) => now.get(aliasId) !== objectId);
  return new Set(moved.flatMap(([aliasId, objectId]) => [objectId, now.get(aliasId) ?? objectId]));
}

function touchedObjects(
  marks: readonly DirtyMark[],
  objectIdOf: ReadonlyMap<string, string>,
  objects: readonly { objectId: string; type: ObjectType; firstOccurredAt: string }[],
): ProjectedObjects['touched'] {
  const since = new Map<string, string>();
  for (const { aliasId, occurredAt } of marks) {
    const objectId = objectIdOf.get(aliasId);
    if (objectId === undefined) continue;
    const known = since.get(objectId);
    const instant = occurredAt.toISOString();
    if (known === undefined || instant < known) since.set(objectId, instant);
  }
  return new Map(
    objects.map(({ objectId, type, firstOccurredAt }) => [
      objectId,
      { type, since: since.get(objectId) ?? firstOccurredAt },
    ]),
  );
}

type LinkLine = {
  activity_id: string;
  ordinal: number;
  occurred_at: Date;
  from_object_id: string;
  from_type: ObjectType;
  to_object_id: string;
  to_type: ObjectType;
  qualifier: string;
  amount: string | null;
  currency: string | null;
};

/**
 * Links that can have changed: those between two touched objects, since a new statement touches both its ends, and all
 * links of a regrouped object. The thousands of other links of a touched hub stay unread.
 */
async function projectLinks(
  tx: Tx,
  aliasIds: readonly string[],
  objectIds: readonly string[],
  regrouped: ReadonlySet<string>,
): Promise<DiffResult> {
  const lines = await tx.query<LinkLine>(
    `with moved as (
       select alias_id from object_alias where tenant_id = $1 and object_id = any($3::uuid[])
     ), stated as (
       select own.* from unnest($2::uuid[]) as asked(alias_id)
       cross join lateral (
         select * from link_statement
         where tenant_id = $1 and from_alias_id = asked.alias_id and to_alias_id = any($2::uuid[]) offset 0
       ) own
       union
       select leaving.* from moved cross join lateral (
         select * from link_statement where tenant_id = $1 and from_alias_id = moved.alias_id offset 0
       ) leaving
       union
       select coming.* from moved cross join lateral (
         select * from link_statement where tenant_id = $1 and to_alias_id = moved.alias_id offset 0
       ) coming
     )
     select l.activity_id, l.ordinal, a.occurred_at, l.qualifier, l.amount, l.currency,
            f.object_id as from_object_id, fo.type as from_type, t.object_id as to_object_id, too.type as to_type
     from stated l
     cross join lateral (
       select occurred_at from activity where tenant_id = $1 and activity_id = l.activity_id limit 1
     ) a
     cross join lateral (
       select object_id from object_alias where tenant_id = $1 and alias_id = l.from_alias_id limit 1
     ) f
     cross join lateral (select object_id from object_alias where tenant_id = $1 and alias_id = l.to_alias_id limit 1) t
     cross join lateral (select type from business_object where tenant_id = $1 and object_id = f.object_id limit 1) fo
     cross join lateral (select type from business_object where tenant_id = $1 and object_id = t.object_id limit 1) too`,
    [tx.tenantId, aliasIds, [...regrouped]],
  );
  const types = new Map(
    lines.flatMap((line) => [
      [line.from_object_id, line.from_type] as const,
      [line.to_object_id, line.to_type] as const,
    ]),
  );
  const links = mergeLinks(lines.map(resolvedLinkOf), (objectId) => types.get(objectId));
  const condition = `(t.from_object_id = any($2::uuid[]) and t.to_object_id = any($2::uuid[]))
    or t.from_object_id = any($3::uuid[]) or t.to_object_id = any($3::uuid[])`;
  return writeDiff(tx, OBJECT_LINK, { condition, params: [objectIds, [...regrouped]] }, links.map(toRow.link));
}

function resolvedLinkOf(line: LinkLine): ResolvedLink {
  const amount: Money | null =
    line.amount === null || line.currency === null ? null : { amount: line.amount, currency: line.currency };
  return {
    activityId: line.activity_id,
    ordinal: line.ordinal,
    occurredAt: line.occurred_at.toISOString(),
    fromObjectId: line.from_object_id,
    toObjectId: line.to_object_id,
    qualifier: line.qualifier,
    amount,
  };
}
