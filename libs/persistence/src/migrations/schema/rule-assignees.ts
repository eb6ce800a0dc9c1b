import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Routing rules may name a person who is given what they route. Only adds: the previous version of the app keeps working beside it,
 * and what it routes meanwhile is given to nobody.
 */
export class RuleAssignees implements MigrationInterface {
  readonly name = 'RuleAssignees1796070000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table routing_rule add column person_id uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table routing_rule drop column person_id');
  }
}
