import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the inbox is narrowed, counted and walked by. Only adds: the previous version of the app keeps working beside it, and what it
 * opens meanwhile gets its posting period and due date when it is followed again. The table is written anew once, which takes about
 * ten seconds for each million exceptions.
 */
export class InboxFilters implements MigrationInterface {
  readonly name = 'InboxFilters1796062000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
    await runner.query(fill);
    await runner.query(facets);
    await runner.query(indexes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index exception_closed_group;
drop index exception_open_money;
drop index exception_open_inbox;
drop index exception_open_facet;
alter table exception reset (autovacuum_vacuum_scale_factor, autovacuum_vacuum_insert_scale_factor);
alter table exception
  drop column cut_off_at, drop column facet_key, drop column facet, drop column posting_period, drop column due_on;
`);
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

/** What is asked for most, as one text: open exceptions of a tenant have some hundred or thousand of them. */
const FACET = `state || chr(31) || coalesce(queue, '') || chr(31) || coalesce(legal_entity, '') || chr(31) || taxonomy
  || chr(31) || integration || chr(31) || coalesce(stated_band, priority_band) || chr(31) || coalesce(posting_period, '')
  || chr(31) || case when owner_id is null then '0' else '1' end
  || chr(31) || case when reporting_minor is null then '' when reporting_minor < 100000 then '4' when reporting_minor < 1000000 then '3'
                     when reporting_minor < 10000000 then '2' when reporting_minor < 100000000 then '1' else '0' end`;

const facets = `
alter table exception
  add column facet text collate "C" generated always as (${FACET}) stored,
  -- short, for what is counted and walked by the row
  add column facet_key bigint generated always as (hashtextextended(${FACET}, 0)) stored,
  -- the first due time that can still be met; before all times = one was missed and none is left, after all times = nothing is due
  add column cut_off_at timestamptz generated always as (
    case when next_due_at is not null then next_due_at
         when missed_due_at is not null then '-infinity'::timestamptz else 'infinity'::timestamptz end) stored;
`;

const indexes = `
-- facets repeat, so that this holds each once, with its rows
create index exception_open_facet on exception (tenant_id, facet_key, facet)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
-- read without the table: everything that narrows by the row
create index exception_open_inbox on exception (tenant_id, priority_order, exception_id)
  include (facet_key, opened_at, cut_off_at, amount_minor, reporting_minor, owner_id, due_on)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
-- money at risk, an object with several exceptions once
create index exception_open_money on exception (tenant_id, object_id, currency, direction)
  include (facet_key, reporting_minor, exception_id, amount)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
-- how many members of a group are closed
create index exception_closed_group on exception (tenant_id, group_id) where state in ('RESOLVED', 'ACCEPTED');
-- an index is read without the table as far as the table was vacuumed
alter table exception set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
`;
