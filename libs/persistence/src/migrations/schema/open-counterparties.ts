import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is open is found by the name of its customer without what is closed, which is fifty times as much. */
export class OpenCounterparties implements MigrationInterface {
  readonly name = 'OpenCounterparties1796069500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index exception_open_counterparty on exception (tenant_id, counterparty_folded, exception_id)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index exception_open_counterparty');
  }
}
