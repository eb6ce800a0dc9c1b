import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where integrations take what is sent again is set by people: how it is carried there, and what that needs. Only adds: the previous
 * version of the app keeps working beside it with the targets that it knows. One that is set meanwhile has secrets that it cannot read:
 * it sends nothing there.
 */
export class RequeueTargets implements MigrationInterface {
  readonly name = 'RequeueTargets1796081000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(undo);
  }
}

const columns = `
alter table integration
  add requeue_adapter text collate "C" not null default 'webhook',
  add requeue_settings jsonb not null default '{}',
  add requeue_status_url text,
  add requeue_validate_url text,
  -- null = nobody did: it came with the demo
  add requeue_changed_at timestamptz,
  add requeue_changed_by_name text;
`;

// secrets of several fields are of no use to the version before, and neither is the address of another adapter
const undo = `
update integration set requeue_url = null, requeue_secret_encrypted = null where requeue_changed_at is not null;
alter table integration drop requeue_changed_by_name, drop requeue_changed_at, drop requeue_validate_url,
  drop requeue_status_url, drop requeue_settings, drop requeue_adapter;
`;
