import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whose limit an approval of a change of lineage counts against; null = that of whoever gave it. Only adds: the previous version of the
 * app keeps working beside it.
 */
export class LineageApprovalLimits implements MigrationInterface {
  readonly name = 'LineageApprovalLimits1796201000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table lineage_approval_given add column for_person_id uuid, add column for_person_name text;
      create index lineage_approval_given_day on lineage_approval_given (tenant_id, approved_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index lineage_approval_given_day;
      alter table lineage_approval_given drop column for_person_id, drop column for_person_name`);
  }
}
