import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where the money of what was asked to be sent again is held, as it was then. Only adds: the previous version of the app keeps working
 * beside it, and what it asked for counts by object, as before.
 */
export class HeldItems implements MigrationInterface {
  readonly name = 'HeldItems1796200200002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table requeue_item
  -- see exception.money_part_id
  add column money_part_id uuid,
  add column money_whole_id uuid;
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table requeue_item drop column money_part_id, drop column money_whole_id');
  }
}
