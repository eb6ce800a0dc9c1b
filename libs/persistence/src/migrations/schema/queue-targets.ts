import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/** How long exceptions of a queue may wait, by priority, where a tenant says so. Only adds: the previous version of the app keeps working. */
export class QueueTargets implements MigrationInterface {
  readonly name = 'QueueTargets1796094200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    for (const [name, rights] of Object.entries(queueTargetTenantTables)) {
      await runner.query(isolateTenant(name, rights));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table queue_target');
  }
}

/** The table and the app role's rights on it. */
export const queueTargetTenantTables: Readonly<Record<string, Rights>> = {
  queue_target: 'select, insert, delete',
};

const table = `
create table queue_target (
  tenant_id uuid not null,
  queue text not null collate "C",
  band text not null collate "C" check (band in ('P1', 'P2', 'P3', 'P4')),
  -- open time, ISO 8601: until somebody has it in hand, and until it is over
  response text not null,
  resolution text not null,
  primary key (tenant_id, queue, band)
);
`;
