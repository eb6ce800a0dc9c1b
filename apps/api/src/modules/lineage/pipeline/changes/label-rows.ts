import type { Tx } from '@throughline/persistence';
import type { ChangedRow, ChangeRow } from '../../domain/change-report.js';
import type { RowDifference } from '../rebuild/compare-projections.js';

/** Names of objects, and of transactions by their anchors, by id. */
export type RowNames = ReadonlyMap<string, string>;

/** Names the rows by the objects that they speak of, and leaves of each change only what differs. */
export function labelled(rows: readonly ChangedRow[], names: RowNames): RowDifference[] {
  return rows.map((row) => ({ label: labelOf(row.after ?? row.before ?? {}, names), ...onlyDiffering(row) }));
}

/** "invoice I-1 → payment P-1 · settles" */
export function labelOf(row: ChangeRow, names: RowNames): string {
  const told = idsOf(row).map((id) => names.get(id) ?? id);
  const words = ['qualifier', 'workflow', 'title', 'taxonomy', 'kind'].flatMap((column) =>
    typeof row[column] === 'string' ? [row[column]] : [],
  );
  return [told.join(' → '), ...words].filter((part) => part !== '').join(' · ');
}

/** Of a change what differs; of what is new or gone all. */
export function onlyDiffering({ before, after }: ChangedRow): Pick<RowDifference, 'before' | 'after'> {
  if (before === null || after === null) return { before: copyOf(before), after: copyOf(after) };
  const differing = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const pick = (row: ChangeRow) => Object.fromEntries(differing.map((name) => [name, row[name]]));
  return { before: pick(before), after: pick(after) };
}

function copyOf(row: ChangeRow | null): Record<string, unknown> | null {
  return row === null ? null : { ...row };
}

const ID_COLUMNS = ['from_object_id', 'to_object_id', 'anchor_object_id', 'transaction_id', 'object_id', 'subject_id'];
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Objects and transactions that a row speaks of. */
export function idsOf(row: ChangeRow): string[] {
  // A transaction that names its anchor is told by it.
  const columns = 'anchor_object_id' in row ? ID_COLUMNS.filter((column) => column !== 'transaction_id') : ID_COLUMNS;
  return columns.flatMap((column) => {
    const value = row[column];
    return typeof value === 'string' && value !== NOBODY ? [value] : [];
  });
}

/** Type and key of objects, and of the anchors of transactions, by id, as these schemas hold them. */
export async function readNames(tx: Tx, ids: readonly string[], schemas: readonly string[]): Promise<RowNames> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; name: string }>(
    schemas
      .map(
        (schema) => `
     select object_id as id, type || ' ' || key as name from ${schema}.business_object
     where tenant_id = $1 and object_id = any($2::uuid[])
     union
     select t.transaction_id, o.type || ' ' || o.key from ${schema}.business_transaction t
     join ${schema}.business_object o on o.tenant_id = $1 and o.object_id = t.anchor_object_id
     where t.tenant_id = $1 and t.transaction_id = any($2::uuid[])`,
      )
      .join(' union '),
    [tx.tenantId, ids],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
