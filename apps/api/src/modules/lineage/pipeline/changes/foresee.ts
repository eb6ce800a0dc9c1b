import type { Activity } from '@throughline/canonical';
import { type Workflow, aliasStatements } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import type { ChangedRow, ConsequencesOfChange } from '../../domain/change-report.js';
import { digestOf } from '../../domain/change-hash.js';
import { lockProjection } from '../dirty-marks.js';
import { deleteActivities, markDirty, writeActivities } from '../fact-writer.js';
import { projectLineage } from '../project-lineage.js';
import { PROJECTION_TABLES } from '../projection-tables.js';
import type { RowDifference, TableDifference } from '../rebuild/compare-projections.js';
import { type MarkedName, earliestOf, namesOf } from '../stated-activity.js';
import { consequencesOf } from './consequences.js';
import { idsOf, labelled, onlyDiffering, readNames, type RowNames } from './label-rows.js';
import { readOpenAmounts } from './open-amounts.js';
import { type ProjectionRows, type Reached, readReachedRows, rowChanges } from './projection-rows.js';
import { undone } from './undone.js';

/** Facts that would be unsaid, and said instead; and such as would be projected anew though they stay what they are. */
export type FactChanges = { goneIds: readonly string[]; said: readonly Activity[]; equalIds?: readonly string[] };

/** What would follow from changed facts. */
export type Foreseen = ConsequencesOfChange & {
  tables: TableDifference[];
  /** Rows that differ, whole and with their names, in the order of the tables. */
  rows: { table: string; label: string; row: ChangedRow }[];
  digest: string;
};

/** Of each kind of difference in a table so many rows are shown with the counts. */
const SAMPLES = 10;
/** Rounds in which what waits to be projected is taken first; news that come meanwhile are in both. */
const MOST_ROUNDS = 20;

/**
 * What would become of lineage if facts changed: they are changed, projected by the one projector, and all of it is taken back. What
 * waits to be projected is projected first, so that news are not taken for a consequence. The projection of the tenant is held still
 * meanwhile, so the caller bounds how many facts there are.
 */
export async function foresee(tx: Tx, workflows: readonly Workflow[], changes: FactChanges): Promise<Foreseen> {
  await lockProjection(tx);
  return undone(tx, async () => {
    await projectWaiting(tx, workflows);
    const { reached, after } = await undone(tx, async () => {
      const found = await change(tx, workflows, changes);
      return { reached: found, after: await readSide(tx, found) };
    });
    const before = await readSide(tx, reached);
    const names: RowNames = new Map([...before.names, ...after.names]);
    const changed = PROJECTION_TABLES.map((table) => ({
      table: table.name,
      rows: rowChanges(table, before.rows.get(table.name) ?? [], after.rows.get(table.name) ?? []),
    }));
    const byTable = new Map(changed.map(({ table, rows }) => [table, rows]));
    const told = changed.map(({ table, rows }) => ({ table, rows, labels: labelled(rows, names) }));
    return {
      ...consequencesOf(byTable, { before, after }, names),
      tables: told.map(({ table, rows, labels }) => differenceOf(table, rows, labels)),
      rows: told.flatMap(({ table, rows, labels }) =>
        rows.map((row, index) => ({ table, label: labels[index]?.label ?? '', row })),
      ),
      digest: digestOf(changed.flatMap(({ table, rows }) => rows.map((row) => tellOf(table, row)))),
    };
  });
}

async function projectWaiting(tx: Tx, workflows: readonly Workflow[]): Promise<void> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const whole = await projectLineage(tx, workflows, 'untold');
    const fresh = await projectLineage(tx, workflows, 'beside');
    if (whole === null && fresh === null) return;
  }
}

async function change(
  tx: Tx,
  workflows: readonly Workflow[],
  { goneIds, said, equalIds = [] }: FactChanges,
): Promise<Reached> {
  const equal = await readStatedNames(tx, equalIds);
  const unsaid = await deleteActivities(tx, goneIds);
  const { added, replaced } = await writeActivities(tx, said);
  await markDirty(tx, earliestOf([...unsaid, ...namesOf(added), ...replaced, ...equal]), { isSilent: true });
  const [objectIds, transactionIds] = [new Set<string>(), new Set<string>()];
  for (;;) {
    const run = await projectLineage(tx, workflows, 'untold');
    if (run === null) break;
    for (const id of run.reached.objectIds) objectIds.add(id);
    for (const id of run.reached.transactionIds) transactionIds.add(id);
  }
  return { objectIds: [...objectIds], transactionIds: [...transactionIds] };
}

/** The names that stored activities speak of. */
async function readStatedNames(tx: Tx, activityIds: readonly string[]): Promise<MarkedName[]> {
  if (activityIds.length === 0) return [];
  const said = await tx.query<Pick<Activity, 'activityId' | 'objects'> & { occurredAt: Date }>(
    `select activity_id as "activityId", objects, occurred_at as "occurredAt"
     from activity where tenant_id = $1 and activity_id = any($2::uuid[])`,
    [tx.tenantId, activityIds],
  );
  return said.flatMap((one) =>
    aliasStatements(one).map(({ aliasId }) => ({ aliasId, occurredAt: one.occurredAt.toISOString() })),
  );
}

async function readSide(tx: Tx, reached: Reached) {
  const rows: ProjectionRows = await readReachedRows(tx, reached);
  const ids = [...new Set([...rows.values()].flatMap((one) => one.flatMap(idsOf)))];
  return {
    rows,
    names: await readNames(tx, ids, ['public']),
    ...(await readOpenAmounts(tx, reached.objectIds)),
  };
}

function differenceOf(table: string, rows: readonly ChangedRow[], labels: readonly RowDifference[]): TableDifference {
  const kinds = { added: [], changed: [], removed: [] } as Record<'added' | 'changed' | 'removed', RowDifference[]>;
  for (const [index, row] of rows.entries()) {
    const label = labels[index];
    if (label !== undefined) kinds[kindOf(row)].push(label);
  }
  return {
    table,
    added: kinds.added.length,
    changed: kinds.changed.length,
    removed: kinds.removed.length,
    samples: [kinds.added, kinds.changed, kinds.removed].flatMap((kind) => kind.slice(0, SAMPLES)),
  };
}

function kindOf({ before, after }: ChangedRow): 'added' | 'changed' | 'removed' {
  if (before === null) return 'added';
  return after === null ? 'removed' : 'changed';
}

/** Of a change what differs alone, and of which row: what happened to both meanwhile is no news. */
function tellOf(table: string, row: ChangedRow): string {
  const { key } = PROJECTION_TABLES.find(({ name }) => name === table) ?? { key: [] };
  const whole = row.after ?? row.before ?? {};
  return JSON.stringify([table, key.map((column) => whole[column]), onlyDiffering(row)]);
}
