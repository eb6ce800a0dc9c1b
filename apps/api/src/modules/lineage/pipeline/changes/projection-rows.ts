import type { Tx } from '@throughline/persistence';
import type { ChangedRow, ChangeRow } from '../../domain/change-report.js';
import { PROJECTION_TABLES } from '../projection-tables.js';
import type { ProjectionTable } from '../row-diff.js';

/** Objects and transactions that a projection may have changed. */
export type Reached = { objectIds: readonly string[]; transactionIds: readonly string[] };

/** Rows of the projection by the name of their table. */
export type ProjectionRows = ReadonlyMap<string, readonly ChangeRow[]>;

/** Columns that serve the projection alone: they say nothing that another column does not. */
export const INTERNAL_COLUMNS: ReadonlySet<string> = new Set(['digests', 'happened']);

const OF_REACHED: Readonly<Record<string, string>> = {
  finding: 'subject_id = any($2::uuid[] || $3::uuid[])',
  problem: 'object_id = any($2::uuid[])',
  milestone: 'transaction_id = any($3::uuid[])',
  transaction_object: 'transaction_id = any($3::uuid[])',
  business_transaction: 'transaction_id = any($3::uuid[])',
  object_link: '(from_object_id = any($2::uuid[]) or to_object_id = any($2::uuid[]))',
  business_object: 'object_id = any($2::uuid[])',
  object_alias: 'object_id = any($2::uuid[])',
};

/** All rows that are about these objects and transactions, as they are now. */
export async function readReachedRows(tx: Tx, { objectIds, transactionIds }: Reached): Promise<ProjectionRows> {
  const rows = new Map<string, ChangeRow[]>();
  for (const table of PROJECTION_TABLES) {
    const condition = OF_REACHED[table.name];
    if (condition === undefined) throw new RangeError(`nothing says which rows of ${table.name} are reached`);
    const found = await tx.query<{ row: ChangeRow }>(
      `select to_jsonb(r) as row from (
         select ${shownColumns(table)} from public.${table.name}
         where tenant_id = $1 and ${condition} and cardinality($2::uuid[]) + cardinality($3::uuid[]) > 0) r`,
      [tx.tenantId, objectIds, transactionIds],
    );
    rows.set(
      table.name,
      found.map(({ row }) => row),
    );
  }
  return rows;
}

/** The rows of these keys, as they are now. */
export async function readRowsOfKeys(tx: Tx, table: ProjectionTable, keys: readonly ChangeRow[]): Promise<ChangeRow[]> {
  if (keys.length === 0) return [];
  const columns = table.key.map((column) => `${column} ${table.columns[column] ?? 'text'}`).join(', ');
  const rows = await tx.query<{ row: ChangeRow }>(
    `select to_jsonb(r) as row from (
       select ${shownColumns(table, 't.')} from ${table.name} t
       join jsonb_to_recordset($2::jsonb) as k(${columns}) on ${table.key.map((column) => `t.${column} = k.${column}`).join(' and ')}
       where t.tenant_id = $1) r`,
    [tx.tenantId, JSON.stringify(keys)],
  );
  return rows.map(({ row }) => row);
}

/** What differs between two states of a table, in the order of the keys. */
export function rowChanges(
  table: ProjectionTable,
  before: readonly ChangeRow[],
  after: readonly ChangeRow[],
): ChangedRow[] {
  const keyOf = (row: ChangeRow) => JSON.stringify(table.key.map((column) => row[column]));
  const [was, is] = [new Map(before.map((row) => [keyOf(row), row])), new Map(after.map((row) => [keyOf(row), row]))];
  return [...new Set([...was.keys(), ...is.keys()])].sort().flatMap((key) => {
    const change = { before: was.get(key) ?? null, after: is.get(key) ?? null };
    return isSame(change) ? [] : [change];
  });
}

function isSame({ before, after }: ChangedRow): boolean {
  if (before === null || after === null) return before === after;
  return Object.keys(after).every((column) => JSON.stringify(before[column]) === JSON.stringify(after[column]));
}

/** 10.5 and 10.50 are equal numbers but not the same amount text. */
function shownColumns({ columns }: ProjectionTable, prefix = ''): string {
  return Object.entries(columns)
    .filter(([column]) => !INTERNAL_COLUMNS.has(column))
    .map(([column, type]) => `${prefix}${column}${type === 'numeric' ? `::text as ${column}` : ''}`)
    .join(', ');
}
