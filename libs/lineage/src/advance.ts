import { addHappened } from './happened.js';
import { type Carried, type LinkState, type ResolvedLink, carriedBy, compareStatements } from './links.js';
import { type ObjectState, type ObjectStatement, compareStrength } from './object-facts.js';

type Stated = ObjectStatement['stated'];
type Field = 'legalEntity' | 'counterparty' | 'amount' | 'direction';

const FIELDS = ['legalEntity', 'counterparty', 'amount', 'direction'] as const satisfies readonly Field[];

/**
 * The state of an object with statements that came since: what `describeObject` makes of all of them together, without reading
 * those that it knows. The very same state when they add nothing; null when it cannot be told from the state alone which
 * statement of a field is the stronger, so that all have to be read.
 */
export function advanceObject(
  known: ObjectState,
  statements: readonly ObjectStatement[],
  key = known.key,
): ObjectState | null {
  const fields: Record<Field, unknown> = {
    legalEntity: known.legalEntity,
    counterparty: known.counterparty,
    amount: known.amount,
    direction: known.direction,
  };
  const attributes = new Map<string, string>();
  let { isPlaceholder, firstOccurredAt, lastOccurredAt } = known;
  let isChanged = key !== known.key;
  for (const [name, { statement, value }] of strongest(statements)) {
    const before = name in fields ? fields[name as Field] : knownAttribute(known, attributeOf(name));
    const after = decide(known, statement, before, value);
    if (after === undefined) return null;
    if (after === before) continue;
    isChanged = true;
    if (name in fields) fields[name as Field] = after;
    else attributes.set(attributeOf(name), after as string);
  }
  for (const { isSubject, occurredAt } of statements) {
    if (isSubject) isPlaceholder = false;
    if (occurredAt < firstOccurredAt) firstOccurredAt = occurredAt;
    if (occurredAt > lastOccurredAt) lastOccurredAt = occurredAt;
  }
  const happened = addHappened(known.happened, statements);
  isChanged ||=
    happened !== known.happened ||
    isPlaceholder !== known.isPlaceholder ||
    firstOccurredAt !== known.firstOccurredAt ||
    lastOccurredAt !== known.lastOccurredAt;
  if (!isChanged) return known;
  return {
    ...known,
    key,
    ...(fields as Pick<ObjectState, Field>),
    attributes:
      attributes.size === 0 ? known.attributes : inOrder([...Object.entries(known.attributes), ...attributes]),
    isPlaceholder,
    firstOccurredAt,
    lastOccurredAt,
    happened,
  };
}

/**
 * A link with statements that came since, which all are of this link: what `mergeLinks` makes of all of them together. The
 * very same state when they add nothing; null when it cannot be told which amount is the later one.
 */
export function advanceLink(known: LinkState, statements: readonly ResolvedLink[]): LinkState | null {
  const ordered = [...statements].sort(compareStatements);
  const [earliest] = ordered;
  if (earliest === undefined) return known;
  const carried = carriedWith(known, carriedBy(statements));
  if (carried === null) return null;
  const isEarlier = comesBefore(earliest, known);
  const isChanged = carried.establishedAt !== known.establishedAt || !isSame(carried.amount, known.amount);
  if (!isChanged && !isEarlier) return known;
  const first = isEarlier ? { firstOccurredAt: earliest.occurredAt, assertedBy: earliest.activityId } : {};
  return { ...known, ...carried, ...first };
}

/** What a link carries with what others state of it, whichever came first; null when it cannot be told which amount is the later. */
function carriedWith(known: Carried, stated: Carried): Carried | null {
  const [one, other] = [known.establishedAt, stated.establishedAt];
  if (one !== null && other === null) return known;
  if (one === null && other !== null) return stated;
  if (known.amount !== null && stated.amount !== null && !isSame(known.amount, stated.amount)) return null;
  const establishedAt = one !== null && other !== null && other < one ? other : one;
  return { amount: known.amount ?? stated.amount, establishedAt };
}

/** Of each field and attribute that is stated the strongest statement; attributes under names of their own. */
function strongest(
  statements: readonly ObjectStatement[],
): Map<string, { statement: ObjectStatement; value: unknown }> {
  const found = new Map<string, { statement: ObjectStatement; value: unknown }>();
  for (const statement of [...statements].sort(compareStrength)) {
    for (const field of FIELDS) {
      const value = statement.stated[field];
      if (value !== undefined) found.set(field, { statement, value });
    }
    for (const [name, value] of attributesOf(statement.stated)) found.set(`attribute:${name}`, { statement, value });
  }
  return found;
}

function attributesOf(stated: Stated): [string, string][] {
  return Object.entries(stated.attributes ?? {});
}

function attributeOf(name: string): string {
  return name.slice('attribute:'.length);
}

/** The value that counts; undefined when a statement that is not at hand decides. */
function decide(known: ObjectState, statement: ObjectStatement, before: unknown, value: unknown): unknown {
  if (before === null) return value;
  if (isSame(before, value)) return before;
  if (isStrongest(known, statement)) return value;
  if (isWeakest(known, statement)) return before;
  return undefined;
}

/**
 * Stronger than every statement that made the state, whatever the outcome of those was: a success, a subject's before what is said
 * in passing, then the latest.
 */
function isStrongest(known: ObjectState, { outcome, isSubject, occurredAt }: ObjectStatement): boolean {
  if (outcome === 'failure') return false;
  if (known.isPlaceholder) return isSubject || occurredAt > known.lastOccurredAt;
  return isSubject && occurredAt > known.lastOccurredAt;
}

/** Weaker than every statement that made the state: said in passing by what failed, and earlier. */
function isWeakest(known: ObjectState, { outcome, isSubject, occurredAt }: ObjectStatement): boolean {
  return outcome === 'failure' && !isSubject && occurredAt < known.firstOccurredAt;
}

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  const [one, other] = [left as Record<string, unknown>, right as Record<string, unknown>];
  return one['amount'] === other['amount'] && one['currency'] === other['currency'];
}

function comesBefore(statement: ResolvedLink, known: LinkState): boolean {
  if (statement.occurredAt !== known.firstOccurredAt) return statement.occurredAt < known.firstOccurredAt;
  return statement.activityId < known.assertedBy;
}

/** Senders choose the names: "constructor" is one that every object has without its being stated. */
function knownAttribute({ attributes }: ObjectState, name: string): string | null {
  return Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null;
}

/** Of entries with one name the last counts. */
function inOrder(entries: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries([...new Map(entries)].sort(([left], [right]) => (left < right ? -1 : 1)));
}
