import { CONTEXT_TYPES, TECHNICAL_TYPES } from '@throughline/canonical';
import type { Workflow } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { emit } from '../../../outbox/index.js';
import type { Reached } from './changes/projection-rows.js';
import { findAffectedRoots } from './affected-roots.js';
import { addCyclesElsewhere } from './cycles-elsewhere.js';
import { type DirtyMark, type MarkKind, lockProjection, takeDirtyMarks, withLoudMarks } from './dirty-marks.js';
import { type FreshFacts, takeFreshFacts } from './fresh-facts.js';
import { type FoundSubjects, projectFindings } from './project-findings.js';
import { marksOf, projectFresh } from './project-fresh.js';
import { type ProjectedObjects, joinProjected, projectObjects } from './project-objects.js';
import { type ProjectedTransactions, projectTransactions } from './project-transactions.js';
import { passOnToRebuild } from './rebuild/pass-on.js';
import { gatherRuns } from './runs/gather-runs.js';

/** What one projection did, for the log and the metrics. */
export type ProjectionRun = {
  marks: number;
  objects: number;
  transactions: number;
  problems: number;
  tooManyAliases: readonly string[];
  truncatedTransactions: readonly string[];
  overfullTransactions: readonly string[];
  /** Whose rows may differ. */
  reached: Reached;
};

/** Most marks of one projection, apart from those that were stored together with them. */
const MARKS_AT_ONCE = 5_000;
/** Most objects that one outbox event names. */
const OBJECTS_PER_EVENT = 500;
/** What is attached to documents and says whether these are right. */
const MASTER_TYPES: ReadonlySet<string> = new Set(
  [...CONTEXT_TYPES].filter((type) => !TECHNICAL_TYPES.has(type) && type !== 'person' && type !== 'legal-entity'),
);
/** Most notifications to open pages by one projection; a page that misses one reads the state when it next asks. */
const MOST_NOTICES = 1_000;

/**
 * Which marks to project and what to tell of it. `loud`: news. `silent`: what was mapped again, whose event says so. `untold`:
 * all marks, and no event at all, as in a rebuild. `beside`: facts handed on, and no event, as in a rebuild beside what is shown.
 */
export type ProjectionPass = MarkKind | 'untold' | 'beside';

/** Takes pending marks and computes everything they can reach, whole, from the facts; null when there were none. */
export async function projectLineage(
  tx: Tx,
  workflows: readonly Workflow[],
  pass: ProjectionPass,
): Promise<ProjectionRun | null> {
  await lockProjection(tx);
  const taken = await takeChanges(tx, pass);
  if (taken === null) return null;
  if (pass !== 'beside') await gatherRuns(tx, taken, { isSilent: pass !== 'loud' });
  if (pass === 'loud' || pass === 'silent') await passOnToRebuild(tx, taken);
  const changed = await projectChanges(tx, taken, workflows);
  const roots = await findAffectedRoots(tx, changed, workflows);
  const projected = await projectTransactions(tx, roots, workflows);
  await addCyclesElsewhere(tx, changed, projected);
  const found = await projectFindings(tx, changed, projected);
  if (pass === 'loud' || pass === 'silent') {
    // Of runs only those that failed: whatever else is told of one may contradict that.
    const failedRuns = roots.problemObjectIds.filter((id) => changed.touched.get(id)?.type === 'run');
    await announce(tx, changed, { ...projected, failedRuns }, found, pass);
  }
  return {
    marks: taken.marks.length + taken.facts.names.length,
    objects: changed.touched.size,
    transactions: projected.changedTransactionIds.size,
    problems: projected.changedProblemObjectIds.size,
    tooManyAliases: changed.tooManyAliases,
    truncatedTransactions: projected.truncatedIds,
    overfullTransactions: [...projected.overfull.keys()],
    reached: {
      objectIds: [
        ...changed.touched.keys(),
        ...changed.vanished,
        ...changed.regrouped,
        ...projected.changedProblemObjectIds,
        ...found.objectIds,
      ],
      transactionIds: [...projected.changedTransactionIds, ...found.transactionIds],
    },
  };
}

