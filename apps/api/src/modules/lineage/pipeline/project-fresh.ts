import type { Alias } from '@throughline/canonical';
import {
  MOST_ALIASES_PER_OBJECT,
  type NameGroup,
  type NameGroups,
  type ObjectState,
  type ObjectStatement,
  type Workflow,
  advanceObject,
  describeObject,
  displayKey,
  displayKeysOf,
  groupNames,
} from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import type { DirtyMark } from './dirty-marks.js';
import type { FreshFacts, FreshName } from './fresh-facts.js';
import { contradictedNames, isOneOfItsKind } from './identify-names.js';
import { noticeFresh } from './noticed.js';
import { projectFreshLinks } from './project-fresh-links.js';
import { type ProjectedObjects, joinProjected, projectObjects } from './project-objects.js';
import { BUSINESS_OBJECT, OBJECT_ALIAS, toRow } from './projection-tables.js';
import { readAliases, readObjectIds, readObjects } from './read-objects.js';
import { readStatements, statementsByObject } from './read-statements.js';
import { writeRows } from './row-diff.js';
import { earliestOf, earliestTimes } from './stated-activity.js';

/**
 * Adds new facts to the objects and links that are known, with the result that projecting them whole would have: each field of
 * an object or a link is that of its strongest statement, so a new one need only be compared with what is there. What cannot be
 * told in this way (objects that merge, a field stated out of order) is computed from all its statements.
 */
export async function projectFresh(
  tx: Tx,
  facts: FreshFacts,
  workflows: readonly Workflow[],
): Promise<ProjectedObjects> {
  const aliasIds = [...new Set(facts.names.map((name) => name.aliasId))];
  let named = groupNames(facts.names, await readObjectIds(tx, aliasIds), isOneOfItsKind);
  const regrouped = new Set([...named.regrouped, ...(await contradictedNames(tx, named))]);
  const whole =
    regrouped.size === 0
      ? null
      : await projectObjects(tx, marksOf(facts.names.filter(({ aliasId }) => regrouped.has(aliasId))), workflows);
  if (whole !== null) named = await groupSettledNames(tx, facts.names, aliasIds, whole.touched);
  const groups = [...named.groups.values()].filter(({ objectId }) => whole?.touched.has(objectId) !== true);
  const tooManyAliases = await writeGroups(tx, groups, freshStatements(facts.names, named.objectIdOf), workflows);
  const changedLinks = await projectFreshLinks(tx, facts, named.objectIdOf);
  const since = earliestTimes(
    facts.names.map(({ aliasId, occurredAt }) => [named.objectIdOf.get(aliasId) ?? '', occurredAt]),
  );
  const added: ProjectedObjects = {
    touched: new Map(groups.map(({ objectId, type }) => [objectId, { type, since: since.get(objectId) ?? '' }])),
    vanished: [],
    regrouped: new Set(),
    reread: new Set(),
    relinked: new Set(changedLinks.map(({ fromObjectId }) => fromObjectId)),
    linkEnds: new Set(changedLinks.flatMap(({ fromObjectId, toObjectId }) => [fromObjectId, toObjectId])),
    tooManyAliases,
    noticed: noticeFresh(facts, named.objectIdOf),
  };
  return whole === null ? added : joinProjected(whole, added);
}

/**
 * The groups after identity was computed of names that merge or contradict one another. Names that contradict what is known are
 * of several objects still, all of which have been computed.
 */
async function groupSettledNames(
  tx: Tx,
  names: readonly FreshName[],
  aliasIds: readonly string[],
  computed: ProjectedObjects['touched'],
): Promise<NameGroups> {
  const known = await readObjectIds(tx, aliasIds);
  const named = groupNames(names, known);
  const apart = named.regrouped.flatMap((aliasId) => {
    const objectId = known.get(aliasId);
    if (objectId === undefined || !computed.has(objectId))
      throw new Error('names are still of several objects after their identity was computed');
    return [[aliasId, objectId] as const];
  });
  return apart.length === 0 ? named : { ...named, objectIdOf: new Map([...named.objectIdOf, ...apart]) };
}

