import type { Instant, Outcome, Uuid } from '@throughline/canonical';
import { compareActivities } from './lineage-graph.js';

/** A success that an object was the subject of. */
export type Happened = { activityId: Uuid; type: string; occurredAt: Instant };

/** What a statement tells of its activity, and whether the object was its subject. */
export type Happening = {
  activityId: Uuid;
  occurredAt: Instant;
  activityType: string;
  outcome: Outcome;
  isSubject: boolean;
};

/** More than these are not kept with the object: whoever needs them reads the statements. */
export const MOST_HAPPENED = 12;

/**
 * All that happened to an object as subject, known and new, in the order of time; the very same list when nothing is new. Null
 * when a failure is among it or there is too much of it. Depends on the set of statements alone.
 */
export function addHappened(
  known: readonly Happened[] | null,
  statements: readonly Happening[],
): readonly Happened[] | null {
  if (known === null) return null;
  let added: Map<Uuid, Happened> | null = null;
  for (const { activityId, occurredAt, activityType, outcome, isSubject } of statements) {
    if (!isSubject) continue;
    if (outcome === 'failure') return null;
    if (known.some((one) => one.activityId === activityId)) continue;
    (added ??= new Map()).set(activityId, { activityId, type: activityType, occurredAt });
  }
  if (added === null) return known;
  if (known.length + added.size > MOST_HAPPENED) return null;
  return [...known, ...added.values()].sort(compareActivities);
}
