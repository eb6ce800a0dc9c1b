import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An item that a decision on a large request cannot be carried out on is set aside after some tries. Only adds: the previous version of
 * the app counts neither, and tries on.
 */
export class DecisionTries implements MigrationInterface {
  readonly name = 'DecisionTries1796200700000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table requeue_decision
  -- how often the next item took longer than a statement may
  add column tries integer not null default 0,
  add column set_aside integer not null default 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table requeue_decision drop column tries, drop column set_aside');
  }
}
