import type { Viewer } from '../../identity/index.js';
import type { BulkActRow } from './bulk-act.repository.js';
import { BULK_OUTCOMES, whySteeringBarred, type BulkOutcome } from './domain/bulk-act.js';
import { possibleSteering } from './domain/bulk-life-cycle.js';
import type { BulkActType } from './graphql/bulk-act.types.js';

/** A bulk act as the API shows it to this viewer. */
export function toBulkActType(row: BulkActRow, viewer: Viewer): BulkActType {
  const outcomes = BULK_OUTCOMES.map((outcome) => ({ outcome, count: outcomeCount(row, outcome) }));
  return {
    ...row,
    done: row.donePosition,
    outcomes: outcomes.filter(({ count }) => count > 0),
    acts: whySteeringBarred(row, viewer) === null ? possibleSteering(row.state) : [],
  };
}

/** How many of its exceptions have this outcome; null = how many there are. */
export function outcomeCount(row: BulkActRow | null, outcome: BulkOutcome | null): number {
  if (row === null) return 0;
  if (outcome === null) return row.count;
  return outcome === 'PENDING' ? row.count - row.donePosition : (row.outcomes[outcome] ?? 0);
}
