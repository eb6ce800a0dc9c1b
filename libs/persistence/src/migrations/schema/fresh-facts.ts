import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * New facts handed from mapping to projection as they are, so that they need not be looked up again; links know the types of
 * their ends, objects what happened to them. The previous version of
 * the app must not run beside it: it does not project what is handed on here.
 */
export class FreshFacts implements MigrationInterface {
  readonly name = 'FreshFacts1795917600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(freshFactsTable);
    for (const [table, rights] of Object.entries(freshFactsTenantTables))
      await runner.query(isolateTenant(table, rights));
    await runner.query(linkIndexes);
    await runner.query(knownTogether);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(marksOfFreshFacts);
    await runner.query('drop table fresh_facts');
    await runner.query(formerLinkIndexes);
    await runner.query(knownApart);
  }
}

/** The table and the app role's rights on it. */
export const freshFactsTenantTables: Readonly<Record<string, Rights>> = {
  fresh_facts: 'select, insert, update, delete',
};

const freshFactsTable = `
-- a queue: what activities state that were just stored, until the projector takes it
create table fresh_facts (
  tenant_id uuid not null,
  facts_id bigint generated always as identity,
  stored_at timestamptz not null default now(),
  -- statements of names within, a measure of the work
  names integer not null,
  alias_ids uuid[] not null,
  -- statements of names and links as JSON text that only the projector reads
  facts text not null,
  -- something may have been unsaid since: only the names count, and all that is said of them is computed again
  is_unsure boolean not null default false,
  primary key (tenant_id, facts_id)
);
-- it lives for less than a second
alter table fresh_facts alter column facts set storage external;
`;

const linkIndexes = `
create index link_statement_between on link_statement (tenant_id, from_alias_id, to_alias_id);
drop index link_statement_from;
`;

const formerLinkIndexes = `
create index link_statement_from on link_statement (tenant_id, from_alias_id);
drop index link_statement_between;
`;

const marksOfFreshFacts = `
insert into dirty_alias (tenant_id, set_id, alias_id, occurred_at)
select tenant_id, set_id, unnest(alias_ids), '1900-01-01Z'
from (select tenant_id, alias_ids, gen_random_uuid() as set_id from fresh_facts offset 0) waiting;
`;

const knownTogether = `
alter table object_link
  -- of the objects at its ends, which never change: lineage is walked by links alone
  add column from_type text collate "C",
  add column to_type text collate "C";
update object_link l set from_type = f.type, to_type = t.type
from business_object f, business_object t
where f.tenant_id = l.tenant_id and f.object_id = l.from_object_id and t.tenant_id = l.tenant_id and t.object_id = l.to_object_id;
alter table object_link alter column from_type set not null, alter column to_type set not null;
-- what happened to it as subject: [activity id, type, time] in the order of time; null = much, or a failure, or not known yet:
-- then statements are read
alter table business_object add column happened jsonb;
-- of its own row, its objects and milestones as they were last written; '' = not known: they are compared row by row
alter table business_transaction add column digests text collate "C" not null default '';
`;

const knownApart = `
alter table object_link drop column from_type, drop column to_type;
alter table business_object drop column happened;
alter table business_transaction drop column digests;
`;
