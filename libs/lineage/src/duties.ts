import type { Instant, Uuid } from '@throughline/canonical';
import type { LineageFinding } from './findings.js';
import type { LinkState } from './links.js';

/** What a person does to an object, of which some should not be done by one and the same. */
type Duty = 'requests' | 'prepares' | 'approves' | 'changes-bank-details' | 'changes-credit-limit' | 'releases';

/** By the qualifier of the link from the person, which reads "contract requested-by person". */
const DUTIES: ReadonlyMap<string, Duty> = new Map<string, Duty>([
  ['requested-by', 'requests'],
  ['prepared-by', 'prepares'],
  ['approved-by', 'approves'],
  ['granted-by', 'approves'],
  ['bank-details-changed-by', 'changes-bank-details'],
  ['credit-limit-changed-by', 'changes-credit-limit'],
  ['released-by', 'releases'],
]);

/**
 * Links over which a duty counts one step further: who granted an approval has approved the contract that is approved-by it, who
 * changed the details of an account has changed where a payment goes that is paid-to it, who changed a credit limit what an order
 * may come to that is limited-by it.
 */
const PASSED_ON: ReadonlySet<string> = new Set(['approved-by', 'paid-to', 'limited-by']);

/** Links over which a release counts at what is held: who released a batch has released each payment in it. Read "batch batches payment". */
const HOLDING: ReadonlySet<string> = new Set(['batches']);

/** Qualifiers of the links that say who did what. */
export const DUTY_QUALIFIERS: readonly string[] = [...DUTIES.keys()];
/** Qualifiers of the links over which that counts one step further. */
export const DUTY_PASSING_QUALIFIERS: readonly string[] = [...PASSED_ON];

/** Qualifiers of the links over which a release counts at what is held. */
export const DUTY_HOLDING_QUALIFIERS: readonly string[] = [...HOLDING];

/** Two duties that should be of two people. */
type Separation = { about: string; first: Duty; second: Duty; isInOrder: boolean };

const SEPARATIONS: readonly Separation[] = [
  { about: 'request and approval', first: 'requests', second: 'approves', isInOrder: false },
  { about: 'preparation and approval', first: 'prepares', second: 'approves', isInOrder: false },
  // Who released a payment before the details were changed has not paid to what he changed.
  { about: 'bank details and release', first: 'changes-bank-details', second: 'releases', isInOrder: true },
  { about: 'credit limit and release', first: 'changes-credit-limit', second: 'releases', isInOrder: true },
];

/** A link as far as duties are concerned. */
export type DutyLink = Pick<LinkState, 'fromObjectId' | 'toObjectId' | 'qualifier' | 'fromType' | 'firstOccurredAt'>;

/** Somebody did something at an object, or at what passes it on to the object. */
type Done = { duty: Duty; personId: Uuid; objectId: Uuid; at: Instant };

/** The end of a link at which it says something about duties; null = it says nothing of them. */
export function dutyEndOf(qualifier: string): 'from' | 'to' | null {
  if (HOLDING.has(qualifier)) return 'from';
  return DUTIES.has(qualifier) || PASSED_ON.has(qualifier) ? 'to' : null;
}

/**
 * One finding per object and pair of duties that one person did both of: one at the object itself, or as a release of what holds it,
 * the other there or at what passes it on. Technical users have no duties. Persons are objects: under how many names systems know one does not matter, once somebody says that they are one.
 * `links` must hold all links of an object that say who did what. Depends on the set of links alone.
 */
export function dutyFindings(
  links: readonly DutyLink[],
  isTechnical: (personId: Uuid) => boolean = () => false,
): LineageFinding[] {
  const doneAt = new Map<Uuid, Done[]>();
  for (const { fromObjectId: personId, toObjectId: objectId, qualifier, fromType, firstOccurredAt: at } of links) {
    const duty = DUTIES.get(qualifier);
    if (duty === undefined || fromType !== 'person' || isTechnical(personId)) continue;
    doneAt.set(objectId, [...(doneAt.get(objectId) ?? []), { duty, personId, objectId, at }]);
  }
  const passedOnTo = new Map<Uuid, Done[]>();
  for (const { fromObjectId, toObjectId, qualifier, fromType } of links) {
    const done = doneAt.get(fromObjectId);
    if (done === undefined || !PASSED_ON.has(qualifier) || fromType === 'person') continue;
    passedOnTo.set(toObjectId, [...(passedOnTo.get(toObjectId) ?? []), ...done]);
  }
  const own = new Map(doneAt);
  for (const { fromObjectId, toObjectId, qualifier } of links) {
    const released = HOLDING.has(qualifier)
      ? (doneAt.get(toObjectId) ?? []).filter(({ duty }) => duty === 'releases')
      : [];
    if (released.length > 0) own.set(fromObjectId, [...(own.get(fromObjectId) ?? []), ...released]);
  }
  return [...own].flatMap(([subjectId, done]) =>
    SEPARATIONS.flatMap((separation) => findingOf(subjectId, separation, done, passedOnTo.get(subjectId) ?? [])),
  );
}

function findingOf(
  subjectId: Uuid,
  { about, first, second, isInOrder }: Separation,
  own: readonly Done[],
  passedOn: readonly Done[],
): LineageFinding[] {
  const isOwn = new Set(own);
  const all = [...own, ...passedOn];
  const seconds = all.filter(({ duty }) => duty === second);
  const both = all
    .filter(({ duty }) => duty === first)
    .flatMap((one) =>
      seconds
        .filter((other) => other.personId === one.personId && (isOwn.has(one) || isOwn.has(other)))
        .filter((other) => !isInOrder || one.at <= other.at)
        .map((other) => [one, other] as const),
    );
  if (both.length === 0) return [];
  const through = both.flat().flatMap(({ objectId }) => (objectId === subjectId ? [] : objectId));
  const personIds = [...new Set(both.map(([{ personId }]) => personId))].sort();
  return [
    {
      kind: 'segregation-of-duties',
      subjectId,
      about,
      // By whoever had done both first.
      since: both.map(([one, other]) => (one.at > other.at ? one.at : other.at)).sort()[0] ?? null,
      details: { duties: [first, second], objectIds: [...personIds, ...[...new Set(through)].sort()] },
    },
  ];
}
