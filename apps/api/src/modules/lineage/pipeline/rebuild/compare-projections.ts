import type { Tx } from '@throughline/persistence';
import { FINDINGS_OF_TRANSACTIONS } from '../project-findings.js';
import { PROJECTION_TABLES } from '../projection-tables.js';
import type { ProjectionTable } from '../row-diff.js';
import { BESIDE } from './beside.js';

/** A row that differs: as it is shown, and as the rebuild makes it; null = there is none. */
export type RowDifference = {
  label: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

/** What of a table the switch would change. */
export type TableDifference = {
  table: string;
  added: number;
  changed: number;
  removed: number;
  samples: RowDifference[];
};

/** Of each kind of difference in a table so many rows are shown. */
const SAMPLES = 10;

/** Columns that serve the projection alone: they say nothing that another column does not. */
const INTERNAL: ReadonlySet<string> = new Set(['digests', 'happened']);

/** Compares what is shown with what was made beside it, table by table, in one statement each. */
export async function compareProjections(tx: Tx): Promise<TableDifference[]> {
  const differences: TableDifference[] = [];
  for (const table of PROJECTION_TABLES) differences.push(await compareTable(tx, table));
  return differences;
}

async function compareTable(tx: Tx, table: ProjectionTable): Promise<TableDifference> {
  const columns = Object.keys(table.columns).filter((column) => !INTERNAL.has(column));
  const rows = await tx.query<{
    what: 'added' | 'changed' | 'removed';
    count: string;
    sample: { before: Record<string, unknown> | null; after: Record<string, unknown> | null } | null;
  }>(
    `with differing as (
       select case when l.is_there is null then 'added' when r.is_there is null then 'removed' else 'changed' end as what,
              case when l.is_there then to_jsonb(l) - 'is_there' end as before,
              case when r.is_there then to_jsonb(r) - 'is_there' end as after
       from (${rowsOf('public', table, columns)}) l
       full join (${rowsOf(BESIDE, table, columns)}) r using (${table.key.join(', ')})
       where (l.is_there is null or r.is_there is null
              or (${columns.map((column) => `l.${column}`).join(', ')}) is distinct from (${columns.map((column) => `r.${column}`).join(', ')}))
     ), numbered as (
       select differing.*, count(*) over (partition by what) as count,
              row_number() over (partition by what order by coalesce(after, before)) as number
       from differing
     )
     select what, count, json_build_object('before', before, 'after', after) as sample from numbered
     where number <= ${SAMPLES} order by what, number`,
    [tx.tenantId],
  );
  const countOf = (what: string) => Number(rows.find((row) => row.what === what)?.count ?? 0);
  const samples = rows.flatMap(({ sample }) => (sample === null ? [] : [sample]));
  return {
    table: table.name,
    added: countOf('added'),
    changed: countOf('changed'),
    removed: countOf('removed'),
    samples: await labelled(tx, samples),
  };
}

/**
 * Writes into what is shown whatever differs from what was made beside it, and answers how many rows that were. All of it is in
 * the caller's transaction, under the lock of the projection: who reads sees all of the one or all of the other.
 */
export async function applyDifferences(tx: Tx): Promise<number> {
  let changed = 0;
  for (const table of PROJECTION_TABLES) {
    const { name, key, columns } = table;
    const names = Object.keys(columns);
    const list = names.join(', ');
    const others = names.filter((column) => !key.includes(column));
    const [row] = await tx.query<{ changed: string }>(
      `with deleted as (
         delete from public.${name} t where t.tenant_id = $1 and not exists (
           select 1 from ${BESIDE}.${name} r
           where r.tenant_id = $1 and ${key.map((column) => `r.${column} = t.${column}`).join(' and ')})
         returning 1
       ), written as (
         insert into public.${name} as t (tenant_id, ${list})
         select $1, ${names.map((column) => castOf(table, column)).join(', ')}
         from (${comparedRows(BESIDE, table)} except ${comparedRows('public', table)}) differing
         on conflict (tenant_id, ${key.join(', ')}) do ${
           others.length === 0
             ? 'nothing'
             : `update set ${others.map((column) => `${column} = excluded.${column}`).join(', ')}`
         }
         returning 1
       )
       select (select count(*) from deleted) + (select count(*) from written) as changed`,
      [tx.tenantId],
    );
    changed += Number(row?.changed ?? 0);
  }
  return changed;
}

/**
 * Objects whose problems, milestones, findings, facts or links the switch changes: whoever follows them looks at them again, rules
 * and rests of money as well.
 */
export async function concernedObjects(tx: Tx): Promise<{ objectIds: string[]; subjectIds: string[] }> {
  const problems = await tx.query<{ id: string }>(
    `select distinct object_id as id from (${bothWays('problem')}) differing order by 1`,
    [tx.tenantId],
  );
  const subjects = await tx.query<{ id: string }>(
    `select distinct id from (
       select t.anchor_object_id as id from (${bothWays('milestone')}) differing
       cross join lateral (
         select anchor_object_id from public.business_transaction where tenant_id = $1 and transaction_id = differing.transaction_id
         union
         select anchor_object_id from ${BESIDE}.business_transaction where tenant_id = $1 and transaction_id = differing.transaction_id
       ) t
       union
       select object_id from (${bothWays('milestone')}) differing where rule_kind = 'service'
       union
       select object_id from (${bothWays('business_object')}) differing
       union
       select unnest(array[from_object_id, to_object_id]) from (${bothWays('object_link')}) differing
       union
       select subject_id from (${bothWays('finding')}) differing where kind <> all($2::text[])
       union
       select o.object_id from (${bothWays('finding')}) differing
       cross join lateral (
         select object_id, is_hub from public.transaction_object where tenant_id = $1 and transaction_id = differing.subject_id
         union
         select object_id, is_hub from ${BESIDE}.transaction_object where tenant_id = $1 and transaction_id = differing.subject_id
       ) o
       where kind = any($2::text[]) and not o.is_hub
     ) subjects where id <> '00000000-0000-0000-0000-000000000000' order by 1`,
    [tx.tenantId, FINDINGS_OF_TRANSACTIONS],
  );
  return { objectIds: problems.map((row) => row.id), subjectIds: subjects.map((row) => row.id) };
}

function bothWays(name: string): string {
  const table = PROJECTION_TABLES.find((one) => one.name === name);
  if (table === undefined) throw new RangeError(`${name} is no table of the projection`);
  const [shown, made] = [comparedRows('public', table), comparedRows(BESIDE, table)];
  return `(${shown} except ${made}) union all (${made} except ${shown})`;
}

/** 10.5 and 10.50 are equal numbers but not the same amount text: they are compared, and shown, as text. */
function rowsOf(schema: string, table: ProjectionTable, columns: readonly string[]): string {
  return `select true as is_there, ${columns.map((column) => textOf(table, column)).join(', ')} from ${schema}.${table.name} where tenant_id = $1`;
}

function comparedRows(schema: string, table: ProjectionTable): string {
  const columns = Object.keys(table.columns).map((column) => textOf(table, column));
  return `select ${columns.join(', ')} from ${schema}.${table.name} where tenant_id = $1`;
}

function textOf({ columns }: ProjectionTable, column: string): string {
  return columns[column] === 'numeric' ? `${column}::text as ${column}` : column;
}

function castOf({ columns }: ProjectionTable, column: string): string {
  return columns[column] === 'numeric' ? `${column}::numeric` : column;
}

/** Names the rows by the objects that they speak of, and leaves of each change only what differs. */
async function labelled(tx: Tx, samples: readonly Pick<RowDifference, 'before' | 'after'>[]): Promise<RowDifference[]> {
  const ids = samples.flatMap(({ before, after }) => idsOf(after ?? before ?? {}));
  const names = ids.length === 0 ? new Map<string, string>() : await readNames(tx, ids);
  return samples.map(({ before, after }) => {
    const row = after ?? before ?? {};
    const told = idsOf(row).map((id) => names.get(id) ?? id);
    const words = ['qualifier', 'workflow', 'title', 'taxonomy'].flatMap((column) =>
      typeof row[column] === 'string' ? [row[column]] : [],
    );
    const label = [told.join(' → '), ...words].filter((part) => part !== '').join(' · ');
    return { label, ...onlyDiffering(before, after) };
  });
}

function onlyDiffering(before: RowDifference['before'], after: RowDifference['after']) {
  if (before === null || after === null) return { before, after };
  const differing = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const pick = (row: Record<string, unknown>) => Object.fromEntries(differing.map((name) => [name, row[name]]));
  return { before: pick(before), after: pick(after) };
}

const ID_COLUMNS = ['from_object_id', 'to_object_id', 'anchor_object_id', 'transaction_id', 'object_id'];
const NOBODY = '00000000-0000-0000-0000-000000000000';

function idsOf(row: Record<string, unknown>): string[] {
  // A transaction that names its anchor is told by it.
  const columns = 'anchor_object_id' in row ? ID_COLUMNS.filter((column) => column !== 'transaction_id') : ID_COLUMNS;
  return columns.flatMap((column) => {
    const value = row[column];
    return typeof value === 'string' && value !== NOBODY ? [value] : [];
  });
}

/** Type and key of objects, and of the anchors of transactions, by id; as they are shown, or as they were made beside. */
async function readNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(
    ['public', BESIDE]
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
