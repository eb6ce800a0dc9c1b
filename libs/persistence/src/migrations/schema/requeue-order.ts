import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * What is sent again goes out behind what comes before it in the lineage. Only adds: the previous version of the app keeps working
 * beside it, and sends without an order.
 */
export class RequeueOrder implements MigrationInterface {
  readonly name = 'RequeueOrder1796060000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table requeue_order (
  tenant_id uuid not null,
  -- goes out when nothing is under way for that exception any more
  attempt_id uuid not null,
  after_exception_id uuid not null,
  primary key (tenant_id, attempt_id, after_exception_id)
);
create index requeue_order_after on requeue_order (tenant_id, after_exception_id);`);
    for (const [table, rights] of Object.entries(requeueOrderTenantTables))
      await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table requeue_order');
  }
}

/** The table and the app role's rights on it; what was decided is kept. */
export const requeueOrderTenantTables: Readonly<Record<string, Rights>> = { requeue_order: 'select, insert' };
