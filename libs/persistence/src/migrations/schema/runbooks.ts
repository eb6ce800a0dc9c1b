import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * Runbooks, all their versions, and the steps of them that were done for an exception. Only adds: the previous version of the app
 * keeps working beside it.
 */
export class Runbooks implements MigrationInterface {
  readonly name = 'Runbooks1796054400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rights] of Object.entries(runbookTenantTables)) await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table runbook_tick; drop table runbook_version; drop table runbook');
  }
}

/** The tables and the app role's rights on them. */
export const runbookTenantTables: Readonly<Record<string, Rights>> = {
  runbook: 'select, insert, update',
  // What people worked by is kept.
  runbook_version: 'select, insert',
  runbook_tick: 'select, insert, delete',
};

const tables = `
create table runbook (
  tenant_id uuid not null,
  runbook_id uuid not null,
  -- domain/runbook.ts
  scope text not null collate "C",
  scope_key text not null collate "C",
  -- the one in force
  version integer not null,
  is_archived boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, runbook_id)
);
-- one is found for each place, not several that may say different things
create unique index runbook_place on runbook (tenant_id, scope, scope_key) where not is_archived;

create table runbook_version (
  tenant_id uuid not null,
  runbook_id uuid not null,
  version integer not null,
  title text not null,
  -- Markdown
  body text not null,
  written_at timestamptz not null,
  written_by uuid not null,
  written_by_name text not null,
  primary key (tenant_id, runbook_id, version)
);

create table runbook_tick (
  tenant_id uuid not null,
  exception_id uuid not null,
  runbook_id uuid not null,
  -- of the words of the step
  step_key uuid not null,
  ticked_at timestamptz not null,
  ticked_by uuid not null,
  ticked_by_name text not null,
  primary key (tenant_id, exception_id, runbook_id, step_key)
);
`;
