import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Clocks are found by when they are to be looked at, instead of on a walk through all that is open. Only an index; what the previous
 * version of the app opens meanwhile is found on a walk once an hour.
 */
export class DueLooks implements MigrationInterface {
  readonly name = 'DueLooks1796200650000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index exception_clock_look_due on exception_clock_look (tenant_id, look_at, exception_id);
-- each look moves its row: what it leaves is cleaned before many walks meet it
alter table exception_clock_look set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 500);
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table exception_clock_look reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
drop index exception_clock_look_due;
`);
  }
}
