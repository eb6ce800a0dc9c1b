import type { MigrationInterface, QueryRunner } from 'typeorm';

/** As what something was sent is kept with it: targets may be declared otherwise later. Only adds: the previous version leaves it empty. */
export class SentContentType implements MigrationInterface {
  readonly name = 'SentContentType1796200100002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table requeue_attempt add column sent_content_type text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table requeue_attempt drop sent_content_type');
  }
}
