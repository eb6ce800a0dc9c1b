import type { MaintenanceCover } from '../../catalog/index.js';
import { identityOf, type ProblemFact } from '../domain/stored-exception.js';
import { type SystemsOfRests, waitingOf } from './waiting.js';

/** What is told of problems now, and what maintenance holds back. */
export type Parted = { told: ProblemFact[]; held: { problem: ProblemFact; windowId: string }[] };

/**
 * A failure that was last seen in maintenance of what it waits for, and of which nothing is open, is held until its end; what was
 * overcome by then was the maintenance and is never told. What still fails after it is told as if it had begun then.
 */
export function partHeld(
  cover: MaintenanceCover,
  problems: readonly ProblemFact[],
  { open, systemsOfRests }: { open: ReadonlySet<string>; systemsOfRests: SystemsOfRests },
  now: Date,
): Parted {
  const parted: Parted = { told: [], held: [] };
  for (const problem of problems) {
    const { objectId, hop, signature, lastOccurredAt, clearedAt } = problem;
    const waiting = waitingOf(problem, systemsOfRests);
    // money is left as long as nothing explains it, however long ago it moved
    const seenAt = waiting.systems === undefined ? lastOccurredAt : now;
    const lies = open.has(identityOf(objectId, hop, signature)) ? null : cover.at(waiting, seenAt);
    if (lies === null || (clearedAt === null && lies.time.to <= now.getTime())) parted.told.push(problem);
    else if (clearedAt === null) parted.held.push({ problem, windowId: lies.window.id });
  }
  return parted;
}
