import type { Instant, Uuid } from '@throughline/canonical';
import { type ObjectStatement, type Strength, compareRecorded, compareStrength, standingOf } from './object-facts.js';

/** What one activity states about one object, and where that is known from. */
export type AttributeStatement = Strength & {
  activityType: string;
  /** Source system instance that reported it. */
  system: string;
  /** Day on which it was received: from then on it was known here. */
  recordedOn: string;
  stated: ObjectStatement['stated'];
};

/** A value of an attribute, from when it held, and how it is known. */
export type AttributeValue = {
  name: string;
  value: string;
  /** Since when, by what happened. */
  occurredAt: Instant;
  recordedOn: string;
  system: string;
  activityId: Uuid;
  activityType: string;
};

/** One change of an attribute. */
export type AttributeChange = AttributeValue & { previous: string | null };

/** A value, and how much the word of who said it counts. */
type Saying = { value: string; standing: number };

/** Up to when things have happened, and up to when they have been received, to count; without a limit, all of them. */
export type KnownUntil = { asOf?: Instant; knownOn?: string };

/**
 * Everything that is stated of an object by name: its attributes, and what every object has (legalEntity, counterparty, amount,
 * direction).
 */
export function statedValues(stated: ObjectStatement['stated']): Map<string, string> {
  const values = new Map(Object.entries(stated.attributes ?? {}));
  const { legalEntity, counterparty, amount, direction } = stated;
  if (legalEntity !== undefined) values.set('legalEntity', legalEntity);
  if (counterparty !== undefined) values.set('counterparty', counterparty);
  if (amount !== undefined) values.set('amount', `${amount.amount} ${amount.currency}`);
  if (direction !== undefined) values.set('direction', direction);
  return values;
}

/**
 * Every change of every attribute, in the order in which they took effect. What is stated of a subject is not changed by what
 * is said of it in passing, nor what succeeded by what failed, as in the object itself. Depends on the set of statements alone.
 */
export function attributeHistory(statements: readonly AttributeStatement[]): AttributeChange[] {
  const inForce = new Map<string, Saying>();
  const changes: AttributeChange[] = [];
  for (const places of byActivity(statements)) {
    const [first] = places;
    if (first === undefined) continue;
    const { occurredAt, recordedOn, system, activityId, activityType } = first;
    const origin = { occurredAt, recordedOn, system, activityId, activityType };
    for (const [name, said] of [...saidAtOnce(places)].sort(compareNames)) {
      const known = inForce.get(name);
      if (known !== undefined && known.standing > said.standing) continue;
      inForce.set(name, said);
      if (known?.value !== said.value)
        changes.push({ name, value: said.value, ...origin, previous: known?.value ?? null });
    }
  }
  return changes;
}

/** Places of one activity come one after another. */
function byActivity(statements: readonly AttributeStatement[]): AttributeStatement[][] {
  const activities: AttributeStatement[][] = [];
  for (const statement of inTime(statements)) {
    const last = activities.at(-1);
    if (last?.[0]?.activityId === statement.activityId) last.push(statement);
    else activities.push([statement]);
  }
  return activities;
}

/** What one activity says of the object, at several places where two of them turned out to be one object. */
function saidAtOnce(places: readonly AttributeStatement[]): Map<string, Saying> {
  const said = new Map<string, Saying>();
  for (const place of places)
    for (const [name, value] of statedValues(place.stated)) said.set(name, { value, standing: standingOf(place) });
  return said;
}

/** The attributes as they were at a time, or as they were known on a day, by name; each with where its value comes from. */
export function attributesAsOf(statements: readonly AttributeStatement[], until: KnownUntil): AttributeValue[] {
  const counted = statements.filter(
    ({ occurredAt, recordedOn }) =>
      (until.asOf === undefined || occurredAt <= until.asOf) &&
      (until.knownOn === undefined || recordedOn <= until.knownOn),
  );
  const values = new Map<string, AttributeValue>();
  for (const { previous: _previous, ...value } of attributeHistory(counted)) values.set(value.name, value);
  return [...values.values()].sort((left, right) => compareText(left.name, right.name));
}

/** Earlier ones first, each once; of one activity the first place speaks last, so that it counts. */
export function inTime<T extends Strength>(statements: readonly T[]): T[] {
  const distinct = new Map(statements.map((one) => [`${one.activityId}/${one.position}`, one]));
  return [...distinct.values()].sort(
    (left, right) =>
      compareText(left.occurredAt, right.occurredAt) ||
      compareRecorded(left, right) ||
      compareText(left.activityId, right.activityId) ||
      compareStrength(left, right),
  );
}

function compareNames(left: [string, unknown], right: [string, unknown]): number {
  return compareText(left[0], right[0]);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