/** What the next projection is of: names to compute whole, and new facts to add to what is known. */
type Changes = { marks: DirtyMark[]; facts: FreshFacts };

async function takeChanges(tx: Tx, pass: ProjectionPass): Promise<Changes | null> {
  const marks = pass === 'beside' ? [] : await takeDirtyMarks(tx, MARKS_AT_ONCE, pass === 'untold' ? undefined : pass);
  if (pass === 'silent' || pass === 'untold')
    return marks.length === 0 ? null : { marks, facts: { names: [], links: [] } };
  const { sure, unsure } = await takeFreshFacts(tx, MARKS_AT_ONCE);
  const changes = { marks: [...marks, ...marksOf(unsure.names)], facts: sure };
  return changes.marks.length === 0 && sure.names.length === 0 ? null : changes;
}

async function projectChanges(
  tx: Tx,
  { marks, facts }: Changes,
  workflows: readonly Workflow[],
): Promise<ProjectedObjects> {
  // Whole first: it may join objects that new facts speak of.
  const parts = [
    ...(marks.length > 0 ? [await projectObjects(tx, marks, workflows)] : []),
    ...(facts.names.length > 0 ? [await projectFresh(tx, facts, workflows)] : []),
  ];
  const [first, second] = parts;
  if (first === undefined) throw new RangeError('there is nothing to project');
  return second === undefined ? first : joinProjected(first, second);
}

async function announce(
  tx: Tx,
  changed: ProjectedObjects,
  projected: ProjectedTransactions & { failedRuns: readonly string[] },
  found: FoundSubjects,
  pass: MarkKind,
): Promise<void> {
  const documents = [...changed.touched]
    .filter(([, { type }]) => !CONTEXT_TYPES.has(type))
    .map(([objectId]) => objectId);
  const objectIds = [...new Set([...documents, ...projected.changedProblemObjectIds, ...projected.failedRuns])].sort();
  const attached = [...changed.touched].filter(([, { type }]) => MASTER_TYPES.has(type)).map(([objectId]) => objectId);
  for (let from = 0; from < attached.length; from += OBJECTS_PER_EVENT) {
    await emit(tx, 'lineage.master', {
      objectIds: attached.slice(from, from + OBJECTS_PER_EVENT),
      isSilent: pass === 'silent',
    });
  }
  const transactionIds = [...projected.changedTransactionIds].sort();
  const told = new Set(objectIds);
  const subjectIds = [...new Set([...projected.milestoneSubjectIds, ...found.objectIds])]
    .filter((id) => !told.has(id))
    .sort();
  if (pass === 'loud') {
    await emitProjected(tx, objectIds, subjectIds, false, found.transactionIds);
  } else {
    const loud = await withLoudMarks(tx, objectIds);
    await emitProjected(tx, [...loud].sort(), [], false);
    await emitProjected(
      tx,
      objectIds.filter((objectId) => !loud.has(objectId)),
      subjectIds,
      true,
      found.transactionIds,
    );
  }
  if (transactionIds.length === 0) return;
  await tx.query(
    `select pg_notify('throughline_changed', json_build_object('tenantId', $1::text, 'kind', 'transaction', 'id', id)::text)
     from unnest($2::text[]) as id`,
    [tx.tenantId, transactionIds.slice(0, MOST_NOTICES)],
  );
}

/** Tells consumers which objects to look at again, in events of a bounded size. */
export async function emitProjected(
  tx: Tx,
  objectIds: readonly string[],
  subjectIds: readonly string[],
  isSilent: boolean,
  transactionIds: readonly string[] = [],
): Promise<void> {
  const most = Math.max(objectIds.length, subjectIds.length, transactionIds.length);
  const events = Math.ceil(most / OBJECTS_PER_EVENT);
  for (let event = 0; event < events; event += 1) {
    const [from, to] = [event * OBJECTS_PER_EVENT, (event + 1) * OBJECTS_PER_EVENT];
    await emit(tx, 'lineage.projected', {
      objectIds: objectIds.slice(from, to),
      transactionIds: transactionIds.slice(from, to),
      subjectIds: subjectIds.slice(from, to),
      ...(isSilent && { isSilent }),
    });
  }
}
