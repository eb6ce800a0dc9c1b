import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * What is wrong with the lineage itself, as part of the projection. Only adds a table: the previous version of the app keeps
 * working beside it, and writes no findings.
 */
export class Findings implements MigrationInterface {
  readonly name = 'Findings1795921200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(findingTable);
    for (const [table, rights] of Object.entries(findingTenantTables)) await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table finding');
  }
}

/** The table and the app role's rights on it. */
export const findingTenantTables: Readonly<Record<string, Rights>> = {
  finding: 'select, insert, update, delete',
};

const findingTable = `
create table finding (
  tenant_id uuid not null,
  -- libs/lineage FINDING_KINDS
  kind text collate "C" not null,
  -- a business object; of a transaction that was cut, the transaction
  subject_id uuid not null,
  -- which of several of one subject: an attribute, a key, a link; '' = there is only one
  about text collate "C" not null,
  details jsonb not null,
  -- when that which made it happened; null = no one activity did
  since timestamptz,
  primary key (tenant_id, kind, subject_id, about)
);
create index finding_subject on finding (tenant_id, subject_id);
`;
