import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The steps that clocks are told by, without the failures in between. Only an index: the previous version of the app keeps working, its
 * writers of events wait while it is built.
 */
export class ClockEvents implements MigrationInterface {
  readonly name = 'ClockEvents1796094400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index exception_event_clock on exception_event (tenant_id, exception_id, at, ordinal) where kind <> 'occurred-again'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index exception_event_clock');
  }
}
