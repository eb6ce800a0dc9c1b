import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is decided of a group holds for its members in the inbox: they are snoozed with it, and known errors are a filter. Only indexes,
 * which are built again; the previous version of the app keeps working.
 */
export class GroupsInInbox implements MigrationInterface {
  readonly name = 'GroupsInInbox1796099900000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create index exception_group_snoozed on exception_group (tenant_id, snoozed_until) where snoozed_until is not null;
create index exception_group_known on exception_group (tenant_id, group_id) where is_known_error;
${openIndexes('group_id, ')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index exception_group_snoozed, exception_group_known; ${openIndexes('')}`);
  }
}

const openIndexes = (group: string) => `
drop index exception_open_inbox;
create index exception_open_inbox on exception (tenant_id, priority_order, exception_id)
  include (facet_key, ${group}opened_at, cut_off_at, money_order, reporting_minor, owner_id, due_on)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
drop index exception_open_money, exception_open_held_money;
create index exception_open_money on exception (tenant_id, object_id, currency, direction)
  include (facet_key, ${group}reporting_minor, exception_id, amount)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE') and money_whole_id is null;
create index exception_open_held_money on exception (tenant_id, money_whole_id, money_part_id, object_id, currency, direction)
  include (facet_key, ${group}reporting_minor, exception_id, amount)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE') and money_whole_id is not null;
`;
