import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appRole, isolateTenant, type Rights } from './initial/isolation.js';

/**
 * What people state about lineage, and rebuilds of it: their progress, and the schema in which a projection is made beside the
 * one that is shown. Only adds: the previous version of the app keeps working beside it, and does not hold a projection back
 * that a rebuild has to know of, so none may run until it is gone.
 */
export class StatementsAndRebuilds implements MigrationInterface {
  readonly name = 'StatementsAndRebuilds1796011200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statementTable);
    await runner.query(rebuildTable);
    for (const [table, rights] of Object.entries(statementAndRebuildTenantTables))
      await runner.query(isolateTenant(table, rights));
    await runner.query(remappingStates(`'waiting', 'running', 'paused', 'done', 'failed', 'cancelled'`));
    await runner.query(`create schema rebuild; grant usage on schema rebuild to ${appRole};`);
    await runner.query(matchFunction);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function throughline_match_rebuild(text[]); drop schema rebuild cascade');
    await runner.query(`update remapping set state = 'failed' where state in ('paused', 'cancelled')`);
    await runner.query(remappingStates(`'waiting', 'running', 'done', 'failed'`));
    await runner.query('drop table lineage_rebuild_work; drop table lineage_rebuild; drop table lineage_statement');
  }
}

/** The tables and the app role's rights on them. */
export const statementAndRebuildTenantTables: Readonly<Record<string, Rights>> = {
  lineage_statement: 'select, insert, update, delete',
  lineage_rebuild: 'select, insert, update, delete',
  lineage_rebuild_work: 'select, insert, update, delete',
};

const statementTable = `
-- what people stated about lineage, one row per signal that tells it: derived from the signals, and kept when these have left
create table lineage_statement (
  tenant_id uuid not null,
  signal_id uuid not null,
  signal_received_on date not null,
  -- of what is stated: of the signals of one statement the latest counts
  statement_id uuid not null,
  act text not null check (act in ('link', 'identity')),
  is_withdrawal boolean not null,
  stated_at timestamptz not null,
  stated_by uuid not null,
  reason text not null,
  -- of a link its upstream and downstream end
  first_alias_id uuid not null,
  second_alias_id uuid not null,
  -- { act, objects: [{ type, system, kind, scope, value }], qualifier?, amount? }
  statement jsonb not null,
  primary key (tenant_id, signal_id)
);
create index lineage_statement_of on lineage_statement (tenant_id, statement_id, stated_at, signal_id);
create index lineage_statement_first on lineage_statement (tenant_id, first_alias_id);
create index lineage_statement_second on lineage_statement (tenant_id, second_alias_id);
`;

const rebuildTable = `
-- one act of making lineage again: the whole beside the one that is shown, or a range of signals by mapping them again
create table lineage_rebuild (
  tenant_id uuid not null,
  rebuild_id uuid not null,
  reason text not null,
  -- of a range { from?, to?, sourceSystem? }; {} = the whole
  scope jsonb not null,
  -- the act of mapping again that makes a range; its state and progress are those of the rebuild
  remapping_id uuid,
  state text not null check (state in ('waiting', 'running', 'paused', 'ready', 'switching', 'done', 'failed', 'cancelled')),
  requested_by uuid,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- activities to make it of, null until they are listed, and how many are done
  activities_total bigint,
  activities_done bigint not null default 0,
  -- what the switch would change: [{ table, added, changed, removed, samples }], and when it was compared
  report jsonb,
  compared_at timestamptz,
  -- rows beside that are still to be deleted
  is_cleared boolean not null default false,
  error text,
  primary key (tenant_id, rebuild_id)
);
create index lineage_rebuild_requested on lineage_rebuild (tenant_id, requested_at, rebuild_id);
-- a queue: activities that the rebuild of the whole has still to add, and those that came meanwhile
create table lineage_rebuild_work (
  tenant_id uuid not null,
  work_id bigint generated always as identity,
  activity_id uuid not null,
  primary key (tenant_id, work_id)
);
create unique index lineage_rebuild_under_way on lineage_rebuild (tenant_id)
  where remapping_id is null and state in ('waiting', 'running', 'paused', 'ready', 'switching');
`;

function remappingStates(states: string): string {
  return `
alter table remapping drop constraint remapping_state_check;
alter table remapping add constraint remapping_state_check check (state in (${states}));`;
}

/**
 * Each table of the projection once more in the schema \`rebuild\`, in the form that it has now. Called after every migration, so
 * that none of them has to think of both.
 */
const matchFunction = `
create function throughline_match_rebuild(wanted text[]) returns integer language plpgsql as $function$
declare
  wanted_table text;
  made integer := 0;
  shape constant text := $shape$
    select concat_ws(E'\\n',
      (select string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attcollation, a.attnotnull, a.attidentity,
                                   a.attgenerated, pg_get_expr(d.adbin, d.adrelid)), E'\\n' order by a.attnum)
       from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped),
      (select string_agg(pg_get_constraintdef(oid), E'\\n' order by pg_get_constraintdef(oid))
       from pg_constraint where conrelid = $1 and contype = 'c'),
      (select string_agg(regexp_replace(pg_get_indexdef(indexrelid), ' INDEX .* USING ', ' USING '), E'\\n'
                         order by regexp_replace(pg_get_indexdef(indexrelid), ' INDEX .* USING ', ' USING '))
       from pg_index where indrelid = $1),
      (select pg_get_expr(polqual, polrelid) from pg_policy where polrelid = $1))
  $shape$;
  live text;
  beside text;
begin
  foreach wanted_table in array wanted loop
    beside := null;
    execute shape into live using to_regclass(format('public.%I', wanted_table));
    if to_regclass(format('rebuild.%I', wanted_table)) is not null then
      execute shape into beside using to_regclass(format('rebuild.%I', wanted_table));
    end if;
    continue when beside = live;
    execute format('drop table if exists rebuild.%I', wanted_table);
    execute format('create table rebuild.%I (like public.%I including all)', wanted_table, wanted_table);
    execute format('alter table rebuild.%I enable row level security', wanted_table);
    execute format('create policy tenant_isolation on rebuild.%I using (%s) with check (%s)', wanted_table,
      (select qual from pg_policies where schemaname = 'public' and tablename = wanted_table),
      (select with_check from pg_policies where schemaname = 'public' and tablename = wanted_table));
    execute format('grant select, insert, update, delete on rebuild.%I to ${appRole}', wanted_table);
    made := made + 1;
  end loop;
  if made > 0 then
    update lineage_rebuild set state = 'failed', finished_at = now(), error = 'a new version changed the tables'
    where remapping_id is null and state in ('waiting', 'running', 'paused', 'ready', 'switching');
  end if;
  return made;
end $function$;
revoke execute on function throughline_match_rebuild(text[]) from public;
`;
