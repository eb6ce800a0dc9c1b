import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where the money of an exception is held, so that a payment, its batch and their bank entry count once in a total; and since when the
 * facts no longer show what is closed. Only adds: the previous version of the app keeps working beside it. What is there already counts
 * as before until something about it is heard again.
 */
export class MoneyPlaces implements MigrationInterface {
  readonly name = 'MoneyPlaces1796095000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table exception
  -- the outermost object that holds the same money, and the one next to it on the way; null = its money is its own
  add column money_part_id uuid,
  add column money_whole_id uuid,
  -- since when the facts no longer show what is closed; null = they still do, as far as was looked
  add column gone_at timestamptz;

-- what people said was put right, and has not been seen to be
create index exception_put_right on exception (tenant_id, resolved_at)
  where gone_at is null and (resolution in ('SOURCE_FIXED', 'POSTED_BY_HAND') or is_duplicate_by_hand);

drop index exception_open_money;
create index exception_open_money on exception (tenant_id, object_id, currency, direction) ${INCLUDED}
  where ${IS_OPEN} and money_whole_id is null;
create index exception_open_held_money on exception (tenant_id, money_whole_id, money_part_id, object_id, currency, direction) ${INCLUDED}
  where ${IS_OPEN} and money_whole_id is not null;

drop index exception_open_group;
${openGroup('object_id, money_part_id, money_whole_id')}
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index exception_open_group, exception_open_held_money, exception_open_money;
create index exception_open_money on exception (tenant_id, object_id, currency, direction) ${INCLUDED} where ${IS_OPEN};
${openGroup('object_id')}
alter table exception drop column money_part_id, drop column money_whole_id, drop column gone_at;
`);
  }
}

const IS_OPEN = `state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE')`;
const INCLUDED = 'include (facet_key, reporting_minor, exception_id, amount)';

function openGroup(last: string): string {
  return `
create index exception_open_group on exception (tenant_id, group_id)
  include (facet_key, direction, reporting_minor, opened_at, cut_off_at, last_occurred_at, priority_order, owner_id, due_on, exception_id,
    ${last})
  where ${IS_OPEN};
`;
}
