import type { ObjectType } from '@throughline/canonical';
import {
  type Identities,
  type ResolvedLink,
  type Workflow,
  describeObject,
  displayKeysOf,
  mergeLinks,
} from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import type { DirtyMark } from './dirty-marks.js';
import { identifyNames } from './identify-names.js';
import { type Noticed, joinNoticed, noticeWhole } from './noticed.js';
import { type DiffResult, writeDiff } from './row-diff.js';
import { BUSINESS_OBJECT, OBJECT_ALIAS, OBJECT_LINK, toRow } from './projection-tables.js';
import { readObjectIds } from './read-objects.js';
import { type StatementLine, aliasStatementOf, readStatements, statementsByObject } from './read-statements.js';
import { linksOfStatements } from './stated-links.js';

/** What became of the objects that marks speak of. */
export type ProjectedObjects = {
  /** Objects as they are now: type, and the earliest fact about them that may be new. */
  touched: ReadonlyMap<string, { type: ObjectType; since: string }>;
  /** Ids that were objects before and are none now: they merged, split or vanished. */
  vanished: readonly string[];
  /** Objects whose names are not those they had. */
  regrouped: ReadonlySet<string>;
  /** Objects computed whole, as something of them may have been unsaid. */
  reread: ReadonlySet<string>;
  /** Objects that a changed or vanished link leaves from. */
  relinked: ReadonlySet<string>;
  /** Both ends of changed or vanished links. */
  linkEnds: ReadonlySet<string>;
  tooManyAliases: readonly string[];
  noticed: Noticed;
};

/** What two steps of one projection did, the second after the first. */
export function joinProjected(first: ProjectedObjects, second: ProjectedObjects): ProjectedObjects {
  const touched = new Map(first.touched);
  for (const [objectId, { type, since }] of second.touched) {
    const known = touched.get(objectId);
    touched.set(objectId, { type, since: known !== undefined && known.since < since ? known.since : since });
  }
  const vanished = [...first.vanished, ...second.vanished].filter((objectId) => !second.touched.has(objectId));
  for (const objectId of second.vanished) touched.delete(objectId);
  return {
    touched,
    vanished: [...new Set(vanished)],
    regrouped: new Set([...first.regrouped, ...second.regrouped]),
    reread: new Set([...first.reread, ...second.reread]),
    relinked: new Set([...first.relinked, ...second.relinked]),
    linkEnds: new Set([...first.linkEnds, ...second.linkEnds]),
    tooManyAliases: [...new Set([...first.tooManyAliases, ...second.tooManyAliases])],
    noticed: joinNoticed(first.noticed, second.noticed),
  };
}

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
  const identities = await identifyNames(tx, lines.map(aliasStatementOf));
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
  const links = await projectLinks(tx, lines, identities.objectIdOf, everKnown, regrouped);
  const changedLinks = [...links.written, ...links.deleted];
  return {
    touched: touchedObjects(marks, identities.objectIdOf, objects),
    vanished: everKnown.filter((objectId) => !identities.objects.has(objectId)),
    regrouped,
    reread: new Set(objectIds),
    relinked: new Set(changedLinks.flatMap((key) => key['from_object_id'] ?? [])),
    linkEnds: new Set(changedLinks.flatMap((key) => [key['from_object_id'] ?? [], key['to_object_id'] ?? []].flat())),
    tooManyAliases: [...identities.objects.values()]
      .filter((object) => object.hasTooManyAliases)
      .map((object) => object.objectId),
    noticed: noticeWhole(identities, everKnown, objects, links.stated),
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
         select encode(substr(s.beside, i * 16 + 1, 16), 'hex')::uuid as alias_id
         from (
           select beside from alias_statement where tenant_id = $1 and alias_id = c.alias_id and beside is not null offset 0
         ) s
         cross join lateral generate_series(0, length(s.beside) / 16 - 1) as i
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

/**
 * Links that can have changed: those between two touched objects, since a new statement touches both its ends, and all
 * links of a regrouped object.
 */
async function projectLinks(
  tx: Tx,
  lines: readonly StatementLine[],
  objectIdOf: ReadonlyMap<string, string>,
  objectIds: readonly string[],
  regrouped: ReadonlySet<string>,
): Promise<DiffResult & { stated: ResolvedLink[] }> {
  const { links, types } = await linksOfStatements(tx, lines, objectIdOf, regrouped);
  const merged = mergeLinks(links, (objectId) => types.get(objectId));
  const condition = `(t.from_object_id = any($2::uuid[]) and t.to_object_id = any($2::uuid[]))
    or t.from_object_id = any($3::uuid[]) or t.to_object_id = any($3::uuid[])`;
  const scope = { condition, params: [objectIds, [...regrouped]] };
  return { ...(await writeDiff(tx, OBJECT_LINK, scope, merged.map(toRow.link))), stated: links };
}
