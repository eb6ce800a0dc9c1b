import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * How many exceptions of each facet are open, kept up by the database itself: the numbers beside the filters need no walk through what
 * is open. Whoever changes what a facet is made of fills it anew. The previous version of the app keeps working, and counts slower.
 */
export class FacetCounts implements MigrationInterface {
  readonly name = 'FacetCounts1796087000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    for (const [name, rights] of Object.entries(facetCountTenantTables))
      await runner.query(isolateTenant(name, rights));
    await runner.query(counting);
    await runner.query(fill);
    await runner.query('drop index exception_open_facet');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop trigger exception_facets_of_new on exception;
drop trigger exception_facets_of_changed on exception;
drop trigger exception_facets_of_deleted on exception;
drop function throughline_count_facets();
drop table exception_facet_count;
create index exception_open_facet on exception (tenant_id, facet_key, facet)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
`);
  }
}

/** The table and the app role's rights on it. */
export const facetCountTenantTables: Readonly<Record<string, Rights>> = {
  exception_facet_count: 'select, insert, delete',
};

const IS_OPEN = `state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE')`;

// Changes are added beside each other and summed up later: a row a facet would be a lock that everybody waits for.
const table = `
create table exception_facet_count (
  tenant_id uuid not null,
  facet_key bigint not null,
  change_number bigint generated always as identity,
  facet text collate "C" not null,
  -- by how many it grew
  n bigint not null,
  primary key (tenant_id, facet_key, change_number)
) with (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
`;

const counted = (rows: string) => `
    insert into exception_facet_count (tenant_id, facet_key, facet, n)
    select tenant_id, facet_key, min(facet), sum(n) from (${rows}) moved group by tenant_id, facet_key having sum(n) <> 0;`;

const rowsOf = (name: string, n: string) =>
  `select tenant_id, facet_key, facet, ${n} as n from ${name} where ${IS_OPEN}`;

const counting = `
create function throughline_count_facets() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then ${counted(rowsOf('new_rows', '1'))}
  elsif tg_op = 'UPDATE' then ${counted(`${rowsOf('new_rows', '1')} union all ${rowsOf('old_rows', '-1')}`)}
  else ${counted(rowsOf('old_rows', '-1'))}
  end if;
  return null;
end $$;
create trigger exception_facets_of_new after insert on exception
  referencing new table as new_rows for each statement execute function throughline_count_facets();
create trigger exception_facets_of_changed after update on exception
  referencing old table as old_rows new table as new_rows for each statement execute function throughline_count_facets();
create trigger exception_facets_of_deleted after delete on exception
  referencing old table as old_rows for each statement execute function throughline_count_facets();
`;

// the triggers hold off whoever writes until this is committed
const fill = `
insert into exception_facet_count (tenant_id, facet_key, facet, n)
select tenant_id, facet_key, min(facet), count(*) from exception where ${IS_OPEN} group by tenant_id, facet_key;
`;
