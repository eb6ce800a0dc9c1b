import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * With whom it was that something was closed without correction, and in which bulk act: what one person closes of one counterparty in a
 * day adds up. Only adds: the previous version of the app keeps working beside it, and what it closes does not add up.
 */
export class AcceptanceSums implements MigrationInterface {
  readonly name = 'AcceptanceSums1796200200001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table exception_acceptance
  -- '' = nobody knows; null = closed before it was kept
  add column counterparty text collate "C",
  add column bulk_act_id uuid;
create index exception_acceptance_by_maker on exception_acceptance (tenant_id, maker_id, counterparty, requested_at)
  include (exception_id, converted_amount, bulk_act_id) where state = 'direct';
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index exception_acceptance_by_maker;
alter table exception_acceptance drop column bulk_act_id, drop column counterparty;
`);
  }
}
