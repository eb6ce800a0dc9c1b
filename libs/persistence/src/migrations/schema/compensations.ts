import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * What went wrong is undone or told through its integration: what each integration declares for that, and what was asked of it. Only
 * adds, so that the previous version of the app still runs on it. Stop its workers first: they would send a compensation to the address
 * of what is sent again, and judge it as such.
 */
export class Compensations implements MigrationInterface {
  readonly name = 'Compensations1796084000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rights] of Object.entries(compensationTenantTables))
      await runner.query(isolateTenant(table, rights));
    await runner.query(resolutions(`${EARLIER}, 'COMPENSATED'`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`update exception set resolution = 'SOURCE_FIXED' where resolution = 'COMPENSATED'`);
    await runner.query(resolutions(EARLIER));
    await runner.query(`
drop table requeue_compensation;
drop table compensation_setting;
alter table requeue_request drop action;`);
  }
}

/** The tables and the app role's rights on them: what was declared or asked for is written once. */
export const compensationTenantTables: Readonly<Record<string, Rights>> = {
  compensation_setting: 'select, insert',
  requeue_compensation: 'select, insert',
};

const EARLIER = `'VERIFIED_REQUEUE', 'SOURCE_FIXED', 'POSTED_BY_HAND', 'VANISHED'`;

function resolutions(names: string): string {
  return `
alter table exception drop constraint exception_resolution_check;
alter table exception add constraint exception_resolution_check check (resolution in (${names}));`;
}

const tables = `
alter table requeue_request
  add action text collate "C" not null default 'requeue' check (action in ('requeue', 'reverse', 'cancel', 'notify'));
-- what an integration undoes or tells; the latest version counts
create table compensation_setting (
  tenant_id uuid not null,
  integration text collate "C" not null,
  version integer not null,
  -- see domain/compensation-rules.ts of the catalog
  actions jsonb not null,
  note text not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, integration, version)
);
-- what an attempt undoes or tells of, and what proves it, frozen with it
create table requeue_compensation (
  tenant_id uuid not null,
  attempt_id uuid not null,
  document_id uuid not null,
  document_type text collate "C" not null,
  document_key text not null,
  -- on the host of the integration's target; null = the target itself
  path text,
  -- both null = the acknowledgement is the proof
  proof_activity text collate "C",
  -- workflow/milestone
  proof_milestone text collate "C",
  within_minutes integer not null,
  -- null = the target decides
  posting_on date,
  primary key (tenant_id, attempt_id)
);`;
