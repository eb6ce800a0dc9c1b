import type {
  ActivityObject,
  Alias,
  Direction,
  Instant,
  Money,
  ObjectType,
  Outcome,
  Uuid,
} from '@throughline/canonical';
import { type Happened, addHappened } from './happened.js';
import type { ObjectIdentity } from './identity.js';
import type { DisplayKeys } from './workflow.js';

/** What one activity states about one object. */
export type ObjectStatement = {
  activityId: Uuid;
  activityType: string;
  outcome: Outcome;
  position: number;
  occurredAt: Instant;
  /** When the record of it was made, where the source says: see Activity. */
  recordedAt?: Instant | undefined;
  isSubject: boolean;
  stated: Pick<ActivityObject, 'legalEntity' | 'counterparty' | 'amount' | 'direction' | 'attributes'>;
};

/** What decides which of two statements counts. */
export type Strength = Pick<
  ObjectStatement,
  'outcome' | 'isSubject' | 'occurredAt' | 'recordedAt' | 'activityId' | 'position'
>;

/** A business object as the facts describe it. */
export type ObjectState = {
  objectId: Uuid;
  type: ObjectType;
  /** The name people know it by. */
  key: string;
  legalEntity: string | null;
  counterparty: string | null;
  amount: Money | null;
  direction: Direction | null;
  attributes: Readonly<Record<string, string>>;
  /** Known by reference only: no activity had it as its subject. */
  isPlaceholder: boolean;
  firstOccurredAt: Instant;
  lastOccurredAt: Instant;
  /** What happened to it, as long as all of it succeeded and it is not much; null = to be read from the statements. */
  happened: readonly Happened[] | null;
};

/**
 * Merges what activities state about one object: each field on its own, what succeeded before what failed, what is stated of a
 * subject before what is said in passing, then the latest (occurredAt, recordedAt, activityId). Depends on the set of statements alone.
 */
export function describeObject(
  identity: ObjectIdentity,
  statements: readonly ObjectStatement[],
  displayKeys: DisplayKeys,
): ObjectState {
  // Weakest first, so that a later assignment wins.
  const ordered = [...statements].sort(compareStrength);
  const state = {
    legalEntity: null as string | null,
    counterparty: null as string | null,
    amount: null as Money | null,
    direction: null as Direction | null,
  };
  const attributes = new Map<string, string>();
  let firstOccurredAt: Instant | null = null;
  let lastOccurredAt: Instant | null = null;
  for (const { stated, occurredAt } of ordered) {
    state.legalEntity = stated.legalEntity ?? state.legalEntity;
    state.counterparty = stated.counterparty ?? state.counterparty;
    state.amount = stated.amount ?? state.amount;
    state.direction = stated.direction ?? state.direction;
    for (const [name, value] of Object.entries(stated.attributes ?? {})) attributes.set(name, value);
    if (firstOccurredAt === null || occurredAt < firstOccurredAt) firstOccurredAt = occurredAt;
    if (lastOccurredAt === null || occurredAt > lastOccurredAt) lastOccurredAt = occurredAt;
  }
  if (firstOccurredAt === null || lastOccurredAt === null)
    throw new RangeError('an object needs at least one statement');
  return {
    objectId: identity.objectId,
    type: identity.type,
    key: displayKey(identity, displayKeys),
    ...state,
    attributes: Object.fromEntries([...attributes].sort(([left], [right]) => (left < right ? -1 : 1))),
    isPlaceholder: !statements.some((statement) => statement.isSubject),
    firstOccurredAt,
    lastOccurredAt,
    happened: addHappened([], statements),
  };
}

/** The name to show: the first preferred (system, kind) it has, else the lowest name in text order. */
export function displayKey(identity: ObjectIdentity, displayKeys: DisplayKeys): string {
  const sorted = [...identity.aliases.values()].sort(compareAliases);
  for (const preferred of displayKeys.get(identity.type) ?? []) {
    const found = sorted.find((alias) => alias.system === preferred.system && alias.kind === preferred.kind);
    if (found) return found.value;
  }
  const [lowest] = sorted;
  if (!lowest) throw new RangeError('an object needs at least one name');
  return lowest.value;
}

/**
 * How much a statement's word counts, whenever it was said: one of a higher standing is never replaced by one of a lower. An
 * attempt that failed established nothing: it speaks only where nothing that succeeded does.
 */
export function standingOf({ outcome, isSubject }: Pick<Strength, 'outcome' | 'isSubject'>): number {
  return (outcome === 'failure' ? 0 : 2) + (isSubject ? 1 : 0);
}

/** Weaker statements first. */
export function compareStrength(left: Strength, right: Strength): number {
  return (
    standingOf(left) - standingOf(right) ||
    compareText(left.occurredAt, right.occurredAt) ||
    compareRecorded(left, right) ||
    compareText(left.activityId, right.activityId) ||
    // Two places of one activity can turn out to be one object: the first place speaks.
    right.position - left.position
  );
}

/** Of what is told of one time, records made earlier first, and before them those that do not say when they were made. */
export function compareRecorded(left: Pick<Strength, 'recordedAt'>, right: Pick<Strength, 'recordedAt'>): number {
  return compareText(left.recordedAt ?? '', right.recordedAt ?? '');
}

function compareAliases(left: Alias, right: Alias): number {
  return (
    compareText(left.system, right.system) ||
    compareText(left.kind, right.kind) ||
    compareText(left.scope, right.scope) ||
    compareText(left.value, right.value)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
