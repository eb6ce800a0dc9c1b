import { type Activity, toStorableJson } from '@throughline/canonical';
import type { Tx } from '@throughline/persistence';
import type { ChangeCounts } from '../../domain/change-report.js';
import {
  compareFacts,
  factChange,
  firstOfCopies,
  restateOrigins,
  type FactComparison,
  type StatedFacts,
} from '../compare-facts.js';
import { deleteActivities, markDirty, writeActivities } from '../fact-writer.js';
import { type StatedActivity, earliestOf, namesOf, withStatements } from '../stated-activity.js';

/** How many activities the signals had before and have now, and how many of them differ. */
export type ReplacedFacts = { before: number; after: number; changes: ChangeCounts };

/**
 * Makes the facts of these signals the given activities. What is equal stays as it is, so that mapping again by a mapping that
 * says the same projects nothing; the names of all others are marked, silently unless it is news. What an earlier copy of a
 * signal says, which is not among those that were read, stays too. `isWhole`: names of what is equal are marked as well, as where the
 * rules by which it is projected are others now.
 */
export async function replaceFacts(
  tx: Tx,
  said: StatedFacts,
  { isSilent, isWhole = false }: { isSilent: boolean; isWhole?: boolean } = { isSilent: true },
): Promise<ReplacedFacts> {
  const stated = { ...said, activities: firstOfCopies(said.activities) };
  const compared = await compareFacts(tx, stated);
  const isGone = (one: FactComparison) => one.isStored && !one.isSame && !one.isFinal;
  const written = new Set(compared.filter((one) => one.isStated && !one.isSame && !one.isFinal).map((one) => one.id));
  const unsaid = await deleteActivities(
    tx,
    compared.filter(isGone).map((one) => one.id),
  );
  const { added, replaced } = await writeActivities(
    tx,
    stated.activities.filter((activity) => written.has(activity.activityId)),
  );
  await restateOrigins(tx, stated);
  const equal = isWhole ? equalFacts(stated.activities, compared) : [];
  await markDirty(tx, earliestOf([...unsaid, ...namesOf(added), ...replaced, ...namesOf(equal)]), { isSilent });
  return {
    before: compared.filter((one) => one.isStored).length,
    after: compared.filter((one) => one.isStated || !isGone(one)).length,
    changes: countChanges(compared),
  };
}

function equalFacts(activities: readonly Activity[], compared: readonly FactComparison[]): StatedActivity[] {
  const isSame = new Set(compared.filter((one) => one.isSame).map(({ id }) => id));
  return activities
    .filter(({ activityId }) => isSame.has(activityId))
    .map((activity) => withStatements(toStorableJson(activity) as Activity));
}

/** How many of them mapping again changes. */
export function countChanges(compared: readonly FactComparison[]): ChangeCounts {
  const changes = compared.map(factChange);
  const countOf = (what: keyof ChangeCounts) => changes.filter((one) => one === what).length;
  return { added: countOf('added'), changed: countOf('changed'), removed: countOf('removed') };
}
