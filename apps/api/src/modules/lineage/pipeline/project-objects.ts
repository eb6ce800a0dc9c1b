import type { Money, ObjectType } from '@throughline/canonical';
import {
  type AliasStatement,
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
  const aliases = [...identities.objects.values()].flatMap(({ objectId, aliases: names }) =>
    [...names].map(([aliasId, name]) => ({ aliasId, objectId, ...name })),
  );
  await writeDiff(
    tx,
    OBJECT_ALIAS,
    { condition: 't.alias_id = any($2::uuid[])', params: [aliasIds] },
    aliases.map(toRow.alias),
  );

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

/** Every alias of every component that the given ones belong to now or belonged to in the last projection. */
async function expandToComponents(tx: Tx, aliasIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `with recursive component(alias_id) as (
       select unnest($2::uuid[])
       union
       select near.alias_id from component c cross join lateral (
         select other.alias_id
         from alias_statement s
         join alias_statement other on other.tenant_id = $1 and other.activity_id = s.activity_id and other.position = s.position
         where s.tenant_id = $1 and s.alias_id = c.alias_id and not s.is_alone
         union all
         select beside.alias_id
         from object_alias own
         join object_alias beside on beside.tenant_id = $1 and beside.object_id = own.object_id
         where own.tenant_id = $1 and own.alias_id = c.alias_id
       ) near
     )
     select alias_id as id from component order by alias_id`,
    [tx.tenantId, aliasIds],
  );
  return rows.map((row) => row.id);
}

function readStatements(tx: Tx, aliasIds: readonly string[]): Promise<StatementLine[]> {
  return tx.query<StatementLine>(
    `select s.activity_id, s.position, s.alias_id, s.is_subject, s.is_alone, s.occurred_at, s.object_type,
            s.system, s.kind, s.scope, s.value, 
            nullif((a.objects->s.position) - '{type,qualifier,aliases}'::text[], '{}'::jsonb) as stated
     from alias_statement s
     join activity a on a.tenant_id = $1 and a.activity_id = s.activity_id
     where s.tenant_id = $1 and s.alias_id = any($2::uuid[])`,
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
       select * from link_statement where tenant_id = $1 and from_alias_id = any($2::uuid[]) and to_alias_id = any($2::uuid[])
       union
       select * from link_statement where tenant_id = $1 and from_alias_id in (select alias_id from moved)
       union
       select * from link_statement where tenant_id = $1 and to_alias_id in (select alias_id from moved)
     )
     select l.activity_id, l.ordinal, a.occurred_at, l.qualifier, l.amount, l.currency,
            f.object_id as from_object_id, fo.type as from_type, t.object_id as to_object_id, too.type as to_type
     from stated l
     join activity a on a.tenant_id = $1 and a.activity_id = l.activity_id
     join object_alias f on f.tenant_id = $1 and f.alias_id = l.from_alias_id
     join object_alias t on t.tenant_id = $1 and t.alias_id = l.to_alias_id
     join business_object fo on fo.tenant_id = $1 and fo.object_id = f.object_id
     join business_object too on too.tenant_id = $1 and too.object_id = t.object_id`,
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
