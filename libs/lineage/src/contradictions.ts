import type { Alias, Instant, ObjectType, Uuid } from '@throughline/canonical';
import type { AliasStatement } from './alias-statements.js';
import { type Identities, type ObjectIdentity, collectComponents, joinComponents, rootOf } from './identity.js';

/** What decides which of two contradicting statements applies: the lower trust first, then the earlier. */
export type StatementOrigin = { trust: number; occurredAt: Instant };

/** A statement that was left out: it would have given one object two values of a key that it has one of. */
export type Contradiction = {
  activityId: Uuid;
  position: number;
  occurredAt: Instant;
  /** The names that it states of one object, and that stay apart. */
  aliasIds: readonly Uuid[];
  /** The key that would have had two values. */
  key: { system: string; kind: string; scope: string };
  values: readonly [string, string];
};

/** Which names belong to which object, and what was left out because it contradicts the rest. */
export type SettledIdentities = Identities & { contradictions: readonly Contradiction[] };

/** Whether an object has at most one value of this key, per system and scope. */
export type SingleValued = (type: ObjectType, alias: Alias) => boolean;

type Place = { activityId: Uuid; position: number; aliasIds: Uuid[] };
/** Values of single-valued keys in one component. */
type Slots = Map<string, string>;

/** Objects that would have two values of a single-valued key if everything that is said of their names applied. */
export function contradictedObjects(identities: Identities, isSingleValued: SingleValued): ObjectIdentity[] {
  return [...identities.objects.values()].filter(
    ({ type, aliases }) => aliases.size > 1 && hasTwoValues(type, aliases.values(), isSingleValued),
  );
}

/** Whether names of one object give it two values of a single-valued key. */
export function hasTwoValues(type: ObjectType, names: Iterable<Alias>, isSingleValued: SingleValued): boolean {
  const slots: Slots = new Map();
  for (const alias of names) {
    if (!isSingleValued(type, alias)) continue;
    const known = slots.get(slotOf(alias));
    if (known !== undefined && known !== alias.value) return true;
    slots.set(slotOf(alias), alias.value);
  }
  return false;
}

/**
 * Identity without what contradicts itself: the statements about each contradicted object apply one after another in the order
 * of trust, time and activity, over the whole set, and one that would give an object two values of a single-valued key is left
 * out. Depends on the set of statements alone.
 */
export function settleIdentities(
  identities: Identities,
  statements: readonly AliasStatement[],
  isSingleValued: SingleValued,
  originOf: (activityId: Uuid, type: ObjectType) => StatementOrigin,
): SettledIdentities {
  const contradicted = contradictedObjects(identities, isSingleValued);
  if (contradicted.length === 0) return { ...identities, contradictions: [] };
  const objects = new Map(identities.objects);
  const objectIdOf = new Map(identities.objectIdOf);
  const contradictions: Contradiction[] = [];
  const placesOf = placesByObject(statements, identities, new Set(contradicted.map(({ objectId }) => objectId)));
  for (const whole of contradicted) {
    const settled = settle(whole, placesOf.get(whole.objectId) ?? [], isSingleValued, originOf);
    contradictions.push(...settled.contradictions);
    objects.delete(whole.objectId);
    for (const [objectId, object] of settled.objects) objects.set(objectId, object);
    for (const [aliasId, objectId] of settled.objectIdOf) objectIdOf.set(aliasId, objectId);
  }
  return { objects, objectIdOf, contradictions };
}

function settle(
  { type, aliases }: ObjectIdentity,
  places: readonly Place[],
  isSingleValued: SingleValued,
  originOf: (activityId: Uuid, type: ObjectType) => StatementOrigin,
): SettledIdentities {
  const parents = new Map([...aliases.keys()].map((aliasId) => [aliasId, aliasId]));
  const slotsOf = new Map<Uuid, Slots>();
  for (const [aliasId, alias] of aliases)
    slotsOf.set(aliasId, isSingleValued(type, alias) ? new Map([[slotOf(alias), alias.value]]) : new Map());
  const contradictions: Contradiction[] = [];
  for (const { origin, ...place } of inOrder(places, type, originOf)) {
    const roots = [...new Set(place.aliasIds.map((aliasId) => rootOf(parents, aliasId)))];
    const joined = joinSlots(roots.map((root) => slotsOf.get(root) ?? new Map()));
    if ('slot' in joined) {
      const [system = '', kind = '', scope = ''] = JSON.parse(joined.slot) as string[];
      const key = { system, kind, scope };
      contradictions.push({ ...place, occurredAt: origin.occurredAt, key, values: joined.values });
      continue;
    }
    for (const root of roots.slice(1)) joinComponents(parents, roots[0]!, root);
    slotsOf.set(rootOf(parents, roots[0]!), joined.slots);
  }
  const named = new Map([...aliases].map(([aliasId, alias]) => [aliasId, { type, alias }]));
  return { ...collectComponents(parents, named), contradictions };
}

function joinSlots(parts: readonly Slots[]): { slots: Slots } | { slot: string; values: [string, string] } {
  const slots: Slots = new Map();
  // In the order of their texts, so that the key which is named does not depend on the order of arrival.
  for (const [slot, value] of parts.flatMap((part) => [...part]).sort(compareEntries)) {
    const known = slots.get(slot);
    if (known !== undefined && known !== value) return { slot, values: [known, value] };
    slots.set(slot, value);
  }
  return { slots };
}

function placesByObject(
  statements: readonly AliasStatement[],
  { objectIdOf }: Identities,
  wanted: ReadonlySet<Uuid>,
): Map<Uuid, Place[]> {
  const places = new Map<string, Place>();
  const byObject = new Map<Uuid, Place[]>();
  for (const { activityId, position, aliasId } of statements) {
    const objectId = objectIdOf.get(aliasId);
    if (objectId === undefined || !wanted.has(objectId)) continue;
    const key = `${activityId}/${position}`;
    const known = places.get(key);
    if (known !== undefined) {
      if (!known.aliasIds.includes(aliasId)) known.aliasIds.push(aliasId);
      continue;
    }
    const place = { activityId, position, aliasIds: [aliasId] };
    places.set(key, place);
    const ofObject = byObject.get(objectId);
    if (ofObject === undefined) byObject.set(objectId, [place]);
    else ofObject.push(place);
  }
  return byObject;
}

function inOrder(
  places: readonly Place[],
  type: ObjectType,
  originOf: (activityId: Uuid, type: ObjectType) => StatementOrigin,
): (Place & { origin: StatementOrigin })[] {
  return places
    .filter(({ aliasIds }) => aliasIds.length > 1)
    .map((place) => ({
      ...place,
      aliasIds: [...place.aliasIds].sort(),
      origin: originOf(place.activityId, type),
    }))
    .sort(
      (left, right) =>
        left.origin.trust - right.origin.trust ||
        compareText(left.origin.occurredAt, right.origin.occurredAt) ||
        compareText(left.activityId, right.activityId) ||
        left.position - right.position,
    );
}

function slotOf({ system, kind, scope }: Alias): string {
  return JSON.stringify([system, kind, scope]);
}

function compareEntries(left: [string, string], right: [string, string]): number {
  return compareText(left[0], right[0]) || compareText(left[1], right[1]);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
