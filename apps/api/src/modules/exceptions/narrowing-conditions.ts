import { dueOnOf, dueWithin, openedWithinAny, type CutOffBucket, type OpenedSpan } from './domain/inbox-buckets.js';
import type { InboxNarrowing } from './domain/inbox-narrowing.js';

/** Adds a parameter to the statement; answers how it is written there. */
export type AddParameter = (value: unknown, type: string) => string;

/** The band that counts: a person's where one is stated. `coalesce` would count as leaky under row-level security. */
export const BAND_SQL = 'case when e.stated_band is null then e.priority_band else e.stated_band end';

/** Conditions on `exception e`, one for each thing that narrows. */
export function narrowingConditions(narrowing: InboxNarrowing, add: AddParameter): string[] {
  const { amount, ages, cutOffs, daysPastDue, at } = narrowing;
  const dueOn = daysPastDue && dueOnOf(daysPastDue, at.toISOString().slice(0, 10));
  return [
    ...isOneOf(BAND_SQL, narrowing.priorities, add),
    ...isOneOf('e.integration', narrowing.integrations, add),
    ...isOneOf('e.counterparty_folded', narrowing.counterparties, add),
    ...isOneOf('e.posting_period', narrowing.postingPeriods, add),
    ...isWithin('e.reporting_minor', amount, 'bigint', add),
    ...(ages === null ? [] : [anyOf(openedWithinAny(ages, at).map((span) => wasOpened(span, add)))]),
    ...(cutOffs === null ? [] : [anyOf(cutOffs.map((bucket) => hasTimeLeft(bucket, at, add)))]),
    ...isWithin('e.due_on', dueOn, 'text', add),
  ];
}

function isOneOf(column: string, values: readonly string[] | null, add: AddParameter): string[] {
  return values === null ? [] : [`${column} = any(${add(values, 'text[]')})`];
}

function isWithin(
  column: string,
  bounds: { from: string | null; to: string | null } | null,
  type: string,
  add: AddParameter,
): string[] {
  if (bounds === null) return [];
  return [
    ...(bounds.from === null ? [] : [`${column} >= ${add(bounds.from, type)}`]),
    ...(bounds.to === null ? [] : [`${column} <= ${add(bounds.to, type)}`]),
  ];
}

/** Of nothing, nothing. */
function anyOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'false' : `(${conditions.join(' or ')})`;
}

function wasOpened({ after, until }: OpenedSpan, add: AddParameter): string {
  const parts = [
    ...(after === null ? [] : [`e.opened_at > ${add(after, 'timestamptz')}`]),
    ...(until === null ? [] : [`e.opened_at <= ${add(until, 'timestamptz')}`]),
  ];
  return parts.length === 0 ? 'true' : parts.join(' and ');
}

function hasTimeLeft(bucket: CutOffBucket, at: Date, add: AddParameter): string {
  if (bucket === 'NONE') return '(e.next_due_at is null and e.missed_due_at is null)';
  if (bucket === 'OVERDUE') {
    return `(e.next_due_at <= ${add(at, 'timestamptz')} or (e.next_due_at is null and e.missed_due_at is not null))`;
  }
  const span = dueWithin(bucket, at)!;
  const until = span.until === null ? '' : ` and e.next_due_at <= ${add(span.until, 'timestamptz')}`;
  return `(e.next_due_at > ${add(span.after, 'timestamptz')}${until})`;
}
