import type { Tx } from '@throughline/persistence';
import { FINDINGS_OF_TRANSACTIONS } from '../project-findings.js';
import { digestOf } from '../../domain/change-hash.js';
import { PROJECTION_TABLES } from '../projection-tables.js';
import type { ProjectionTable } from '../row-diff.js';
import { idsOf, labelled, readNames } from '../changes/label-rows.js';
import { INTERNAL_COLUMNS } from '../changes/projection-rows.js';
import type { ChangedRow } from '../../domain/change-report.js';
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

/** What the switch would change of all tables. */
export type ProjectionComparison = {
  tables: TableDifference[];
  /** Of the tables that say what becomes of money and exceptions the rows that differ. */
  rows: ReadonlyMap<string, ChangedRow[]>;
  /** More rows differ than were read. */
  isPartial: boolean;
  /** Of all that differs, wherever it is told. */
  digest: string;
};

/** Of each kind of difference in a table so many rows are shown. */
const SAMPLES = 10;
/** Rows of which it is told what becomes of money and exceptions, of each kind of difference in a table. */
const MOST_READ = 10_000;
const READ_TABLES: ReadonlySet<string> = new Set(['business_object', 'object_link', 'problem', 'finding']);

/** Compares what is shown with what was made beside it, table by table, in one statement each. */
export async function compareProjections(tx: Tx): Promise<ProjectionComparison> {
  const compared = [];
  for (const table of PROJECTION_TABLES) compared.push(await compareTable(tx, table));
  return {
    tables: compared.map(({ difference }) => difference),
    rows: new Map(compared.map(({ difference: { table }, rows }) => [table, rows])),
    isPartial: compared.some(
      ({ difference: { table, added, changed, removed }, rows }) =>
        READ_TABLES.has(table) && added + changed + removed > rows.length,
    ),
    digest: digestOf(compared.map(({ digest }) => digest)),
  };
}

async function compareTable(
  tx: Tx,
  table: ProjectionTable,
): Promise<{ difference: TableDifference; rows: ChangedRow[]; digest: string }> {
  const columns = Object.keys(table.columns).filter((column) => !INTERNAL_COLUMNS.has(column));
  const most = READ_TABLES.has(table.name) ? MOST_READ : SAMPLES;
  const keys = table.key.map((column) => `coalesce(after, before) -> '${column}'`).join(', ');
  const rows = await tx.query<ChangedRow & { what: 'added' | 'changed' | 'removed'; count: string; digest: string }>(
    `with differing as materialized (
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
     ), told as (
       -- of a change what differs alone: what happened to both meanwhile is no news
       select jsonb_build_array(${keys}) as key, case when before is null or after is null then coalesce(after, before)
              else (select jsonb_object_agg(a.key, jsonb_build_array(before -> a.key, a.value)) from jsonb_each(after) a
                    where a.value is distinct from before -> a.key) end as difference, what
       from differing
     )
     select what, count, before, after,
            (select md5(string_agg(md5(concat_ws(' ', what, key, difference)), '' order by key)) from told) as digest
     from numbered where number <= ${most} order by what, number`,
    [tx.tenantId],
  );
  const countOf = (what: string) => Number(rows.find((row) => row.what === what)?.count ?? 0);
  const changes = rows.map(({ what, before, after }) => ({ what, before, after }));
  const samples = (['added', 'changed', 'removed'] as const).flatMap((kind) =>
    changes.filter(({ what }) => what === kind).slice(0, SAMPLES),
  );
  const names = await readNames(
    tx,
    samples.flatMap(({ before, after }) => idsOf(after ?? before ?? {})),
    ['public', BESIDE],
  );
  const difference = {
    table: table.name,
    added: countOf('added'),
    changed: countOf('changed'),
    removed: countOf('removed'),
    samples: labelled(samples, names),
  };
  return { difference, rows: changes, digest: `${table.name} ${rows[0]?.digest ?? ''}` };
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
