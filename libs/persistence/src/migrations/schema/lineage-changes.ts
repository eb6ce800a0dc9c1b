import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * What mapping again and a rebuild would change, before they do it, who approves that, and what changed afterwards. Only adds: the
 * previous version of the app keeps working beside it, and leaves alone what waits for its report or its approval.
 */
export class LineageChanges implements MigrationInterface {
  readonly name = 'LineageChanges1796085000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      remappingStates(`'reporting', 'pending', 'waiting', 'running', 'paused', 'done', 'failed', 'cancelled'`),
    );
    await runner.query(tables);
    for (const [table, rights] of Object.entries(lineageChangeTenantTables))
      await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(lineageChangeTenantTables).reverse()) await runner.query(`drop table ${table}`);
    await runner.query(`
alter table lineage_rebuild drop changes, drop report_hash, drop is_pending, drop approved_hash, drop switch_asked_by, drop happened;
drop index remapping_to_compare;
alter table remapping drop report, drop report_hash, drop report_place, drop reported_to, drop approved_hash, drop happened,
  drop happened_at;`);
    await runner.query(`update remapping set state = 'cancelled' where state in ('reporting', 'pending')`);
    await runner.query(remappingStates(`'waiting', 'running', 'paused', 'done', 'failed', 'cancelled'`));
  }
}

/** The tables and the app role's rights on them; what was decided is kept. */
export const lineageChangeTenantTables: Readonly<Record<string, Rights>> = {
  remapping_change: 'select, insert, delete',
  lineage_approval: 'select, insert, update',
  lineage_approval_given: 'select, insert',
};

function remappingStates(states: string): string {
  return `
alter table remapping drop constraint remapping_state_check;
alter table remapping add constraint remapping_state_check check (state in (${states}));`;
}

const tables = `
alter table remapping
  -- what it would change, and the hash of that and of the mappings which it was made by; null = no report was asked for
  add column report jsonb,
  add column report_hash text,
  -- how far the report is: where it goes on, what it has counted
  add column report_place jsonb,
  -- signals received before it
  add column reported_to timestamptz,
  -- what may be done, by a rule or by people
  add column approved_hash text,
  -- what it did, and when that was compared with what was foreseen
  add column happened jsonb,
  add column happened_at timestamptz;
create index remapping_to_compare on remapping (tenant_id, finished_at)
  where state = 'done' and report is not null and happened_at is null;

-- rows that mapping again would change, at most some thousands of one act
create table remapping_change (
  tenant_id uuid not null,
  remapping_id uuid not null,
  position integer not null,
  -- activity, or a table of the projection
  part text not null collate "C",
  label text not null,
  -- whole rows; null = there is none
  before jsonb,
  after jsonb,
  primary key (tenant_id, remapping_id, position)
);
create index remapping_change_part on remapping_change (tenant_id, remapping_id, part, position);

alter table lineage_rebuild
  -- what the switch would change of activities, money and exceptions, and the hash of all that would change
  add column changes jsonb,
  add column report_hash text,
  -- the switch waits for approval
  add column is_pending boolean not null default false,
  add column approved_hash text,
  -- who wants it; null = whoever asked for the rebuild
  add column switch_asked_by uuid,
  -- what the switch changed
  add column happened jsonb;

-- a change of lineage that a second person has to approve, with exactly what that person saw
create table lineage_approval (
  tenant_id uuid not null,
  approval_id uuid not null,
  kind text not null collate "C" check (kind in ('remap', 'rebuild')),
  -- the remapping or the rebuild
  subject_id uuid not null,
  state text not null collate "C"
    check (state in ('PENDING_APPROVAL', 'APPROVED', 'REJECTED', 'EXPIRED', 'WITHDRAWN', 'OVERTAKEN')),
  maker_id uuid not null,
  maker_name text not null,
  reason text not null,
  hash text not null,
  report jsonb not null,
  -- why it is asked anew; null = it is asked for the first time
  asked_again text,
  -- what it needs and which rules ask for that
  needed jsonb not null,
  -- cents of the reporting currency by which the money of documents would differ
  reporting_minor bigint not null,
  is_money_unknown boolean not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  decision_reason text,
  is_break_glass boolean not null default false,
  reviewed_at timestamptz,
  reviewed_by uuid,
  reviewed_by_name text,
  review_comment text,
  primary key (tenant_id, approval_id)
);
create unique index lineage_approval_pending on lineage_approval (tenant_id, subject_id) where state = 'PENDING_APPROVAL';
create index lineage_approval_subject on lineage_approval (tenant_id, subject_id, created_at);
create index lineage_approval_due on lineage_approval (tenant_id, due_at) where state = 'PENDING_APPROVAL';
create index lineage_approval_review on lineage_approval (tenant_id, created_at, approval_id)
  where is_break_glass and reviewed_at is null;
create index lineage_approval_created on lineage_approval (tenant_id, created_at, approval_id);

create table lineage_approval_given (
  tenant_id uuid not null,
  approval_id uuid not null,
  person_id uuid not null,
  person_name text not null,
  comment text not null,
  approved_at timestamptz not null,
  primary key (tenant_id, approval_id, person_id)
);
`;
