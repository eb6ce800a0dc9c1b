import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is open is narrowed by a name or a number without the table, also where very many begin alike. Only an index, which is built
 * again; the previous version of the app keeps working.
 */
export class OpenTexts implements MigrationInterface {
  readonly name = 'OpenTexts1796200300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(openInbox(', counterparty_folded, object_key'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(openInbox(''));
  }
}

// built beside the old one: the inbox is read meanwhile, and only writing waits
const openInbox = (texts: string) => `
create index exception_open_inbox_anew on exception (tenant_id, priority_order, exception_id)
  include (facet_key, group_id, opened_at, cut_off_at, money_order, reporting_minor, owner_id, due_on${texts})
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
drop index exception_open_inbox;
alter index exception_open_inbox_anew rename to exception_open_inbox;
`;
