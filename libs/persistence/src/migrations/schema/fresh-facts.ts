import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * New facts handed from mapping to projection as they are, so that they need not be looked up again. The previous version of
 * the app must not run beside it: it does not project what is handed on here.
 */
export class FreshFacts implements MigrationInterface {
  readonly name = 'FreshFacts1795917600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(freshFactsTable);
    for (const [table, rights] of Object.entries(freshFactsTenantTables))
      await runner.query(isolateTenant(table, rights));
    await runner.query(linkIndexes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(marksOfFreshFacts);
    await runner.query('drop table fresh_facts');
    await runner.query(formerLinkIndexes);
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
select tenant_id, gen_random_uuid(), unnest(alias_ids), '-infinity' from fresh_facts;
`;
