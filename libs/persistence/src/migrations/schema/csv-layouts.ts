import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * CSV layouts that tenants declare themselves. Only adds: the previous version of the app keeps working beside it, and knows the
 * shipped ones.
 */
export class CsvLayouts implements MigrationInterface {
  readonly name = 'CsvLayouts1796091000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- the latest version of a name takes files; rows that were taken by an earlier one are still read by it
create table csv_layout (
  tenant_id uuid not null,
  name text collate "C" not null,
  version integer not null,
  -- YAML
  definition text not null,
  note text not null,
  created_by uuid not null,
  created_by_name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, name, version)
);`);
    for (const [table, rights] of Object.entries(csvLayoutTenantTables))
      await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table csv_layout');
  }
}

/** The table and the app role's rights on it: a version is written once. */
export const csvLayoutTenantTables: Readonly<Record<string, Rights>> = { csv_layout: 'select, insert' };
