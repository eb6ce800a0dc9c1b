import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * What was decided on a large request is carried out slice by slice. Only adds: the previous version of the app keeps working beside it,
 * and leaves requests that are being approved or closed alone.
 */
export class RequeueDecisions implements MigrationInterface {
  readonly name = 'RequeueDecisions1796200100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    for (const [name, rights] of Object.entries(requeueDecisionTenantTables))
      await runner.query(isolateTenant(name, rights));
    await runner.query(states(`${EARLIER}, 'APPROVING', 'CLOSING'`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(undo);
    await runner.query(states(EARLIER));
    await runner.query('drop table requeue_decision');
  }
}

/** The table and the app role's rights on it. */
export const requeueDecisionTenantTables: Readonly<Record<string, Rights>> = {
  requeue_decision: 'select, insert, update',
};

const EARLIER = `'PENDING_APPROVAL', 'REJECTED', 'EXPIRED', 'WITHDRAWN', 'SENDING', 'PAUSED', 'STOPPED', 'CANCELLED', 'FINISHED',
  'PLANNING', 'PLANNED', 'FREEZING'`;

function states(names: string): string {
  return `
alter table requeue_request drop constraint requeue_request_state_check,
  add constraint requeue_request_state_check check (state in (${names}));`;
}

const table = `
-- who decided, when and why stands with the request
create table requeue_decision (
  tenant_id uuid not null,
  request_id uuid not null,
  step text collate "C" not null check (step in ('approve', 'reject', 'withdraw', 'expire')),
  -- told on the attempts that never go out
  answer text not null,
  trace_id text,
  -- items up to here are carried out
  done_position integer not null default 0,
  -- of an approved one: what goes out
  let_go integer not null default 0,
  worked_at timestamptz not null,
  primary key (tenant_id, request_id)
);
`;

const undo = `
-- what it still claims is freed by the worker, batch by batch
insert into requeue_run (tenant_id, request_id, rate_per_second, canary, canary_proof, ramp, max_in_flight, stop_percent, stop_minimum,
                         note, is_ending)
select tenant_id, request_id, 1, 1, 'VERIFIED', 1, 1, 1, 1,
       'Cancelled: the program was taken back to a version that decides at once.', true
from requeue_request where state in ('APPROVING', 'CLOSING')
on conflict (tenant_id, request_id) do update set is_ending = true, note = excluded.note;
update requeue_request set state = 'CANCELLED' where state in ('APPROVING', 'CLOSING');
`;
