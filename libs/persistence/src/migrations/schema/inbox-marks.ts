import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What came again, what was escalated, what a law or a lender dates, as filters of the inbox; and the inbox by groups. Only adds: the
 * previous version of the app keeps working beside it, and what it opens again or escalates meanwhile is marked the next time. The
 * table is written anew once, which takes about ten seconds for each million exceptions.
 */
export class InboxMarks implements MigrationInterface {
  readonly name = 'InboxMarks1796071000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(marks);
    await runner.query(fill);
    await runner.query(facetsOf(`${FACET} || chr(31) || ${MARKS.join(' || chr(31) || ')}`));
    await runner.query(`drop index exception_open_group; ${openGroup}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index exception_open_group;
create index exception_open_group on exception (tenant_id, group_id, last_occurred_at)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
`);
    await runner.query(facetsOf(FACET));
    await runner.query('alter table exception drop column reopenings, drop column is_escalated');
  }
}

const marks = `
alter table exception
  -- how often it came again after it was over
  add column reopenings integer not null default 0,
  -- its clock was overdue since it was opened last
  add column is_escalated boolean not null default false;
`;

const fill = `
update exception e set reopenings = r.times
from (select tenant_id, exception_id, count(*)::int as times from exception_event where kind = 'reopened' group by 1, 2) r
where r.tenant_id = e.tenant_id and r.exception_id = e.exception_id;

update exception e set is_escalated = true
from (select tenant_id, exception_id, max(started_at) as started_at from exception_escalation group by 1, 2) l
where l.tenant_id = e.tenant_id and l.exception_id = e.exception_id
  and not exists (select 1 from exception_event v where v.tenant_id = e.tenant_id and v.exception_id = e.exception_id
                  and v.kind = 'reopened' and v.at > l.started_at);
`;

/** As the migration of the inbox's filters made it. */
const FACET = `state || chr(31) || coalesce(queue, '') || chr(31) || coalesce(legal_entity, '') || chr(31) || taxonomy
  || chr(31) || integration || chr(31) || coalesce(stated_band, priority_band) || chr(31) || coalesce(posting_period, '')
  || chr(31) || case when owner_id is null then '0' else '1' end
  || chr(31) || case when reporting_minor is null then '' when reporting_minor < 100000 then '4' when reporting_minor < 1000000 then '3'
                     when reporting_minor < 10000000 then '2' when reporting_minor < 100000000 then '1' else '0' end`;

/** What is over is escalated no more. */
const MARKS = [
  `case when is_escalated and state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE') then '1' else '0' end`,
  `case when statutory is null then '0' else '1' end`,
  `case when reopenings > 0 then '1' else '0' end`,
];

/** The facet and its indexes anew; they go with the columns that they are of. */
function facetsOf(facet: string): string {
  return `
alter table exception
  drop column facet_key, drop column facet,
  add column facet text collate "C" generated always as (${facet}) stored,
  add column facet_key bigint generated always as (hashtextextended(${facet}, 0)) stored;
create index exception_open_facet on exception (tenant_id, facet_key, facet)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
create index exception_open_inbox on exception (tenant_id, priority_order, exception_id)
  include (facet_key, opened_at, cut_off_at, amount_minor, reporting_minor, owner_id, due_on)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
create index exception_open_money on exception (tenant_id, object_id, currency, direction)
  include (facet_key, reporting_minor, exception_id, amount)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
`;
}

/** Groups in their order, with all that narrows, counts and orders them, read without the table. */
const openGroup = `
create index exception_open_group on exception (tenant_id, group_id)
  include (facet_key, direction, reporting_minor, opened_at, cut_off_at, last_occurred_at, priority_order, owner_id, due_on, exception_id,
    object_id)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
`;
