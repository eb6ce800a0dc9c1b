import type { Instant, ObjectType, Uuid } from '@throughline/canonical';
import { type AttributeStatement, inTime, statedValues } from './attribute-history.js';
import type { LineageFinding } from './findings.js';
import {
  type MasterDataRules,
  type OwnedAttribute,
  type SystemKindOf,
  type SystemOfRecord,
  normalisedValue,
} from './master-data-rules.js';

/** What one system says of an attribute, last, and since when. */
type Copy = { system: string; value: string; same: string; occurredAt: Instant; activityId: Uuid };

/** A copy that departed from what its owner said at the time. */
type Departure = { copy: Copy; owner: Copy };

/**
 * What systems disagree about in one object: an attribute changed by a system that does not own it, while that still differs
 * from what the owner says, and copies that differ, by the latest value per system. Reads what the object was the subject of
 * and what succeeded: what is said in passing is no copy of it, and an attempt that failed no change. Depends on the set of statements alone.
 */
export function masterDataFindings(
  object: { objectId: Uuid; type: ObjectType },
  statements: readonly AttributeStatement[],
  rules: MasterDataRules,
  kindOf: SystemKindOf,
): LineageFinding[] {
  const systems = rules.systemsOfRecord.get(object.type);
  if (systems === undefined) return [];
  const ordered = inTime(statements.filter(({ isSubject, outcome }) => isSubject && outcome === 'success'));
  return systems.flatMap((record) =>
    record.attributes.flatMap((attribute) => findingsOf(object.objectId, attribute, record, ordered, kindOf)),
  );
}

/** Whether statements of this object can make or end a finding about who owns it. */
export function concernsOwnership(rules: MasterDataRules, type: ObjectType): boolean {
  return rules.systemsOfRecord.has(type);
}

function findingsOf(
  subjectId: Uuid,
  attribute: OwnedAttribute,
  record: SystemOfRecord,
  ordered: readonly AttributeStatement[],
  kindOf: SystemKindOf,
): LineageFinding[] {
  const isOwner = (system: string) => record.owners.has(kindOf(system));
  const latest = new Map<string, Copy>();
  const departures = new Map<string, Departure>();
  let owner: Copy | undefined;
  for (const copy of ordered.flatMap((statement) => copyIn(statement, attribute))) {
    const before = latest.get(copy.system);
    // saying the same again begins nothing
    if (before?.same !== copy.same) latest.set(copy.system, copy);
    if (isOwner(copy.system)) {
      owner = copy;
      for (const [system, departure] of departures) if (departure.copy.same === copy.same) departures.delete(system);
    } else if (owner?.same === copy.same) departures.delete(copy.system);
    // Only a change is one: repeating an old value, which the owner has left meanwhile, is a copy that lags behind.
    else if (owner !== undefined && before?.same !== copy.same) departures.set(copy.system, { copy, owner });
  }
  const facts = { attribute: attribute.name, group: record.group, steward: record.steward };
  return [
    ...conflictFinding(subjectId, [...departures.values()], owner, facts),
    ...driftFinding(subjectId, latest, owner, facts),
  ];
}

function conflictFinding(
  subjectId: Uuid,
  departures: readonly Departure[],
  owner: Copy | undefined,
  facts: { attribute: string },
): LineageFinding[] {
  if (departures.length === 0 || owner === undefined) return [];
  const changes = departures.map(({ copy, owner: then }) => ({ ...shown(copy), ownerSaid: then.value }));
  changes.sort(compareCopies);
  return [
    {
      kind: 'ownership-conflict',
      subjectId,
      about: facts.attribute,
      since: changes.map(({ occurredAt }) => occurredAt).sort()[0] ?? null,
      details: { ...facts, owner: shown(owner), changes },
    },
  ];
}

function driftFinding(
  subjectId: Uuid,
  latest: ReadonlyMap<string, Copy>,
  owner: Copy | undefined,
  facts: { attribute: string },
): LineageFinding[] {
  const copies = [...latest.values()].sort(compareCopies);
  if (new Set(copies.map(({ same }) => same)).size < 2) return [];
  return [
    {
      kind: 'master-data-drift',
      subjectId,
      about: facts.attribute,
      since: driftedSince(copies),
      details: { ...facts, owner: owner?.system ?? null, copies: copies.map(shown) },
    },
  ];
}

/** They differ since the latest of them was first said, as far as the latest values tell. */
function driftedSince(copies: readonly Copy[]): Instant | null {
  return (
    copies
      .map(({ occurredAt }) => occurredAt)
      .sort()
      .at(-1) ?? null
  );
}

function copyIn(
  { stated, system, occurredAt, activityId }: AttributeStatement,
  { name, sameAs, as }: OwnedAttribute,
): Copy[] {
  const values = statedValues(stated);
  const value = [name, ...sameAs].map((each) => values.get(each)).find((each) => each !== undefined);
  return value === undefined ? [] : [{ system, value, same: normalisedValue(value, as), occurredAt, activityId }];
}

function shown({ same: _same, ...copy }: Copy): Omit<Copy, 'same'> {
  return copy;
}

function compareCopies(left: { system: string }, right: { system: string }): number {
  return left.system < right.system ? -1 : left.system > right.system ? 1 : 0;
}
