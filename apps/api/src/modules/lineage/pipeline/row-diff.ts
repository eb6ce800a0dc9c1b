import type { Tx } from '@throughline/persistence';

/** A table of the projection: its columns with their SQL types, and which of them are its key beside the tenant. */
export type ProjectionTable = { name: string; key: readonly string[]; columns: Readonly<Record<string, string>> };

/** Which stored rows the new rows stand for: a condition on `t`, whose parameters are numbered from $3. */
export type DiffScope = { condition: string; params: readonly unknown[] };

/** Keys of rows that were written or deleted; unchanged rows are not touched. */
export type DiffResult = { written: Record<string, string>[]; deleted: Record<string, string>[] };

/**
 * Makes the rows within the scope equal to the given ones: what is new or differs is written, what vanished is deleted,
 * what is equal is left alone, so that a projection that changes nothing writes nothing and announces nothing.
 */
export async function writeDiff(
  tx: Tx,
  table: ProjectionTable,
  scope: DiffScope,
  rows: readonly object[],
): Promise<DiffResult> {
  const statement = diffStatement(table, scope.condition);
  const changes = await tx.query<{ what: 'written' | 'deleted'; key: Record<string, string> }>(statement, [
    tx.tenantId,
    JSON.stringify(rows),
    ...scope.params,
  ]);
  const keysOf = (what: string) => changes.filter((change) => change.what === what).map((change) => change.key);
  return { written: keysOf('written'), deleted: keysOf('deleted') };
}

function diffStatement({ name, key, columns }: ProjectionTable, condition: string): string {
  const names = Object.keys(columns);
  const values = names.filter((column) => !key.includes(column));
  const isSameKey = key.map((column) => `i.${column} = t.${column}`).join(' and ');
  const keyOf = (row: string) =>
    `jsonb_build_object(${key.map((column) => `'${column}', ${row}.${column}`).join(', ')})`;
  const update =
    values.length === 0
      ? 'do nothing'
      : `do update set ${values.map((column) => `${column} = excluded.${column}`).join(', ')}
         where ${values.map((column) => `${comparable('t', column, columns)} is distinct from ${comparable('excluded', column, columns)}`).join(' or ')}`;
  return `
    with i as materialized (
      select * from jsonb_to_recordset($2::jsonb) as r(${names.map((column) => `${column} ${columns[column]}`).join(', ')})
    ), deleted as (
      delete from ${name} t where t.tenant_id = $1 and (${condition}) and not exists (select 1 from i where ${isSameKey})
      returning ${keyOf('t')} as key
    ), written as (
      insert into ${name} as t (tenant_id, ${names.join(', ')}) select $1, ${names.join(', ')} from i
      on conflict (tenant_id, ${key.join(', ')}) ${update}
      returning ${keyOf('t')} as key
    )
    select 'deleted' as what, key from deleted union all select 'written', key from written`;
}

function comparable(row: string, column: string, columns: Readonly<Record<string, string>>): string {
  // 10.5 and 10.50 are equal numbers but not the same amount text; a rebuild has to find the same text.
  return columns[column] === 'numeric' ? `${row}.${column}::text` : `${row}.${column}`;
}
