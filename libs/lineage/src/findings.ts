import type { Alias, Instant, Uuid } from '@throughline/canonical';
import type { Contradiction } from './contradictions.js';
import { MOST_ALIASES_PER_OBJECT, type ObjectIdentity } from './identity.js';

/** What can be wrong with the lineage itself, or with what systems say of one object. */
export const FINDING_KINDS = [
  'contradictory-alias',
  'ownership-conflict',
  'master-data-drift',
  'link-cycle',
  'self-link',
  'implausible-time',
  'unusable-amount',
  'differing-content',
  'too-many-aliases',
  'transaction-truncated',
  'more-than-expected',
  'out-of-sequence',
  'segregation-of-duties',
] as const;

/** Where what somebody should look at, and what stops nothing, is seen: it is no step of an integration. */
export const FINDING_HOPS = {
  lineage: 'lineage',
  masterData: 'master-data',
  duties: 'duties',
  money: 'money/balance',
} as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** What a finding says beside its kind; names of attributes and systems as they were stated. */
export type FindingDetails = Readonly<Record<string, unknown>>;

/** Something that somebody should look at; it stops nothing. Identity = kind × subject × about. */
export type LineageFinding = {
  kind: FindingKind;
  /** A business object, or a transaction (transaction-truncated, more-than-expected, out-of-sequence). */
  subjectId: Uuid;
  /** What it is about where a subject can have several: an attribute, a key, a link; else empty. */
  about: string;
  details: FindingDetails;
  /** When that which made it happened; null where it is no one's doing. */
  since: Instant | null;
};

/** Activities of one finding that are named; there may be thousands that say the same. */
const MOST_NAMED = 10;

/** One finding per object and key that contradicting statements would have given two values. */
export function contradictionFindings(
  contradictions: readonly Contradiction[],
  objectIdOf: ReadonlyMap<Uuid, Uuid>,
  aliasOf: (aliasId: Uuid) => Alias | undefined,
): LineageFinding[] {
  const groups = new Map<string, { subjectId: Uuid; about: string; of: Contradiction[] }>();
  for (const contradiction of contradictions) {
    const about = Object.values(contradiction.key).filter(Boolean).join(' / ');
    for (const subjectId of objectsOf(contradiction, objectIdOf)) {
      const group = groups.get(`${subjectId}/${about}`) ?? { subjectId, about, of: [] };
      groups.set(`${subjectId}/${about}`, group);
      group.of.push(contradiction);
    }
  }
  return [...groups.values()].map(({ subjectId, about, of }) => {
    const ordered = [...of].sort(
      (left, right) =>
        compareText(left.occurredAt, right.occurredAt) ||
        compareText(left.activityId, right.activityId) ||
        left.position - right.position,
    );
    const others = [...new Set(ordered.flatMap((one) => objectsOf(one, objectIdOf)))].filter((id) => id !== subjectId);
    return {
      kind: 'contradictory-alias',
      subjectId,
      about,
      since: ordered[0]?.occurredAt ?? null,
      details: {
        key: ordered[0]?.key,
        values: [...new Set(ordered.flatMap(({ values }) => values))].sort(),
        objectIds: others.sort(),
        names: namesOf(ordered, aliasOf),
        activityIds: [...new Set(ordered.map(({ activityId }) => activityId))].slice(0, MOST_NAMED),
      },
    };
  });
}

/** Objects with more names than any object has. */
export function crowdedFindings(objects: Iterable<ObjectIdentity>): LineageFinding[] {
  return [...objects].flatMap(({ objectId, aliases }) =>
    aliases.size > MOST_ALIASES_PER_OBJECT ? [crowdedFinding(objectId)] : [],
  );
}

export function crowdedFinding(objectId: Uuid): LineageFinding {
  return {
    kind: 'too-many-aliases',
    subjectId: objectId,
    about: '',
    details: { most: MOST_ALIASES_PER_OBJECT },
    since: null,
  };
}

/** A transaction of more members than are followed. */
export function truncatedFinding(transactionId: Uuid): LineageFinding {
  return { kind: 'transaction-truncated', subjectId: transactionId, about: '', details: {}, since: null };
}

/** A transaction in which more objects reached milestones than its workflow expects. */
export function overfullFinding(transactionId: Uuid, milestones: readonly string[]): LineageFinding {
  return { kind: 'more-than-expected', subjectId: transactionId, about: '', details: { milestones }, since: null };
}

/** A transaction in which milestones were reached when they should not have been any more, such as a dunning of what is paid. */
export function outOfSequenceFinding(transactionId: Uuid, milestones: readonly string[]): LineageFinding {
  return { kind: 'out-of-sequence', subjectId: transactionId, about: '', details: { milestones }, since: null };
}

/** A link whose two ends turned out to be one object. */
export type SelfLink = { objectId: Uuid; qualifier: string };

/** One finding per object and qualifier. Who stated it first is left open, so that a further statement changes nothing. */
export function selfLinkFindings(links: readonly SelfLink[]): LineageFinding[] {
  const distinct = new Map(links.map((link) => [`${link.objectId}/${link.qualifier}`, link]));
  return [...distinct.values()].map(({ objectId, qualifier }) => ({
    kind: 'self-link',
    subjectId: objectId,
    about: qualifier,
    details: {},
    since: null,
  }));
}

/** One finding per circle, at its lowest object. */
export function cycleFindings(cycles: readonly (readonly Uuid[])[]): LineageFinding[] {
  return cycles.flatMap((objectIds) => {
    const [subjectId] = objectIds;
    if (subjectId === undefined) return [];
    return [{ kind: 'link-cycle', subjectId, about: '', details: { objectIds }, since: null }];
  });
}

/** Findings in the order of their identity. */
export function compareFindings(left: LineageFinding, right: LineageFinding): number {
  return (
    compareText(left.kind, right.kind) ||
    compareText(left.subjectId, right.subjectId) ||
    compareText(left.about, right.about)
  );
}

function objectsOf({ aliasIds }: Contradiction, objectIdOf: ReadonlyMap<Uuid, Uuid>): Uuid[] {
  return [...new Set(aliasIds.flatMap((aliasId) => objectIdOf.get(aliasId) ?? []))];
}

function namesOf(contradictions: readonly Contradiction[], aliasOf: (aliasId: Uuid) => Alias | undefined): Alias[] {
  const ids = [...new Set(contradictions.flatMap(({ aliasIds }) => aliasIds))].sort();
  return ids.slice(0, MOST_NAMED).flatMap((aliasId) => aliasOf(aliasId) ?? []);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
