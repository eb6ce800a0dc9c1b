import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the run that a send caused went through, apart from when its outcome was seen. Only adds: the previous version keeps working. */
export class RequeueProcessed implements MigrationInterface {
  readonly name = 'RequeueProcessed1796096000001';

  async up(runner: QueryRunner): Promise<void> {
    // null = no run that names the send, or is of its trace, told of a success
    await runner.query('alter table requeue_attempt add column processed_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table requeue_attempt drop column processed_at');
  }
}
