import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Exceptions are found by the number of their ticket in another system, in any case. Only adds: the previous version of the app keeps
 * working beside it.
 */
export class TicketNumbers implements MigrationInterface {
  readonly name = 'TicketNumbers1796070000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table external_ticket
        add column number_folded text collate "C" generated always as (lower(number)) stored;
      create index external_ticket_number on external_ticket (tenant_id, number_folded, subject_type, subject_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index external_ticket_number; alter table external_ticket drop column number_folded');
  }
}
