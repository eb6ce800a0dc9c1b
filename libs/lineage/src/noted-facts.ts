import type { Activity, Instant, Uuid } from '@throughline/canonical';
import { subjectPositions } from './alias-statements.js';
import { type AttributeStatement, inTime } from './attribute-history.js';
import { CORRECTION, differingContent, PAGE_HASH } from './differing-content.js';
import type { FindingKind, LineageFinding } from './findings.js';

/** Attribute that mapping gives to an object whose amount cannot be used (unknown currency, a float): what was sent. */
export const UNUSABLE_AMOUNT = 'unusableAmount';
/** Attribute that mapping gives to the objects of an activity whose time cannot be right: the time as it was sent. */
export const IMPLAUSIBLE_TIME = 'implausibleTime';

const KINDS: ReadonlyMap<string, FindingKind> = new Map([
  [UNUSABLE_AMOUNT, 'unusable-amount'],
  [IMPLAUSIBLE_TIME, 'implausible-time'],
]);

/** Attributes whose presence may mean a finding. */
const NOTES = [...KINDS.keys(), PAGE_HASH, CORRECTION];

/** A clock may be wrong by some, and the day of receipt is a day in UTC. */
const MOST_DAYS_AHEAD = 2;
/** Epoch and century dates of unset fields lie further back than any history that is sent. */
const MOST_YEARS_BACK = 20;
const DAY_MS = 86_400_000;

/** Whether something cannot have happened then, seen from the day on which it was received. */
export function isImplausible(occurredAt: Instant, receivedOn: string): boolean {
  const received = Date.parse(`${receivedOn}T00:00:00.000Z`);
  const occurred = Date.parse(occurredAt);
  return (
    occurred > received + (MOST_DAYS_AHEAD + 1) * DAY_MS || occurred < received - MOST_YEARS_BACK * 365.25 * DAY_MS
  );
}

/**
 * The activity with a note on the objects that it happened to, when its time cannot be right. It counts all the same: what its
 * sender says is kept, and shown as doubtful.
 */
export function noteImplausibleTime(activity: Activity): Activity {
  if (!isImplausible(activity.occurredAt, activity.signal.receivedOn)) return activity;
  const subjects = subjectPositions(activity);
  return {
    ...activity,
    objects: activity.objects.map((object, position) =>
      subjects.has(position)
        ? { ...object, attributes: { ...object.attributes, [IMPLAUSIBLE_TIME]: activity.occurredAt } }
        : object,
    ),
  };
}

/** Whether an object carries a note that is a finding. */
export function hasNotes(attributes: Readonly<Record<string, string>> | undefined): boolean {
  return attributes !== undefined && NOTES.some((name) => name in attributes);
}

/** One finding per kind of note that statements carry, with the earliest of them, and per page that came with other content. */
export function notedFindings(subjectId: Uuid, statements: readonly AttributeStatement[]): LineageFinding[] {
  const ordered = inTime(statements);
  const noted = [...KINDS].flatMap(([name, kind]): LineageFinding[] => {
    const noting = ordered.filter(({ stated }) => stated.attributes?.[name] !== undefined);
    const [first] = noting;
    if (first === undefined) return [];
    const details = { value: first.stated.attributes?.[name], system: first.system, activityIds: [first.activityId] };
    return [{ kind, subjectId, about: '', details: { ...details, times: noting.length }, since: first.occurredAt }];
  });
  return [...noted, ...differingContent(subjectId, ordered)];
}
