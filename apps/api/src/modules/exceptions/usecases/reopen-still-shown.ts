import { loadWorkflows } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { findPutRight, type Proving } from '../still-shown.repository.js';
import { reconcileExceptions } from './reconcile-exceptions.js';

/** So long after it is said that something was put right, the facts should show it; also over a weekend. */
const GRACE_MS = 72 * 60 * 60_000;

/** What was closed earlier is left alone: whoever looks after it has found out by now. */
const LOOKED_AFTER_MS = 30 * 24 * 60 * 60_000;

let proving: readonly Proving[] | undefined;

/** What the workflows see done, read once. */
function provingIntegrations(): readonly Proving[] {
  proving ??= loadWorkflows().flatMap(({ name: workflow, provenBy }) =>
    [...provenBy.keys()].map((integration) => ({ workflow, integration })),
  );
  return proving;
}

/**
 * Looks at what people closed as put right, and opens again what the facts still show after a time of grace: a source that was not
 * mended, a posting by hand that nobody saw, a duplicate of what is solved. Answers how many were looked at.
 */
export async function reopenStillShown(tx: Tx, now: Date, limit: number): Promise<number> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const due = await findPutRight(
    tx,
    { after: ago(LOOKED_AFTER_MS), before: ago(GRACE_MS) },
    provingIntegrations(),
    limit,
  );
  if (due.length > 0) {
    await reconcileExceptions(tx, { objectIds: [...new Set(due.map(({ objectId }) => objectId))], overdue: [] }, now, {
      overdue: new Set(due.map(({ exceptionId }) => exceptionId)),
    });
  }
  return due.length;
}
