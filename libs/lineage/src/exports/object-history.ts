import type { ActivityObject, Instant, Outcome, Uuid } from '@throughline/canonical';
import { compareRecorded, standingOf } from '../object-facts.js';

/** What one activity states about an object, as far as its history needs it. */
export type HistoryStatement = {
  activityId: Uuid;
  occurredAt: Instant;
  recordedAt?: Instant | undefined;
  outcome: Outcome;
  isSubject: boolean;
  stated: Pick<ActivityObject, 'legalEntity' | 'counterparty' | 'amount' | 'direction' | 'attributes'>;
};

/** A value of a named attribute from that time on. */
export type AttributeValue = { name: string; value: string; time: Instant };

/**
 * How the attributes of one object changed, in order of time: each value from the statement that made it the one that holds.
 * What is said in passing never replaces what was stated of a subject, nor what failed what succeeded, as in describeObject, so
 * the last values are the object's of today. Depends on the set of statements alone.
 */
export function attributeHistory(statements: readonly HistoryStatement[]): AttributeValue[] {
  const holding = new Map<string, { value: string; standing: number }>();
  const history: AttributeValue[] = [];
  for (const statement of [...statements].sort(compareByTime)) {
    const { occurredAt, stated } = statement;
    const standing = standingOf(statement);
    for (const [name, value] of statedValues(stated)) {
      const before = holding.get(name);
      if (before !== undefined && before.standing > standing) continue;
      holding.set(name, { value, standing });
      if (before?.value !== value) history.push({ name, value, time: occurredAt });
    }
  }
  return history;
}

function statedValues(stated: HistoryStatement['stated']): [string, string][] {
  const known: [string, string | undefined][] = [
    ['legalEntity', stated.legalEntity],
    ['counterparty', stated.counterparty],
    ['amount', stated.amount?.amount],
    ['currency', stated.amount?.currency],
    ['direction', stated.direction],
  ];
  const own = known.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]]));
  const taken = new Set(known.map(([name]) => name));
  // what a sender calls "amount" beside the amount itself stays, under a name of its own
  const further = Object.entries(stated.attributes ?? {}).map(([name, value]): [string, string] => [
    taken.has(name) || name === 'key' ? `attribute.${name}` : name,
    value,
  ]);
  return [...own, ...further];
}

function compareByTime(left: HistoryStatement, right: HistoryStatement): number {
  if (left.occurredAt !== right.occurredAt) return left.occurredAt < right.occurredAt ? -1 : 1;
  const recorded = compareRecorded(left, right);
  if (recorded !== 0) return recorded;
  if (left.activityId !== right.activityId) return left.activityId < right.activityId ? -1 : 1;
  // of two places of one activity that are one object the subject speaks last
  return Number(left.isSubject) - Number(right.isSubject);
}
