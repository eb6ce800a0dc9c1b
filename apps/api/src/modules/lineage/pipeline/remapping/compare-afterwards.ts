import type { Tx } from '@throughline/persistence';
import { recordAudit } from '../../../audit/index.js';
import type { ChangedRow, ChangeRow, ChangesAfterwards } from '../../domain/change-report.js';
import { consequencesOf, namedIn } from '../changes/consequences.js';
import { idsOf, onlyDiffering, readNames } from '../changes/label-rows.js';
import { readRowsOfKeys, rowChanges } from '../changes/projection-rows.js';
import { PROJECTION_TABLES } from '../projection-tables.js';
import type { ProjectionTable } from '../row-diff.js';
import { LINEAGE_ACTOR } from './make-report.js';
import { type KeptChange, findChanges, findToCompare, putHappened } from './report.repository.js';

const MOST_COMPARED = 10_000;
const NO_MONEY = { open: new Map(), places: new Map() };

/**
 * Looks at what became of what a report foresaw, once all that was mapped again is projected; false when there is nothing to look
 * at. Amounts that are open are not compared: others move them meanwhile.
 */
export async function compareAfterwards(tx: Tx, now: Date): Promise<boolean> {
  const found = await findToCompare(tx);
  if (found === null) return false;
  const { remappingId, happened } = found;
  const kept = await findChanges(tx, remappingId, { part: null, after: null, most: MOST_COMPARED });
  const changed = new Map<string, ChangedRow[]>();
  let [asForeseen, otherwise] = [0, 0];
  for (const table of PROJECTION_TABLES) {
    const ofTable = kept.filter(({ part }) => part === table.name);
    const { changes, as } = await compareTable(tx, table, ofTable);
    changed.set(table.name, changes);
    asForeseen += as;
    otherwise += ofTable.length - as;
  }
  const ids = namedIn(changed).flatMap(({ before, after }) => idsOf(after ?? before ?? {}));
  const names = await readNames(tx, [...new Set(ids)], ['public']);
  const result: ChangesAfterwards = {
    ...consequencesOf(changed, { before: NO_MONEY, after: NO_MONEY }, names),
    activities: happened?.activities ?? { added: 0, changed: 0, removed: 0 },
    tables: [...changed].map(([table, rows]) => ({ table, ...countsOf(rows) })),
    asForeseen,
    otherwise,
  };
  await putHappened(tx, remappingId, result, now);
  await recordAudit(tx, {
    at: now,
    actor: LINEAGE_ACTOR,
    action: 'remapping.compared',
    subject: { type: 'remapping', id: remappingId },
    details: { activities: result.activities, asForeseen, otherwise },
    traceId: undefined,
  });
  return true;
}

async function compareTable(
  tx: Tx,
  table: ProjectionTable,
  kept: readonly KeptChange[],
): Promise<{ changes: ChangedRow[]; as: number }> {
  const keys = kept.map(({ row }) => row.after ?? row.before ?? {});
  const now = await readRowsOfKeys(tx, table, keys);
  const before = kept.flatMap(({ row }) => (row.before === null ? [] : [row.before]));
  const isNow = new Map(now.map((row) => [keyOf(table, { before: null, after: row }), row]));
  const as = kept.filter(({ row }) => isAsForeseen(row, isNow.get(keyOf(table, row)) ?? null)).length;
  return { changes: rowChanges(table, before, now), as };
}

/** What was to change is as it was to be; what news changed besides is no matter. */
function isAsForeseen(row: ChangedRow, now: ChangeRow | null): boolean {
  if (row.after === null || now === null) return row.after === now;
  const expected = onlyDiffering(row).after ?? {};
  return Object.entries(expected).every(([column, value]) => JSON.stringify(now[column]) === JSON.stringify(value));
}

function keyOf(table: ProjectionTable, { before, after }: ChangedRow): string {
  const whole = after ?? before ?? {};
  return JSON.stringify(table.key.map((column) => whole[column]));
}

function countsOf(rows: readonly ChangedRow[]) {
  return {
    added: rows.filter(({ before }) => before === null).length,
    changed: rows.filter(({ before, after }) => before !== null && after !== null).length,
    removed: rows.filter(({ after }) => after === null).length,
  };
}
