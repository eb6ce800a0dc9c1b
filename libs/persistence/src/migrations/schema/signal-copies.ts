import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which copy of a signal an activity was made of, so that of several the first received decides whatever order they are
 * mapped in. Only adds a column without a value: the previous version of the app keeps working beside it.
 */
export class SignalCopies implements MigrationInterface {
  readonly name = 'SignalCopies1795917600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- as libs/canonical SignalReference: of copies the lowest counts; null = only one is ever stored, or made before it was noted
alter table activity add column signal_copy text collate "C"`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table activity drop column signal_copy');
  }
}
