import {
  type Contradiction,
  type ObjectState,
  type ResolvedLink,
  type SelfLink,
  type SettledIdentities,
  concernsOwnership,
  dutyEndOf,
  hasNotes,
  selfLinksOf,
} from '@throughline/lineage';
import type { FreshFacts } from './fresh-facts.js';
import { MASTER_DATA_RULES } from './master-data-rules.js';

/**
 * What the projection of objects saw in passing that may be a finding, without a look into the database: of most facts, nothing.
 */
export type Noticed = {
  /** Objects computed whole, and those that are none any more: their findings may have ended. */
  wholeIds: readonly string[];
  /** Objects of which something was stated that findings are told from. */
  suspectIds: readonly string[];
  contradictions: readonly Contradiction[];
  /** Today's objects of the names in these contradictions. */
  objectIdOf: ReadonlyMap<string, string>;
  selfLinks: readonly SelfLink[];
  /** Objects at which links say who did what, or to which they pass that on. */
  dutyIds: readonly string[];
};

export const NOTHING_NOTICED: Noticed = {
  wholeIds: [],
  suspectIds: [],
  contradictions: [],
  objectIdOf: new Map(),
  selfLinks: [],
  dutyIds: [],
};

/** What two steps of one projection noticed. */
export function joinNoticed(first: Noticed, second: Noticed): Noticed {
  return {
    wholeIds: [...first.wholeIds, ...second.wholeIds],
    suspectIds: [...first.suspectIds, ...second.suspectIds],
    contradictions: [...first.contradictions, ...second.contradictions],
    objectIdOf: new Map([...first.objectIdOf, ...second.objectIdOf]),
    selfLinks: [...first.selfLinks, ...second.selfLinks],
    dutyIds: [...first.dutyIds, ...second.dutyIds],
  };
}

/** Of objects that are computed from all their statements. */
export function noticeWhole(
  { contradictions, objectIdOf }: SettledIdentities,
  everKnown: readonly string[],
  objects: readonly ObjectState[],
  links: readonly ResolvedLink[],
): Noticed {
  return {
    wholeIds: everKnown,
    suspectIds: objects.flatMap(({ objectId, type, attributes }) =>
      concernsOwnership(MASTER_DATA_RULES, type) || hasNotes(attributes) ? [objectId] : [],
    ),
    contradictions,
    objectIdOf: contradictions.length === 0 ? NOTHING_NOTICED.objectIdOf : objectIdOf,
    selfLinks: selfLinksOf(links),
    dutyIds: links.flatMap(({ qualifier, fromObjectId, toObjectId }) => {
      const end = dutyEndOf(qualifier);
      return end === null ? [] : [end === 'to' ? toObjectId : fromObjectId];
    }),
  };
}

/** Of new facts that are added to what is known. */
export function noticeFresh(facts: FreshFacts, objectIdOf: ReadonlyMap<string, string>): Noticed {
  const suspects = facts.names.flatMap(({ aliasId, objectType, isSubject, stated }) => {
    const isOwned = isSubject && concernsOwnership(MASTER_DATA_RULES, objectType);
    return isOwned || hasNotes(stated.attributes) ? (objectIdOf.get(aliasId) ?? []) : [];
  });
  const selfLinks = facts.links.flatMap(({ fromAliasId, toAliasId, qualifier }) => {
    const objectId = objectIdOf.get(fromAliasId);
    return objectId !== undefined && objectId === objectIdOf.get(toAliasId) ? [{ objectId, qualifier }] : [];
  });
  const dutyIds = facts.links.flatMap(({ fromAliasId, toAliasId, qualifier }) => {
    const end = dutyEndOf(qualifier);
    return end === null ? [] : (objectIdOf.get(end === 'to' ? toAliasId : fromAliasId) ?? []);
  });
  return { ...NOTHING_NOTICED, suspectIds: [...new Set(suspects)], selfLinks, dutyIds };
}
