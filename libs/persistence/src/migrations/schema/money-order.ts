import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The inbox by money in the reporting currency, whatever the currency of each. The table is written anew once, which takes about ten
 * seconds for each million exceptions. The previous version of the app keeps working, and its order by money reads whole states.
 */
export class MoneyOrder implements MigrationInterface {
  readonly name = 'MoneyOrder1796094000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- money at risk in the reporting currency, in minor units; what has no figure comes after what has one
alter table exception add column money_order bigint not null generated always as (coalesce(reporting_minor, -1)) stored;
${indexesBy('money_order')}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`${indexesBy('amount_minor')}
alter table exception drop column money_order;`);
  }
}

const indexesBy = (money: string) => `
drop index exception_inbox;
create index exception_inbox on exception (tenant_id, state, ${money}, exception_id);
drop index exception_open_inbox;
create index exception_open_inbox on exception (tenant_id, priority_order, exception_id)
  include (facet_key, opened_at, cut_off_at, ${money}, reporting_minor, owner_id, due_on)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
`;
