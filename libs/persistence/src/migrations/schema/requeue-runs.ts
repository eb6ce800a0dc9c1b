import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * What is sent again goes out within limits, and its outcome has a due time. Only adds: the previous version of the app keeps working
 * beside it; what it asks for has no run and goes out at once, as before.
 */
export class RequeueRuns implements MigrationInterface {
  readonly name = 'RequeueRuns1796075000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rights] of Object.entries(requeueRunTenantTables))
      await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(undo);
  }
}

/** The tables and the app role's rights on them. */
export const requeueRunTenantTables: Readonly<Record<string, Rights>> = {
  requeue_run: 'select, insert, update',
  requeue_breaker: 'select, insert, update',
  requeue_settings: 'select, insert, update',
};

const STATES = `'QUEUED', 'SENDING', 'ACKNOWLEDGED', 'REFUSED', 'UNKNOWN', 'FAILED', 'VERIFIED'`;

const tables = `
create table requeue_run (
  tenant_id uuid not null,
  request_id uuid not null,
  rate_per_second integer not null,
  canary integer not null,
  canary_proof text collate "C" not null check (canary_proof in ('ACKNOWLEDGED', 'VERIFIED')),
  ramp integer not null,
  max_in_flight integer not null,
  stop_percent integer not null,
  stop_minimum integer not null,
  -- outcomes before it are not counted: it stopped, and a person let it begin anew; null = it has not begun
  measured_from timestamptz,
  -- why the system stopped it, or who cancelled it
  note text,
  -- cancelled, and some of it is not ended yet
  is_ending boolean not null default false,
  primary key (tenant_id, request_id)
);
create index requeue_run_ending on requeue_run (tenant_id, request_id) where is_ending;
create table requeue_breaker (
  tenant_id uuid not null,
  integration text collate "C" not null,
  failures integer not null,
  trips integer not null,
  paused_until timestamptz,
  is_on_trial boolean not null,
  -- what the last failure to reach it was
  reason text,
  changed_at timestamptz not null,
  primary key (tenant_id, integration)
);
create table requeue_settings (
  tenant_id uuid not null,
  integration text collate "C" not null,
  rate_per_second integer not null,
  canary integer not null,
  canary_proof text collate "C" not null check (canary_proof in ('ACKNOWLEDGED', 'VERIFIED')),
  ramp integer not null,
  max_in_flight integer not null,
  stop_percent integer not null,
  stop_minimum integer not null,
  -- how long the outcome of what the target took may take to be seen
  verify_within_minutes integer not null,
  primary key (tenant_id, integration)
);
alter table requeue_attempt
  -- the order in which they go out
  add position integer not null default 0,
  -- it may go out from then on; null = held back by its run
  add released_at timestamptz,
  -- the same bytes go out again then
  add retry_at timestamptz,
  -- its outcome should be seen by then
  add verify_by timestamptz,
  -- that it was not is stated
  add is_told_unverified boolean not null default false;
update requeue_attempt set released_at = created_at;
alter table requeue_attempt drop constraint requeue_attempt_state_check,
  add constraint requeue_attempt_state_check check (state in (${STATES}, 'CANCELLED'));
drop index requeue_attempt_request;
create index requeue_attempt_items on requeue_attempt (tenant_id, request_id, position, attempt_id);
-- counted from this index alone, again and again while a run is under way
create index requeue_attempt_outcomes on requeue_attempt (tenant_id, request_id, state, position, attempt_id)
  include (released_at, sent_at, finished_at, verify_by);
create index requeue_attempt_unverified on requeue_attempt (tenant_id, verify_by)
  where state in ('ACKNOWLEDGED', 'UNKNOWN') and finished_at is null;
create index requeue_attempt_told on requeue_attempt (tenant_id, attempt_id) where is_told_unverified;
create index requeue_attempt_unknown on requeue_attempt (tenant_id, sent_at, attempt_id) where state = 'UNKNOWN';
create index requeue_attempt_object on requeue_attempt (tenant_id, object_id);
`;

const undo = `
drop index requeue_attempt_object, requeue_attempt_unknown, requeue_attempt_told, requeue_attempt_unverified,
  requeue_attempt_outcomes, requeue_attempt_items;
create index requeue_attempt_request on requeue_attempt (tenant_id, request_id);
update requeue_attempt set state = 'REFUSED' where state = 'CANCELLED';
alter table requeue_attempt drop constraint requeue_attempt_state_check,
  add constraint requeue_attempt_state_check check (state in (${STATES}));
alter table requeue_attempt drop is_told_unverified, drop verify_by, drop retry_at, drop released_at, drop position;
drop table requeue_settings, requeue_breaker, requeue_run;
`;
