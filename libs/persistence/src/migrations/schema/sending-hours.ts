import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Hours of a target, versions of how it is sent to, what the hash of a request covers, and the releases of each target from an index of
 * its own. Only adds: the previous version of the app keeps working beside it, knows no hours, and makes hashes without limits.
 */
export class SendingHours implements MigrationInterface {
  readonly name = 'SendingHours1796082000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table requeue_settings
  -- calendar, windows and cut-offs; null = it is sent to at any time
  add column hours jsonb,
  add column version integer not null default 1,
  add column changed_at timestamptz,
  add column changed_by_name text;
alter table requeue_request
  -- 1 = of the selection alone, 2 = of how it is sent too
  add column hash_version integer not null default 1;
create index requeue_attempt_held on requeue_attempt (tenant_id, request_id, integration, position, attempt_id)
  where state = 'QUEUED' and released_at is null;
create index requeue_attempt_to_send on requeue_attempt (tenant_id, integration, released_at)
  where state = 'QUEUED' and released_at is not null;
create index requeue_item_entity on requeue_item (tenant_id, legal_entity, request_id);
create index requeue_item_integration on requeue_item (tenant_id, integration, request_id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index requeue_item_integration, requeue_item_entity, requeue_attempt_to_send, requeue_attempt_held;
alter table requeue_request drop column hash_version;
alter table requeue_settings drop column changed_by_name, drop column changed_at, drop column version, drop column hours;`);
  }
}
