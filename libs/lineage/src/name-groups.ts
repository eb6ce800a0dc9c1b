import type { Alias, ObjectType, Uuid } from '@throughline/canonical';
import type { AliasStatement } from './alias-statements.js';
import { type SingleValued, hasTwoValues } from './contradictions.js';
import { joinComponents, rootOf } from './identity.js';

/** Names that new statements say are of one object, which is new itself or keeps the id that it is known by. */
export type NameGroup = {
  objectId: Uuid;
  type: ObjectType;
  isKnown: boolean;
  /** Names that it did not have before. */
  added: ReadonlyMap<Uuid, Alias>;
};

/** How names of new statements go with what is known. */
export type NameGroups = {
  groups: ReadonlyMap<Uuid, NameGroup>;
  objectIdOf: ReadonlyMap<Uuid, Uuid>;
  /** Names whose objects merge, get a lower id or contradict one another: identity has to be computed from all their statements. */
  regrouped: Uuid[];
};

type Component = { type: ObjectType; known: Set<Uuid>; names: Map<Uuid, Alias> };

/** Groups the names of new statements by what these statements and the objects that are known say of them. */
export function groupNames(
  statements: readonly AliasStatement[],
  knownObjectIdOf: ReadonlyMap<Uuid, Uuid>,
  isSingleValued: SingleValued = () => false,
): NameGroups {
  const components = [...collect(statements, knownObjectIdOf)];
  const kept = components.filter(
    ([root, { known, type, names }]) =>
      (known.size === 0 || (known.size === 1 && known.has(root))) &&
      !hasTwoValues(type, names.values(), isSingleValued),
  );
  const isKept = new Set(kept.map(([root]) => root));
  return {
    groups: new Map(
      kept.map(([root, { type, known, names }]) => [
        root,
        {
          objectId: root,
          type,
          isKnown: known.size > 0,
          added: new Map([...names].filter(([aliasId]) => !knownObjectIdOf.has(aliasId))),
        },
      ]),
    ),
    objectIdOf: new Map(kept.flatMap(([root, { names }]) => [...names.keys()].map((aliasId) => [aliasId, root]))),
    regrouped: components.flatMap(([root, { names }]) => (isKept.has(root) ? [] : [...names.keys()])),
  };
}

function collect(
  statements: readonly AliasStatement[],
  knownObjectIdOf: ReadonlyMap<Uuid, Uuid>,
): Map<Uuid, Component> {
  const parents = new Map<Uuid, Uuid>();
  const firstAt = new Map<string, Uuid>();
  for (const { activityId, position, aliasId, isAlone } of statements) {
    if (!parents.has(aliasId)) {
      parents.set(aliasId, aliasId);
      // An object's id is the lowest of its names, so it stands for all of them.
      const objectId = knownObjectIdOf.get(aliasId);
      if (objectId !== undefined) {
        if (!parents.has(objectId)) parents.set(objectId, objectId);
        joinComponents(parents, objectId, aliasId);
      }
    }
    if (isAlone) continue;
    const place = `${activityId}/${position}`;
    const first = firstAt.get(place);
    if (first === undefined) firstAt.set(place, aliasId);
    else joinComponents(parents, first, aliasId);
  }
  const components = new Map<Uuid, Component>();
  for (const { aliasId, objectType, alias } of statements) {
    const root = rootOf(parents, aliasId);
    const component = components.get(root) ?? { type: objectType, known: new Set(), names: new Map() };
    components.set(root, component);
    component.names.set(aliasId, alias);
    const objectId = knownObjectIdOf.get(aliasId);
    if (objectId !== undefined) component.known.add(objectId);
  }
  return components;
}
