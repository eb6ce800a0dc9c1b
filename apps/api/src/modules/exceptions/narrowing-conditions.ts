import { dueOnOf, dueWithin, openedWithinAny, type CutOffBucket, type OpenedSpan } from './domain/inbox-buckets.js';
import type { InboxNarrowing } from './domain/inbox-narrowing.js';
import { knownErrorConditions } from './inbox/group-marks.js';
import { regionCondition } from './inbox/region-sql.js';

/** Adds a parameter to the statement; answers how it is written there. */
export type AddParameter = (value: unknown, type: string) => string;

/** The band that counts: a person's where one is stated. `coalesce` would count as leaky under row-level security. */
const BAND_SQL = 'case when e.stated_band is null then e.priority_band else e.stated_band end';

/** Conditions on `exception e`, one for each thing that narrows. */
export function narrowingConditions(narrowing: InboxNarrowing, add: AddParameter): string[] {
  return [
    ...isOneOf(BAND_SQL, narrowing.priorities, add),
    ...isOneOf('e.integration', narrowing.integrations, add),
    ...(narrowing.regions === null ? [] : [regionCondition('e.legal_entity', narrowing.regions, add)]),
    ...isOneOf('e.counterparty_folded', narrowing.counterparties, add),
    ...isOneOf('e.posting_period', narrowing.postingPeriods, add),
    ...amountConditions(narrowing, add),
    ...ageConditions(narrowing, add),
    ...cutOffConditions(narrowing, add),
    ...pastDueConditions(narrowing, add),
    ...markConditions(narrowing),
    ...knownErrorConditions(narrowing),
  ];
}

function markConditions({ isEscalated, isStatutory, isRecurring }: InboxNarrowing): string[] {
  const marks: [boolean | null, string][] = [
    [isEscalated, `(e.is_escalated and e.state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE'))`],
    [isStatutory, 'e.statutory is not null'],
    [isRecurring, 'e.reopenings > 0'],
  ];
  return marks.flatMap(([wanted, condition]) => (wanted === null ? [] : [wanted ? condition : `not (${condition})`]));
}

export function amountConditions({ amount }: InboxNarrowing, add: AddParameter): string[] {
  return isWithin('e.reporting_minor', amount, 'bigint', add);
}

export function ageConditions({ ages, at }: InboxNarrowing, add: AddParameter): string[] {
  return ages === null ? [] : [anyOf(openedWithinAny(ages, at).map((span) => wasOpened(span, add)))];
}

export function cutOffConditions({ cutOffs, at }: InboxNarrowing, add: AddParameter): string[] {
  return cutOffs === null ? [] : [anyOf(cutOffs.map((bucket) => hasTimeLeft(bucket, at, add)))];
}

export function pastDueConditions({ daysPastDue, at }: InboxNarrowing, add: AddParameter): string[] {
  return isWithin('e.due_on', daysPastDue && dueOnOf(daysPastDue, dayOf(at)), 'text', add);
}

/** The day of a moment, in UTC. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
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
  return parts.length === 0 ? 'true' : `(${parts.join(' and ')})`;
}

/** The column lies before all times where something was missed and nothing is left to be met, after all times where nothing is due. */
function hasTimeLeft(bucket: CutOffBucket, at: Date, add: AddParameter): string {
  if (bucket === 'NONE') return `e.cut_off_at = 'infinity'`;
  if (bucket === 'OVERDUE') return `e.cut_off_at <= ${add(at, 'timestamptz')}`;
  const span = dueWithin(bucket, at)!;
  const until = span.until === null ? `< 'infinity'` : `<= ${add(span.until, 'timestamptz')}`;
  return `(e.cut_off_at > ${add(span.after, 'timestamptz')} and e.cut_off_at ${until})`;
}
