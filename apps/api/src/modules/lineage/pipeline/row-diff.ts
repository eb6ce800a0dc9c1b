import { type CopyType, type Tx, arrayType, encodeArray } from '@throughline/persistence';

/** A table of the projection: its columns with their types, and which of them are its key beside the tenant. */
export type ProjectionTable = { name: string; key: readonly string[]; columns: Readonly<Record<string, CopyType>> };

/** Which stored rows the new rows stand for: a condition on `t`, whose parameters are numbered from $2. */
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
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<DiffResult> {
  const statement = diffStatement(table, scope);
  const changes = await tx.query<{ what: 'written' | 'deleted'; key: Record<string, string> }>(statement, [
    tx.tenantId,
    ...scope.params,
    ...columnsOf(table, rows),
  ]);
  const keysOf = (what: string) => changes.filter((change) => change.what === what).map((change) => change.key);
  return { written: keysOf('written'), deleted: keysOf('deleted') };
}

/** Writes rows that are known to be new or to differ. */
export async function writeRows(
  tx: Tx,
  table: ProjectionTable,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  if (rows.length === 0) return;
  const { name, key, columns } = table;
  const names = Object.keys(columns);
  await tx.query(
    `insert into ${name} (tenant_id, ${names.join(', ')})
     select $1, ${stored(names, columns)}
     from unnest(${Object.values(columns)
       .map((type, index) => `$${index + 2}::${arrayType(type)}`)
       .join(', ')}) as r(${names.join(', ')})
     on conflict (tenant_id, ${key.join(', ')}) ${updateOf(table)}`,
    [tx.tenantId, ...columnsOf(table, rows)],
  );
}

function columnsOf({ columns }: ProjectionTable, rows: readonly Readonly<Record<string, unknown>>[]): Buffer[] {
  return Object.entries(columns).map(([column, type]) =>
    encodeArray(
      type,
      rows.map((row) => row[column]),
      column,
    ),
  );
}

function stored(names: readonly string[], columns: Readonly<Record<string, CopyType>>): string {
  return names.map((column) => (columns[column] === 'numeric' ? `${column}::numeric` : column)).join(', ');
}

function updateOf({ key, columns }: ProjectionTable): string {
  const values = Object.keys(columns).filter((column) => !key.includes(column));
  if (values.length === 0) return 'do nothing';
  return `do update set ${values.map((column) => `${column} = excluded.${column}`).join(', ')}`;
}

/**
 * Differences by set operations and deletion by row address: none of it is a join, so no plan depends on how many rows the
 * server believes to be there. Compared before it is written: an upsert locks, and so writes, each row that it finds equal.
 */
function diffStatement(table: ProjectionTable, { condition, params }: DiffScope): string {
  const { name, key, columns } = table;
  const names = Object.keys(columns);
  const firstColumn = params.length + 2;
  const given = Object.values(columns).map((type, index) => `$${firstColumn + index}::${arrayType(type)}`);
  const keyList = key.join(', ');
  const keyOf = (row: string) =>
    `jsonb_build_object(${key.map((column) => `'${column}', ${row}.${column}`).join(', ')})`;
  return `
    with i as materialized (
      select * from unnest(${given.join(', ')}) as r(${names.join(', ')})
    ), s as materialized (
      select t.ctid as place, ${names.map((column) => `t.${column}`).join(', ')}
      from ${name} t where t.tenant_id = $1 and (${condition})
    ), deleted as (
      delete from ${name} t
      where t.tenant_id = $1 and t.ctid = any(array(
        select min(place) from (select ${keyList}, place from s union all select ${keyList}, null from i) both_sides
        group by ${keyList} having count(place) = count(*)))
      returning ${keyOf('t')} as key
    ), written as (
      insert into ${name} as t (tenant_id, ${names.join(', ')})
      select $1, ${stored(names, columns)}
      from (select ${compared(names, columns)} from i except select ${compared(names, columns)} from s) differing
      on conflict (tenant_id, ${keyList}) ${updateOf(table)}
      returning ${keyOf('t')} as key
    )
    select 'deleted' as what, key from deleted union all select 'written', key from written`;
}

function compared(names: readonly string[], columns: Readonly<Record<string, CopyType>>): string {
  // 10.5 and 10.50 are equal numbers but not the same amount text; a rebuild has to find the same text.
  return names
    .map((column) => (columns[column] === 'numeric' ? `${column}::numeric::text as ${column}` : column))
    .join(', ');
}
