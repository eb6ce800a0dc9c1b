import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is stated about a customer, a period or a hub itself is found among all that name it in passing. Their own statements are a
 * small part of all, so few writes enter them; the index is built while writers wait. The previous version of the app keeps working
 * beside it.
 */
export class MuchNamed implements MigrationInterface {
  readonly name = 'MuchNamed1796092100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index alias_statement_subject on alias_statement (tenant_id, alias_id, occurred_at, activity_id)
  where is_subject and object_type in ('customer', 'supplier', 'legal-entity', 'product', 'cost-center', 'bank-account',
    'price-agreement', 'credit-limit', 'credit-exposure', 'fx-exposure', 'accounting-period', 'person', 'bank-statement',
    'cash-position', 'cash-forecast', 'payment-batch', 'actuals-batch', 'forecast-version', 'report');`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index alias_statement_subject');
  }
}
