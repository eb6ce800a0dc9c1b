import {
  CONTEXT_TYPES,
  type Instant,
  type Money,
  type ObjectType,
  type Outcome,
  type Uuid,
} from '@throughline/canonical';
import type { SelfLink } from './findings.js';
import { grouped } from './money/grouped.js';
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
  outcome: Outcome;
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
  /** When something that succeeded first stated it; null = only attempts that failed do. */
  establishedAt: Instant | null;
  /** The activity that stated it first. */
  assertedBy: Uuid;
};

/** True when a link between these two types is context: one of its ends is master data or evidence, not a document. */
export function isContextLink(fromType: ObjectType, toType: ObjectType): boolean {
  return CONTEXT_TYPES.has(fromType) || CONTEXT_TYPES.has(toType);
}

/**
 * One link per (from, to, qualifier): the amount of its latest statement, at one time that of the latest record, the time and
 * activity of its earliest. Once something that succeeded states it, the amounts of failed attempts do not count. A link of an
 * object to itself, as a merge can make, is dropped.
 */
export function mergeLinks(
  statements: readonly ResolvedLink[],
  typeOf: (objectId: Uuid) => ObjectType | undefined,
): LinkState[] {
  const ofLinks = grouped([...statements].sort(compareStatements), keyOf);
  return [...ofLinks.values()].flatMap((ofLink): LinkState[] => {
    const [first] = ofLink;
    if (first === undefined) return [];
    const { fromObjectId, toObjectId, qualifier, occurredAt, activityId } = first;
    const [fromType, toType] = [typeOf(fromObjectId), typeOf(toObjectId)];
    if (fromObjectId === toObjectId || fromType === undefined || toType === undefined) return [];
    return [
      {
        fromObjectId,
        toObjectId,
        qualifier,
        fromType,
        toType,
        isContext: isContextLink(fromType, toType),
        ...carriedBy(ofLink),
        firstOccurredAt: occurredAt,
        assertedBy: activityId,
      },
    ];
  });
}

function keyOf({ fromObjectId, toObjectId, qualifier }: ResolvedLink): string {
  return `${fromObjectId}/${toObjectId}/${qualifier}`;
}

/** What a link carries, and since when. */
export type Carried = Pick<LinkState, 'amount' | 'establishedAt'>;

/** What statements of one link make of it: an attempt that failed speaks only where nothing that succeeded does. */
export function carriedBy(statements: readonly ResolvedLink[]): Carried {
  const succeeded = statements.filter(({ outcome }) => outcome === 'success');
  const speaking = succeeded.length > 0 ? succeeded : statements;
  return {
    amount: [...speaking].sort(compareTelling).findLast(({ amount }) => amount !== null)?.amount ?? null,
    establishedAt: succeeded.map(({ occurredAt }) => occurredAt).sort()[0] ?? null,
  };
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
