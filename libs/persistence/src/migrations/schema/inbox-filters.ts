import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Posting period and due date of what an exception is about, to narrow the inbox by. Only adds: the previous version of the app keeps
 * working beside it, and what it opens meanwhile gets both when it is followed again.
 */
export class InboxFilters implements MigrationInterface {
  readonly name = 'InboxFilters1796054401000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
    await runner.query(fill);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table exception drop column posting_period, drop column due_on');
  }
}

const columns = `
alter table exception
  -- a month, 2026-09
  add column posting_period text collate "C",
  -- a date, 2026-09-30, as the subject states it
  add column due_on text collate "C";
`;

/** What is open; what is closed keeps what it said. */
const fill = `
update exception e set due_on = b.due_on,
  posting_period = left(case when b.attributes ->> 'postingPeriod' ~ '^\\d{4}-(0[1-9]|1[0-2])$' then b.attributes ->> 'postingPeriod'
                             else b.posted_on end, 7)
from business_object b
where b.tenant_id = e.tenant_id and b.object_id = e.object_id and e.state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE')
  and (b.due_on is not null or b.posted_on is not null or b.attributes ? 'postingPeriod');
`;
