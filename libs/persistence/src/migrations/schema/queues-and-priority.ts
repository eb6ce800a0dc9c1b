import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * The queue of each exception and what makes it urgent, the people of the queues, and a tenant's own rules. The previous version
 * of the app keeps working beside it: what it opens meanwhile is in no queue until it is followed again or the rules are applied.
 */
export class QueuesAndPriority implements MigrationInterface {
  readonly name = 'QueuesAndPriority1796018400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(columns);
    await runner.query(firstQueues);
    await runner.query(indexes);
    await runner.query(tables);
    for (const [table, rights] of Object.entries(queueTenantTables)) await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table routing_rule; drop table queue_hours; drop table queue_member');
    await runner.query('drop index exception_priority; drop index exception_queue');
    await runner.query(withoutColumns);
  }
}

/** The tables and the app role's rights on them. */
export const queueTenantTables: Readonly<Record<string, Rights>> = {
  queue_member: 'select, insert, update, delete',
  queue_hours: 'select, insert, update, delete',
  routing_rule: 'select, insert, update, delete',
};

const columns = `
alter table exception
  -- domain/queues.ts; null = closed before there were queues
  add column queue text collate "C",
  -- a person moved it there: rules leave it
  add column is_queue_stated boolean not null default false,
  -- money at risk in minor units of the reporting currency, at the rate of the day of the last failure
  add column reporting_minor bigint,
  add column is_money_unknown boolean not null default false,
  -- the first due time of the subject that is still to be met, and the first that was missed
  add column next_due_at timestamptz,
  add column next_due_step text,
  add column missed_due_at timestamptz,
  add column missed_due_step text,
  -- running transactions that it holds up, counted to 1 000
  add column blocks integer not null default 0,
  -- domain/statutory.ts
  add column statutory text collate "C",
  add column priority_points smallint not null default 0,
  add column priority_band text collate "C" not null default 'P4' check (priority_band in ('P1', 'P2', 'P3', 'P4')),
  -- a person's word against the rating
  add column stated_band text collate "C" check (stated_band in ('P1', 'P2', 'P3', 'P4')),
  add column stated_reason text,
  add column stated_by uuid,
  add column stated_at timestamptz,
  -- made of the above, to sort by, see domain/priority.ts
  add column priority_order bigint not null default 0;
`;

/** Where what is open goes until the rules are applied to it; roughly, by category. */
const firstQueues = `
update exception set queue = case split_part(taxonomy, '.', 1)
    when 'mapping-and-master-data' then 'master-data'
    when 'business-control' then 'approval'
    when 'cash-and-payment' then 'payments'
    when 'reconciliation' then 'reconciliation'
    when 'platform' then 'platform'
    when 'timing-and-sequence' then 'platform'
    else case object_type when 'signal' then 'unreadable' else 'data-repair' end end
where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
`;

const indexes = `
create index exception_priority on exception (tenant_id, state, priority_order, exception_id);
create index exception_queue on exception (tenant_id, queue, state, priority_order, exception_id);
`;

const tables = `
-- the people who work a queue; they see all queues, these are theirs
create table queue_member (
  tenant_id uuid not null,
  queue text collate "C" not null,
  person_id uuid not null,
  primary key (tenant_id, queue, person_id)
);

-- when a queue is worked, where that is not the default: a calendar of libs/sla
create table queue_hours (
  tenant_id uuid not null,
  queue text collate "C" not null,
  calendar text collate "C" not null,
  primary key (tenant_id, queue)
);

-- rules that go before the default ones, in order; null = no such condition
create table routing_rule (
  tenant_id uuid not null,
  position integer not null,
  name text not null,
  queue text collate "C" not null,
  taxonomies text[],
  object_types text[],
  legal_entities text[],
  integrations text[],
  from_minor bigint,
  primary key (tenant_id, position)
);
`;

const withoutColumns = `
alter table exception
  drop column queue, drop column is_queue_stated, drop column reporting_minor, drop column is_money_unknown,
  drop column next_due_at, drop column next_due_step, drop column missed_due_at, drop column missed_due_step,
  drop column blocks, drop column statutory, drop column priority_points, drop column priority_band,
  drop column stated_band, drop column stated_reason, drop column stated_by, drop column stated_at,
  drop column priority_order;
`;
