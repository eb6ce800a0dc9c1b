import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When an attempt went out for the first time: from then on it is carried, and may have been applied. Only adds: of what the previous version
 * sends, the latest transmission counts.
 */
export class FirstSent implements MigrationInterface {
  readonly name = 'FirstSent1796201100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table requeue_attempt add column first_sent_at timestamptz');
    await runner.query(
      `update requeue_attempt set first_sent_at = case when transmissions = 1 then sent_at else coalesce(released_at, created_at) end
       where transmissions > 0`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table requeue_attempt drop first_sent_at');
  }
}
