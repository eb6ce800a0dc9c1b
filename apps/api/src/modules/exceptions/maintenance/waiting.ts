import { FINDING_HOPS } from '@throughline/lineage';
import type { Waiting } from '../../catalog/index.js';

/** Of objects at which money is left, the systems that tell what moves there. */
export type SystemsOfRests = ReadonlyMap<string, readonly string[]>;

type Problem = { objectId: string; hop: string; integration: string };

/** Money that nothing explains: no system told it, and each of its systems may explain it yet. */
export function isRest({ hop }: Pick<Problem, 'hop'>): boolean {
  return hop === FINDING_HOPS.money;
}

/** What a problem waits for. */
export function waitingOf(problem: Problem, systemsOfRests: SystemsOfRests): Waiting {
  const { integration, hop, objectId } = problem;
  return isRest(problem) ? { integration, hop, systems: systemsOfRests.get(objectId) ?? [] } : { integration, hop };
}
