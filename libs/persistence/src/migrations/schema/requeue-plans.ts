import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * Large selections are frozen at once, planned in slices and shown before they are asked for. Only adds: the previous version of the app
 * keeps working beside it, and leaves such requests alone.
 */
export class RequeuePlans implements MigrationInterface {
  readonly name = 'RequeuePlans1796083000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rights] of Object.entries(requeuePlanTenantTables))
      await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(undo);
  }
}

/** The tables and the app role's rights on them. */
export const requeuePlanTenantTables: Readonly<Record<string, Rights>> = {
  requeue_plan: 'select, insert, update',
  requeue_plan_item: 'select, insert, update',
};

const STATES = `'PENDING_APPROVAL', 'REJECTED', 'EXPIRED', 'WITHDRAWN', 'SENDING', 'PAUSED', 'STOPPED', 'CANCELLED', 'FINISHED'`;

const tables = `
create table requeue_plan (
  tenant_id uuid not null,
  request_id uuid not null,
  selection_words text not null,
  -- as the person asked; null = named one by one
  filter jsonb,
  mode text collate "C" not null,
  -- what is sent although the plan would leave it out
  wish jsonb not null,
  item_count integer not null,
  -- over the ids, as a bulk act has it
  ids_hash bytea not null,
  -- items up to here are planned, or frozen once it is asked for
  done_position integer not null default 0,
  frozen integer not null default 0,
  going integer,
  -- per reason
  left_out jsonb not null default '[]',
  sent_sums jsonb not null default '[]',
  left_out_sums jsonb not null default '[]',
  waiting jsonb not null default '[]',
  planned_at timestamptz,
  -- nobody went on with it until then
  expires_at timestamptz,
  asked_at timestamptz,
  -- as the person wishes them
  limits jsonb not null default '{}',
  trace_id text,
  note text,
  worked_at timestamptz not null,
  primary key (tenant_id, request_id)
);
create table requeue_plan_item (
  tenant_id uuid not null,
  request_id uuid not null,
  -- the most urgent first
  position integer not null,
  exception_id uuid not null,
  -- why it is left out; null = it goes, or has not been looked at
  code text collate "C",
  reason text,
  -- it was to go, and something happened meanwhile
  has_fallen_out boolean not null default false,
  moves_money boolean not null default false,
  -- failures before it in the lineage
  before jsonb,
  -- exceptions that go before it
  after uuid[],
  attempt integer,
  -- SHA-256 of what was frozen of it
  body_hash bytea,
  primary key (tenant_id, request_id, position)
);
create index requeue_plan_item_code on requeue_plan_item (tenant_id, request_id, code, position) where code is not null;
alter table requeue_request drop constraint requeue_request_state_check,
  add constraint requeue_request_state_check check (state in (${STATES}, 'PLANNING', 'PLANNED', 'FREEZING'));
`;

const undo = `
delete from requeue_request where state in ('PLANNING', 'PLANNED');
-- what is claimed for them already is freed by the worker, batch by batch
insert into requeue_run (tenant_id, request_id, rate_per_second, canary, canary_proof, ramp, max_in_flight, stop_percent, stop_minimum,
                         note, is_ending)
select tenant_id, request_id, 1, 1, 'VERIFIED', 1, 1, 1, 1, 'Cancelled: the program was taken back to a version without plans.', true
from requeue_request where state = 'FREEZING'
on conflict (tenant_id, request_id) do update set is_ending = true, note = excluded.note;
update requeue_request set state = 'CANCELLED' where state = 'FREEZING';
alter table requeue_request drop constraint requeue_request_state_check,
  add constraint requeue_request_state_check check (state in (${STATES}));
drop table requeue_plan_item, requeue_plan;
`;
