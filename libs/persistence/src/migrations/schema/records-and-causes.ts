import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When the record of an activity was made, which decides between two that occurred at one time; and by which flow and cause events
 * belong together. Nullable without default: no row is rewritten, and the previous version keeps working.
 */
export class RecordsAndCauses implements MigrationInterface {
  readonly name = 'RecordsAndCauses1796090000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table activity add column recorded_at timestamptz;
alter table signal add column correlation_id text collate "C", add column causation_id text collate "C";`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table signal drop column causation_id, drop column correlation_id;
alter table activity drop column recorded_at;`);
  }
}

/**
 * By which the events of a flow are found, in a migration of its own: the columns are there already, so that what reads goes on.
 * Senders and workers wait while it is built, which reads all signals once.
 */
export class FlowsOfEvents implements MigrationInterface {
  readonly name = 'FlowsOfEvents1796090000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index signal_correlation on signal (tenant_id, correlation_id, received_at, signal_id) where correlation_id is not null;
create index signal_causation on signal (tenant_id, correlation_id, causation_id, received_at, signal_id)
  where causation_id is not null;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index signal_causation;
drop index signal_correlation;`);
  }
}
