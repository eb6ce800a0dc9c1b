import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The latest documents that hang on a customer, supplier or product, and what was sent to the bank from an account. Only
 * indexes, each on a part of its table: the previous version of the app keeps working beside it, but writers of the table wait while
 * one is built, which reads the whole of it once.
 */
export class AttachedAndSent implements MigrationInterface {
  readonly name = 'AttachedAndSent1796093000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index object_link_attached on object_link (tenant_id, from_object_id, first_occurred_at, to_object_id) where is_context;
      create index alias_statement_sent on alias_statement (tenant_id, alias_id, activity_id)
        where object_type = 'bank-account' and activity_type in ('payment.sent', 'payment-batch.sent')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index alias_statement_sent; drop index object_link_attached');
  }
}
