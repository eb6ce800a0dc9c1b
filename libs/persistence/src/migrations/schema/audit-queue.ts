import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Audit records wait for their seal in the order in which it takes them: what waits behind is not read again for every thousand.
 * Only the key of a waiting list; the previous version of the app keeps working.
 */
export class AuditQueue implements MigrationInterface {
  readonly name = 'AuditQueue1796200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(keyed('tenant_id, recorded_at, audit_id'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(keyed('tenant_id, audit_id'));
  }
}

const keyed = (columns: string) =>
  `alter table audit_unsealed drop constraint audit_unsealed_pkey, add primary key (${columns});`;
