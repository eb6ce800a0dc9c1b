import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What hangs on an exception as its duplicate is found from there, and how many that were is frozen with a request to close it without
 * correction. Only adds: the previous version of the app keeps working beside it, and what it closes counts no duplicates.
 */
export class DuplicatesAccepted implements MigrationInterface {
  readonly name = 'DuplicatesAccepted1796200800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table exception_acceptance add column duplicates integer not null default 0;
create index exception_duplicates on exception (tenant_id, duplicate_of) where state = 'DUPLICATE';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index exception_duplicates;
alter table exception_acceptance drop column duplicates;
`);
  }
}
