import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Working hours of a queue that no shipped calendar has. Only adds: the previous version of the app keeps working, and takes a queue
 * with hours of its own for one without any that are set.
 */
export class QueueOwnHours implements MigrationInterface {
  readonly name = 'QueueOwnHours1796400000000';

  async up(runner: QueryRunner): Promise<void> {
    // windows by weekday, time zone, holidays and other days, as libs/sla/src/own-hours.ts has them; null = the calendar of that name
    await runner.query('alter table queue_hours add column own jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from queue_hours where own is not null; alter table queue_hours drop column own;`);
  }
}
