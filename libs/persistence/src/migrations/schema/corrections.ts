import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * Payloads are corrected: versions of what failed, and what an integration lets be changed. Only adds: the previous version of the app
 * keeps working beside it, and sends everything as it is.
 */
export class Corrections implements MigrationInterface {
  readonly name = 'Corrections1796073000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table payload_version (
  tenant_id uuid not null,
  exception_id uuid not null,
  version integer not null,
  -- what a person started from; null = as the source sent it
  based_on integer,
  -- JSON text: as jsonb a number could be written in another way than it was sent
  payload text not null,
  payload_sha256 bytea not null,
  -- pointer, from, to (JSON texts) against the version that it is based on
  changes jsonb not null,
  -- places of a posting that were changed here and not at their source, on a person's word
  confirmed jsonb not null default '[]',
  reason text not null,
  author_id uuid,
  author_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, exception_id, version),
  check ((based_on is null) = (author_id is null))
);
-- what may be changed in payloads of an integration; the latest version counts
create table correction_setting (
  tenant_id uuid not null,
  integration text collate "C" not null,
  version integer not null,
  -- JSON pointers, * for positions of lists
  fields jsonb not null,
  -- event type whose contract the payload keeps
  contract_type text collate "C",
  note text not null,
  changed_by uuid not null,
  changed_by_name text not null,
  changed_at timestamptz not null,
  primary key (tenant_id, integration, version)
);
alter table requeue_attempt
  add mode text collate "C" not null default 'as-is' check (mode in ('as-is', 'corrected', 'extract-anew')),
  -- of the payload in its body; null = sent by a version of the app that did not note it
  add payload_version integer;`);
    for (const [table, rights] of Object.entries(correctionTenantTables))
      await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table requeue_attempt drop payload_version, drop mode;
drop table correction_setting;
drop table payload_version;`);
  }
}

/** The tables and the app role's rights on them: a version is written once. */
export const correctionTenantTables: Readonly<Record<string, Rights>> = {
  payload_version: 'select, insert',
  correction_setting: 'select, insert',
};