/** The names as marks, each with the earliest time at which it is spoken of. */
export function marksOf(names: readonly FreshName[]): DirtyMark[] {
  return earliestOf(names).map(({ aliasId, occurredAt }) => ({ aliasId, occurredAt: new Date(occurredAt) }));
}

/** Writes new names and the objects that differ; answers those with suspiciously many names. */
async function writeGroups(
  tx: Tx,
  groups: readonly NameGroup[],
  statements: ReadonlyMap<string, ObjectStatement[]>,
  workflows: readonly Workflow[],
): Promise<string[]> {
  await writeRows(
    tx,
    OBJECT_ALIAS,
    groups.flatMap(({ objectId, added }) =>
      [...added].map(([aliasId, alias]) => toRow.alias({ aliasId, objectId, ...alias })),
    ),
  );
  const known = await readObjects(
    tx,
    groups.flatMap(({ objectId, isKnown }) => (isKnown ? [objectId] : [])),
  );
  const renamed = groups.filter(({ objectId, added }) => known.has(objectId) && added.size > 0);
  const aliases = await readAliases(
    tx,
    renamed.map(({ objectId }) => objectId),
  );
  const displayKeys = displayKeysOf(workflows);
  const changed: ObjectState[] = [];
  const undecided: NameGroup[] = [];
  for (const group of groups) {
    const { objectId, type } = group;
    const before = known.get(objectId);
    const stated = statements.get(objectId) ?? [];
    if (before === undefined && !group.isKnown) {
      changed.push(describeObject(identityOf(objectId, type, group.added), stated, displayKeys));
      continue;
    }
    const names = aliases.get(objectId);
    const key = names === undefined ? before?.key : displayKey(identityOf(objectId, type, names), displayKeys);
    const after = before === undefined ? null : advanceObject(before, stated, key);
    if (after === null) undecided.push(group);
    else if (after !== before) changed.push(after);
  }
  changed.push(...(await describeWhole(tx, undecided, workflows)));
  await writeRows(tx, BUSINESS_OBJECT, changed.map(toRow.object));
  return groups.flatMap(({ objectId, added }) =>
    (aliases.get(objectId) ?? added).size > MOST_ALIASES_PER_OBJECT ? [objectId] : [],
  );
}

async function describeWhole(
  tx: Tx,
  groups: readonly NameGroup[],
  workflows: readonly Workflow[],
): Promise<ObjectState[]> {
  if (groups.length === 0) return [];
  const aliases = await readAliases(
    tx,
    groups.map(({ objectId }) => objectId),
  );
  const objectIdOf = new Map(
    [...aliases].flatMap(([objectId, names]) => [...names.keys()].map((aliasId) => [aliasId, objectId] as const)),
  );
  const statements = statementsByObject(await readStatements(tx, [...objectIdOf.keys()]), objectIdOf);
  const displayKeys = displayKeysOf(workflows);
  return groups.map(({ objectId, type }) =>
    describeObject(
      identityOf(objectId, type, aliases.get(objectId) ?? new Map()),
      statements.get(objectId) ?? [],
      displayKeys,
    ),
  );
}

function identityOf(objectId: string, type: NameGroup['type'], aliases: ReadonlyMap<string, Alias>) {
  return { objectId, type, aliases, hasTooManyAliases: aliases.size > MOST_ALIASES_PER_OBJECT };
}

/** One statement per place of an activity, whatever number of names the object has there. */
function freshStatements(
  names: readonly FreshName[],
  objectIdOf: ReadonlyMap<string, string>,
): Map<string, ObjectStatement[]> {
  const statements = new Map<string, ObjectStatement[]>();
  let last: FreshName | undefined;
  for (const name of names) {
    // Names of one place come one after another.
    const isSamePlace = last?.activityId === name.activityId && last.position === name.position;
    last = name;
    const objectId = objectIdOf.get(name.aliasId);
    if (isSamePlace || objectId === undefined) continue;
    const known = statements.get(objectId);
    if (known === undefined) statements.set(objectId, [name]);
    else known.push(name);
  }
  return statements;
}
