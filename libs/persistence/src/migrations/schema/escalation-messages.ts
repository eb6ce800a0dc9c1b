import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Messages about overdue clocks, beside those about groups. Only adds: the previous version of the app keeps working beside it, and
 * tells of groups alone.
 */
export class EscalationMessages implements MigrationInterface {
  readonly name = 'EscalationMessages1796071000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table notification
  -- of an overdue clock: exception, clock and when that was started; null = of a group
  add column escalation text collate "C";
drop index notification_once;
create unique index notification_once on notification (tenant_id, policy_id, group_id) where escalation is null;
create unique index notification_escalation_once on notification (tenant_id, channel_id, escalation) where escalation is not null;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
delete from notification where escalation is not null;
drop index notification_escalation_once;
drop index notification_once;
create unique index notification_once on notification (tenant_id, policy_id, group_id);
alter table notification drop column escalation;
`);
  }
}
