import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The review of what was let go in an emergency has a due time. Only adds: the previous version of the app keeps working beside it, and
 * what is let go by it has none.
 */
export class ReviewDue implements MigrationInterface {
  readonly name = 'ReviewDue1796200100001';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(added(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`drop index ${table}_review_due;
alter table ${table} drop is_review_told, drop review_due_at;`);
    }
  }
}

const TABLES = ['requeue_request', 'lineage_approval'] as const;

const added = (table: (typeof TABLES)[number]): string => `
alter table ${table}
  -- another person should have reviewed it by then
  add column review_due_at timestamptz,
  -- people were told that nobody has
  add column is_review_told boolean not null default false;
-- two business days, whatever day it was
update ${table} set review_due_at = decided_at + interval '4 days' where is_break_glass and reviewed_at is null;
create index ${table}_review_due on ${table} (tenant_id, review_due_at)
  where is_break_glass and reviewed_at is null and not is_review_told;`;
