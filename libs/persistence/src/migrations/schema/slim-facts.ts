import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant } from './initial/isolation.js';

/**
 * Facts say everything once: links and the words of names stand in their activity, and what is found by a name is in one
 * index instead of two. Half the rows and bytes of an activity's statements. The previous version of the app must not run
 * beside it: it writes the table that is dropped here.
 */
export class SlimFacts implements MigrationInterface {
  readonly name = 'SlimFacts1796003400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(slimStatements);
    await runner.query(activityIndexes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(formerActivityIndexes);
    await runner.query(formerStatements);
    await runner.query(formerLinks);
    await runner.query(isolateTenant('link_statement', 'select, insert, update, delete'));
  }
}

const slimStatements = `
-- ids side by side, 16 bytes each; not strict, so that it is read as part of the query around
create function throughline_ids(packed bytea) returns setof uuid language sql immutable parallel safe as $body$
  select encode(substr(packed, i * 16 + 1, 16), 'hex')::uuid from generate_series(0, length(packed) / 16 - 1) as i
$body$;
alter table activity
  -- the lowest name of each of its objects that has any, in their order: from an activity to what it names
  add column names bytea not null default ''::bytea;
update activity a set names = coalesce((
  select string_agg(uuid_send(n.alias_id), ''::bytea order by n.position)
  from (select distinct on (s.position) s.position, s.alias_id from alias_statement s
        where s.tenant_id = a.tenant_id and s.activity_id = a.activity_id order by s.position, s.alias_id) n), ''::bytea);
alter table alias_statement
  -- ids of the other names at its place in the activity, 16 bytes each: all are names of one object; null = it is the only one
  add column beside bytea;
update alias_statement s set beside = (
  select string_agg(uuid_send(o.alias_id), ''::bytea order by o.alias_id) from alias_statement o
  where o.tenant_id = s.tenant_id and o.activity_id = s.activity_id and o.position = s.position and o.alias_id <> s.alias_id)
where not is_alone;
alter table alias_statement drop constraint alias_statement_pkey;
drop index alias_statement_alias;
drop index alias_statement_joined;
alter table alias_statement
  drop column is_alone, drop column system, drop column kind, drop column scope, drop column value,
  add primary key (tenant_id, alias_id, occurred_at, activity_id, position);
create index alias_statement_joined on alias_statement (tenant_id, alias_id) where beside is not null;
drop table link_statement;
`;

const activityIndexes = `
drop index activity_trace;
create index activity_trace on activity (tenant_id, trace_id) where trace_id is not null;
`;

const formerActivityIndexes = `
drop index activity_trace;
create index activity_trace on activity (tenant_id, trace_id);
`;

// A name that is not projected yet is looked for in its activity; its first one there stands for it.
const formerStatements = `
alter table alias_statement
  add column is_alone boolean,
  add column system text collate "C", add column kind text collate "C", add column scope text collate "C",
  add column value text collate "C";
update alias_statement s set is_alone = s.beside is null, system = coalesce(n.system, ''), kind = coalesce(n.kind, ''),
  scope = coalesce(n.scope, ''), value = coalesce(n.value, '')
from (
  select t.tenant_id, t.activity_id, t.position, t.alias_id, coalesce(v.system, w.system) as system, coalesce(v.kind, w.kind) as kind,
         coalesce(v.scope, w.scope) as scope, coalesce(v.value, w.value) as value
  from alias_statement t
  left join object_alias v on v.tenant_id = t.tenant_id and v.alias_id = t.alias_id
  left join activity a on a.tenant_id = t.tenant_id and a.activity_id = t.activity_id
  left join lateral (
    select e ->> 'system' as system, e ->> 'kind' as kind, e ->> 'scope' as scope, e ->> 'value' as value
    from jsonb_array_elements(a.objects -> t.position::int -> 'aliases') as e limit 1
  ) w on true
) n
where n.tenant_id = s.tenant_id and n.activity_id = s.activity_id and n.position = s.position and n.alias_id = s.alias_id;
alter table alias_statement drop constraint alias_statement_pkey;
drop index alias_statement_joined;
alter table alias_statement
  alter column is_alone set not null, alter column system set not null, alter column kind set not null,
  alter column scope set not null, alter column value set not null,
  drop column beside,
  add primary key (tenant_id, activity_id, position, alias_id);
create index alias_statement_alias on alias_statement (tenant_id, alias_id, occurred_at, activity_id);
create index alias_statement_joined on alias_statement (tenant_id, alias_id) where not is_alone;
`;

const formerLinks = `
create table link_statement (
  tenant_id uuid not null,
  activity_id uuid not null,
  ordinal smallint not null,
  from_alias_id uuid not null,
  to_alias_id uuid not null,
  qualifier text collate "C" not null,
  amount numeric,
  currency text,
  primary key (tenant_id, activity_id, ordinal)
);
insert into link_statement (tenant_id, activity_id, ordinal, from_alias_id, to_alias_id, qualifier, amount, currency)
select a.tenant_id, a.activity_id, l.ordinality - 1, f.alias_id, t.alias_id, l.link ->> 'qualifier',
       (l.link -> 'amount' ->> 'amount')::numeric, l.link -> 'amount' ->> 'currency'
from activity a
cross join lateral jsonb_array_elements(a.links) with ordinality as l(link, ordinality)
cross join lateral (
  select alias_id from alias_statement s where s.tenant_id = a.tenant_id and s.activity_id = a.activity_id
    and s.position = (l.link ->> 'from')::int order by alias_id limit 1
) f
cross join lateral (
  select alias_id from alias_statement s where s.tenant_id = a.tenant_id and s.activity_id = a.activity_id
    and s.position = (l.link ->> 'to')::int order by alias_id limit 1
) t;
create index link_statement_between on link_statement (tenant_id, from_alias_id, to_alias_id);
create index link_statement_to on link_statement (tenant_id, to_alias_id);
alter table activity drop column names;
drop function throughline_ids;
`;
