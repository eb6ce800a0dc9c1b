import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A decision to send again has a life of its own: approved or not, under way, held, ended. Only adds: the previous version of the app
 * keeps working beside it, and what it asks for goes out at once.
 */
export class RequestLife implements MigrationInterface {
  readonly name = 'RequestLife1796069000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table requeue_request
  add state text collate "C" not null default 'SENDING',
  add changed_at timestamptz;
update requeue_request r set state = 'FINISHED'
where not exists (select from requeue_attempt a where a.tenant_id = r.tenant_id and a.request_id = r.request_id
                    and a.state in ('QUEUED', 'SENDING'));
alter table requeue_request add constraint requeue_request_state_check check (state in
  ('PENDING_APPROVAL', 'REJECTED', 'EXPIRED', 'WITHDRAWN', 'SENDING', 'PAUSED', 'STOPPED', 'CANCELLED', 'FINISHED'));
create index requeue_request_state on requeue_request (tenant_id, state, created_at, request_id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index requeue_request_state;
alter table requeue_request drop constraint requeue_request_state_check, drop changed_at, drop state;`);
  }
}
