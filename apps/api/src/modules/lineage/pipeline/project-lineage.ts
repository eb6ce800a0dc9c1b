import { CONTEXT_TYPES } from '@throughline/canonical';
import type { Workflow } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { emit } from '../../../outbox/index.js';
import { findAffectedRoots } from './affected-roots.js';
import { lockProjection, takeDirtyMarks } from './dirty-marks.js';
import { type ProjectedObjects, projectObjects } from './project-objects.js';
import { type ProjectedTransactions, projectTransactions } from './project-transactions.js';

/** What one projection did, for the log and the metrics. */
export type ProjectionRun = {
  marks: number;
  objects: number;
  transactions: number;
  problems: number;
  tooManyAliases: readonly string[];
  truncatedTransactions: readonly string[];
};

/** Most marks of one projection, apart from those that were stored together with them. */
const MARKS_AT_ONCE = 5_000;
/** Most objects that one outbox event names. */
const OBJECTS_PER_EVENT = 500;
/** Most notifications to open pages by one projection; a page that misses one reads the state when it next asks. */
const MOST_NOTICES = 1_000;

/**
 * Takes pending marks and computes everything they can reach, whole, from the facts; null when there were none. Tells
 * others only when `announces`: a rebuild sends nothing.
 */
export async function projectLineage(
  tx: Tx,
  workflows: readonly Workflow[],
  announces: boolean,
): Promise<ProjectionRun | null> {
  await lockProjection(tx);
  const marks = await takeDirtyMarks(tx, MARKS_AT_ONCE);
  if (marks.length === 0) return null;
  const changed = await projectObjects(tx, marks, workflows);
  const roots = await findAffectedRoots(tx, changed, workflows);
  const projected = await projectTransactions(tx, roots, workflows);
  if (announces) await announce(tx, changed, projected);
  return {
    marks: marks.length,
    objects: changed.touched.size,
    transactions: projected.changedTransactionIds.size,
    problems: projected.changedProblemObjectIds.size,
    tooManyAliases: changed.tooManyAliases,
    truncatedTransactions: projected.truncatedIds,
  };
}

async function announce(tx: Tx, changed: ProjectedObjects, projected: ProjectedTransactions): Promise<void> {
  const documents = [...changed.touched]
    .filter(([, { type }]) => !CONTEXT_TYPES.has(type))
    .map(([objectId]) => objectId);
  const objectIds = [...new Set([...documents, ...projected.changedProblemObjectIds])].sort();
  const transactionIds = [...projected.changedTransactionIds].sort();
  const events = Math.max(
    Math.ceil(objectIds.length / OBJECTS_PER_EVENT),
    Math.ceil(transactionIds.length / OBJECTS_PER_EVENT),
  );
  for (let event = 0; event < events; event += 1) {
    const [from, to] = [event * OBJECTS_PER_EVENT, (event + 1) * OBJECTS_PER_EVENT];
    await emit(tx, 'lineage.projected', {
      objectIds: objectIds.slice(from, to),
      transactionIds: transactionIds.slice(from, to),
    });
  }
  if (transactionIds.length === 0) return;
  await tx.query(
    `select pg_notify('throughline_changed', json_build_object('tenantId', $1::text, 'kind', 'transaction', 'id', id)::text)
     from unnest($2::text[]) as id`,
    [tx.tenantId, transactionIds.slice(0, MOST_NOTICES)],
  );
}
