import type { Tx } from '@throughline/persistence';
import { loadMaintenance } from '../../catalog/index.js';
import { isOpen } from '../domain/life-cycle.js';
import { identityOf, type ProblemFact, type StoredException } from '../domain/stored-exception.js';
import { problemTitle } from '../domain/title.js';
import { insertHolds, type Hold } from './hold.repository.js';
import { partHeld } from './part-held.js';
import { systemsOfRests } from './rest-systems.repository.js';

/**
 * Problems without those that fall into planned maintenance: these are noted at it, and looked at again after it. What is open
 * already is followed as ever.
 */
export async function withoutHeld(
  tx: Tx,
  existing: readonly StoredException[],
  problems: readonly ProblemFact[],
  now: Date,
): Promise<ProblemFact[]> {
  if (problems.length === 0) return [];
  const cover = await loadMaintenance(tx, now);
  if (cover === null) return [...problems];
  const open = new Set(
    existing
      .filter(({ state }) => isOpen(state) || state === 'DUPLICATE')
      .flatMap(({ objectId, firstObjectId, hop, signature }) => [
        identityOf(objectId, hop, signature),
        identityOf(firstObjectId, hop, signature),
      ]),
  );
  const systems = await systemsOfRests(tx, problems);
  const { told, held } = partHeld(cover, problems, { open, systemsOfRests: systems }, now);
  await insertHolds(
    tx,
    held.map(({ problem, windowId }) => toHold(problem, windowId, now)),
  );
  return told;
}

function toHold(problem: ProblemFact, windowId: string, now: Date): Hold {
  const { objectId, hop, signature, headline, taxonomy, discriminators, message, lastOccurredAt } = problem;
  return {
    windowId,
    objectId,
    hop,
    signature,
    title: headline ?? problemTitle(taxonomy, discriminators),
    message,
    occurredAt: lastOccurredAt,
    heldAt: now,
  };
}
