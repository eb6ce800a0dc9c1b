import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * What engines state of what is late, missing or not in agreement. Only adds: the previous version of the app keeps working beside
 * it, and opens no exception for what is stated.
 */
export class StatedProblems implements MigrationInterface {
  readonly name = 'StatedProblems1796067000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    for (const [name, rights] of Object.entries(statedProblemTenantTables))
      await runner.query(isolateTenant(name, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table stated_problem');
  }
}

/** The table and the app role's rights on it. */
export const statedProblemTenantTables: Readonly<Record<string, Rights>> = {
  stated_problem: 'select, insert, update, delete',
};

const table = `
create table stated_problem (
  tenant_id uuid not null,
  engine text collate "C" not null,
  -- what the engine looked at as a whole, e.g. one check, one object: it states the problems of a scope together
  scope text collate "C" not null,
  -- an alias: of an object that is known, or that may become known by it
  subject_id uuid not null,
  hop text collate "C" not null,
  signature text collate "C" not null,
  subject_type text collate "C" not null,
  subject_key text collate "C" not null,
  legal_entity text collate "C",
  counterparty text,
  taxonomy text collate "C" not null,
  discriminators jsonb not null,
  -- null = made from taxonomy and discriminators
  headline text,
  message text not null,
  amount numeric,
  currency text,
  direction text,
  occurrences integer not null,
  first_occurred_at timestamptz not null,
  last_occurred_at timestamptz not null,
  primary key (tenant_id, engine, scope, subject_id, hop, signature)
);
create index stated_problem_subject on stated_problem (tenant_id, subject_id);
`;
