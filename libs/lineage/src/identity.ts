import type { Alias, ObjectType, Uuid } from '@throughline/canonical';
import type { AliasStatement } from './alias-statements.js';

/** More names than this on one object is a finding: a shared key has probably joined what does not belong together. */
export const MOST_ALIASES_PER_OBJECT = 200;

/** One object as its names define it. */
export type ObjectIdentity = {
  /** The lowest alias id, so that an earlier id of a merged object is one of its alias ids. */
  objectId: Uuid;
  type: ObjectType;
  aliases: ReadonlyMap<Uuid, Alias>;
  hasTooManyAliases: boolean;
};

/** Which names belong to which object. */
export type Identities = {
  objectIdOf: ReadonlyMap<Uuid, Uuid>;
  objects: ReadonlyMap<Uuid, ObjectIdentity>;
};

/**
 * Joins names that one activity states of one object, transitively. The result depends on the set of statements alone:
 * each component is the closure of a symmetric relation, and its id a minimum.
 */
export function identifyObjects(statements: readonly AliasStatement[]): Identities {
  const parents = new Map<Uuid, Uuid>();
  const named = new Map<Uuid, { type: ObjectType; alias: Alias }>();
  const firstAt = new Map<string, Uuid>();
  for (const { activityId, position, aliasId, objectType, alias } of statements) {
    if (!parents.has(aliasId)) parents.set(aliasId, aliasId);
    named.set(aliasId, { type: objectType, alias });
    const place = `${activityId}/${position}`;
    const first = firstAt.get(place);
    if (first === undefined) firstAt.set(place, aliasId);
    else joinComponents(parents, first, aliasId);
  }
  return collectComponents(parents, named);
}

/** Objects from names that were joined. */
export function collectComponents(
  parents: Map<Uuid, Uuid>,
  named: ReadonlyMap<Uuid, { type: ObjectType; alias: Alias }>,
): Identities {
  const objectIdOf = new Map<Uuid, Uuid>();
  const members = new Map<Uuid, Map<Uuid, Alias>>();
  const types = new Map<Uuid, ObjectType>();
  for (const [aliasId, { type, alias }] of named) {
    const objectId = rootOf(parents, aliasId);
    objectIdOf.set(aliasId, objectId);
    types.set(objectId, type);
    const aliases = members.get(objectId) ?? new Map<Uuid, Alias>();
    members.set(objectId, aliases.set(aliasId, alias));
  }
  const objects = new Map<Uuid, ObjectIdentity>();
  for (const [objectId, type] of types) {
    const aliases = members.get(objectId) ?? new Map<Uuid, Alias>();
    objects.set(objectId, { objectId, type, aliases, hasTooManyAliases: aliases.size > MOST_ALIASES_PER_OBJECT });
  }
  return { objectIdOf, objects };
}

/** The lowest id of the component that the given one is in. */
export function rootOf(parents: Map<Uuid, Uuid>, aliasId: Uuid): Uuid {
  let root = aliasId;
  for (let parent = parents.get(root); parent !== undefined && parent !== root; parent = parents.get(root))
    root = parent;
  for (let step = aliasId; step !== root;) {
    const next = parents.get(step) ?? root;
    parents.set(step, root);
    step = next;
  }
  return root;
}

/** Makes two components one. */
export function joinComponents(parents: Map<Uuid, Uuid>, left: Uuid, right: Uuid): void {
  const a = rootOf(parents, left);
  const b = rootOf(parents, right);
  // The lower id stays root, so that every root is the lowest id of its component.
  if (a < b) parents.set(b, a);
  else if (b < a) parents.set(a, b);
}
