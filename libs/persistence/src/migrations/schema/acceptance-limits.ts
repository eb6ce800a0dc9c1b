import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * Limits of closing without correction per legal entity, in versions. Only adds: the previous version of the app keeps working beside
 * it, and holds to the general limit.
 */
export class AcceptanceLimits implements MigrationInterface {
  readonly name = 'AcceptanceLimits1796070000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    for (const [name, rights] of Object.entries(acceptanceLimitTenantTables)) {
      await runner.query(isolateTenant(name, rights));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table acceptance_limit_version');
  }
}

/** The tables and the app role's rights on them. What was in force is kept. */
export const acceptanceLimitTenantTables: Readonly<Record<string, Rights>> = {
  acceptance_limit_version: 'select, insert, update',
};

const table = `
create table acceptance_limit_version (
  tenant_id uuid not null,
  -- code of the legal entity
  name text not null collate "C",
  version integer not null,
  -- decimal text in the reporting currency, or "general"
  definition text not null,
  note text not null,
  state text not null collate "C" check (state in ('draft', 'active', 'retired')),
  created_by uuid not null,
  created_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  -- the version that took its place
  replaced_by integer,
  primary key (tenant_id, name, version)
);
create unique index acceptance_limit_in_force on acceptance_limit_version (tenant_id, name) where state = 'active';
`;
