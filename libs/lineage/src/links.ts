import { CONTEXT_TYPES, type Instant, type Money, type ObjectType, type Uuid } from '@throughline/canonical';
import type { SelfLink } from './findings.js';
import { compareRecorded } from './object-facts.js';

/** A statement of a link whose two names are resolved to objects. */
export type ResolvedLink = {
  activityId: Uuid;
  ordinal: number;
  occurredAt: Instant;
  recordedAt?: Instant | undefined;
  fromObjectId: Uuid;
  toObjectId: Uuid;
  qualifier: string;
  amount: Money | null;
};

/** A link between two objects, read as `to` qualifier `from`; points downstream. */
export type LinkState = {
  fromObjectId: Uuid;
  toObjectId: Uuid;
  qualifier: string;
  fromType: ObjectType;
  toType: ObjectType;
  /** Attached one step, never traversed. */
  isContext: boolean;
  amount: Money | null;
  firstOccurredAt: Instant;
  /** The activity that stated it first. */
  assertedBy: Uuid;
};

/** True when a link between these two types is context: one of its ends is master data or evidence, not a document. */
export function isContextLink(fromType: ObjectType, toType: ObjectType): boolean {
  return CONTEXT_TYPES.has(fromType) || CONTEXT_TYPES.has(toType);
}

/**
 * One link per (from, to, qualifier): the amount of its latest statement, at one time that of the latest record, the time and
 * activity of its earliest. A link of an object to itself, as a merge can make, is dropped.
 */
export function mergeLinks(
  statements: readonly ResolvedLink[],
  typeOf: (objectId: Uuid) => ObjectType | undefined,
): LinkState[] {
  const merged = new Map<string, LinkState>();
  const telling = new Map<string, ResolvedLink>();
  for (const statement of [...statements].sort(compareStatements)) {
    const { fromObjectId, toObjectId, qualifier } = statement;
    const fromType = typeOf(fromObjectId);
    const toType = typeOf(toObjectId);
    if (fromObjectId === toObjectId || fromType === undefined || toType === undefined) continue;
    const identity = `${fromObjectId}/${toObjectId}/${qualifier}`;
    const known = merged.get(identity);
    const told = telling.get(identity);
    if (statement.amount !== null && (told === undefined || compareTelling(told, statement) < 0))
      telling.set(identity, statement);
    merged.set(identity, {
      fromObjectId,
      toObjectId,
      qualifier,
      fromType,
      toType,
      isContext: isContextLink(fromType, toType),
      amount: telling.get(identity)?.amount ?? null,
      firstOccurredAt: known?.firstOccurredAt ?? statement.occurredAt,
      assertedBy: known?.assertedBy ?? statement.activityId,
    });
  }
  return [...merged.values()];
}

/** Statements of links whose two ends are one object, as a merge can make them. */
export function selfLinksOf(statements: readonly ResolvedLink[]): SelfLink[] {
  return statements.flatMap(({ fromObjectId, toObjectId, qualifier }) =>
    fromObjectId === toObjectId ? [{ objectId: fromObjectId, qualifier }] : [],
  );
}

/** Of statements of an amount the one that counts last. */
export function compareTelling(left: ResolvedLink, right: ResolvedLink): number {
  if (left.occurredAt !== right.occurredAt) return left.occurredAt < right.occurredAt ? -1 : 1;
  return compareRecorded(left, right) || compareStatements(left, right);
}

/** Earlier ones first; at one time by activity, then by their place in it. */
export function compareStatements(left: ResolvedLink, right: ResolvedLink): number {
  if (left.occurredAt !== right.occurredAt) return left.occurredAt < right.occurredAt ? -1 : 1;
  if (left.activityId !== right.activityId) return left.activityId < right.activityId ? -1 : 1;
  return left.ordinal - right.ordinal;
}
