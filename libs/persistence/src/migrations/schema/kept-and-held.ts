import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The order in which what maintenance held is released and listed, and that in which notifications leave their retention. Only
 * indexes: the previous version of the app keeps working beside it.
 */
export class KeptAndHeld implements MigrationInterface {
  readonly name = 'KeptAndHeld1796072000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index maintenance_hold_open;
      create index maintenance_hold_unsettled on maintenance_hold (tenant_id, occurred_at, window_id) where outcome is null;
      create index maintenance_hold_latest on maintenance_hold (tenant_id, window_id, occurred_at desc, object_id);
      create index person_notification_read on person_notification (tenant_id, read_at) where read_at is not null;
      create index person_notification_waiting on person_notification (tenant_id, at) where read_at is null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index person_notification_waiting; drop index person_notification_read;
      drop index maintenance_hold_latest; drop index maintenance_hold_unsettled;
      create index maintenance_hold_open on maintenance_hold (tenant_id, window_id) where outcome is null`);
  }
}
