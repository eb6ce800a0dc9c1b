import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is on its way to a target is counted over all runs. Only adds: the previous version keeps working, its senders wait while the
 * indexes are built.
 */
export class RequeueTargetLoad implements MigrationInterface {
  readonly name = 'RequeueTargetLoad1796096000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index requeue_attempt_under_way on requeue_attempt (tenant_id, integration)
  where state in ('QUEUED', 'SENDING') and released_at is not null and finished_at is null;
create index requeue_attempt_released on requeue_attempt (tenant_id, integration, released_at) where released_at is not null;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index requeue_attempt_under_way, requeue_attempt_released');
  }
}
