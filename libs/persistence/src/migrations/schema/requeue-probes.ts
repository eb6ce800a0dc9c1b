import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/** Targets are asked what became of what they did not answer. Only adds: the previous version of the app keeps working beside it. */
export class RequeueProbes implements MigrationInterface {
  readonly name = 'RequeueProbes1796080000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    for (const [name, rights] of Object.entries(requeueProbeTenantTables))
      await runner.query(isolateTenant(name, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table requeue_probe');
  }
}

/** The table and the app role's rights on it. */
export const requeueProbeTenantTables: Readonly<Record<string, Rights>> = {
  requeue_probe: 'select, insert, update',
};

const table = `
create table requeue_probe (
  tenant_id uuid not null,
  attempt_id uuid not null,
  -- the one that got no answer
  transmission integer not null,
  asks integer not null default 0,
  -- the target is asked then; null = no more by itself
  ask_at timestamptz,
  -- the last answer
  asked_at timestamptz,
  answer text collate "C" check (answer in ('applied', 'not-applied', 'unknown')),
  words text,
  -- who wants it to be asked now
  wanted_by text,
  primary key (tenant_id, attempt_id)
);
create index requeue_probe_due on requeue_probe (tenant_id, ask_at) where ask_at is not null;
`;
