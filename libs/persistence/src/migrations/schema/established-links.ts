import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Links that only failed attempts state are told from those along which money moved. The previous version of the app keeps working
 * beside it. What it had projected counts as established: a rebuild mends what a failed attempt alone had stated.
 */
export class EstablishedLinks implements MigrationInterface {
  readonly name = 'EstablishedLinks1796092000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table object_link
  add column is_established boolean not null default true,
  -- when something that succeeded first stated it; null = at once, or never
  add column established_at timestamptz;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table object_link drop column is_established, drop column established_at');
  }
}
