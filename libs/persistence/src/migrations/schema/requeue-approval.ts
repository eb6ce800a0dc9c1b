import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * A decision to send again that a second person has to approve: what was frozen of it, who approved it within which limit, and the
 * versions of the rules that ask for it. Only adds: the previous version of the app keeps working beside it, and asks nobody.
 */
export class RequeueApproval implements MigrationInterface {
  readonly name = 'RequeueApproval1796074000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rights] of Object.entries(requeueApprovalTenantTables))
      await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(requeueApprovalTenantTables).reverse()) await runner.query(`drop table ${table}`);
    await runner.query(`
drop index requeue_request_due;
drop index requeue_request_review;
drop index requeue_request_maker;
alter table requeue_request drop approval, drop reporting_minor, drop is_money_unknown, drop is_carried_forward, drop due_at,
  drop decided_at, drop decided_by, drop decided_by_name, drop decision_reason, drop is_break_glass, drop reviewed_at,
  drop reviewed_by, drop reviewed_by_name, drop review_comment;`);
  }
}

/** The tables and the app role's rights on them; what was decided is kept. */
export const requeueApprovalTenantTables: Readonly<Record<string, Rights>> = {
  requeue_item: 'select, insert',
  requeue_approval: 'select, insert',
  requeue_approval_amount: 'select, insert',
  four_eyes_version: 'select, insert, update',
};

const tables = `
alter table requeue_request
  -- what it needs and which rules ask for that; null = nobody has to approve it
  add column approval jsonb,
  -- cents of the reporting currency, each object once
  add column reporting_minor bigint,
  add column is_money_unknown boolean not null default false,
  -- a passed cut-off or execution date was accepted
  add column is_carried_forward boolean not null default false,
  -- nobody decided until then: it expires
  add column due_at timestamptz,
  add column decided_at timestamptz,
  add column decided_by uuid,
  add column decided_by_name text,
  add column decision_reason text,
  add column is_break_glass boolean not null default false,
  add column reviewed_at timestamptz,
  add column reviewed_by uuid,
  add column reviewed_by_name text,
  add column review_comment text;
create index requeue_request_due on requeue_request (tenant_id, due_at) where state = 'PENDING_APPROVAL';
create index requeue_request_review on requeue_request (tenant_id, created_at, request_id)
  where is_break_glass and reviewed_at is null;
create index requeue_request_maker on requeue_request (tenant_id, maker_id, created_at, request_id);

-- the frozen selection, as the approver sees it
create table requeue_item (
  tenant_id uuid not null,
  request_id uuid not null,
  position integer not null,
  attempt_id uuid not null,
  exception_id uuid not null,
  object_id uuid not null,
  object_type text not null collate "C",
  object_key text not null collate "C",
  title text not null,
  integration text not null collate "C",
  legal_entity text collate "C",
  counterparty text,
  amount numeric,
  currency text,
  direction text,
  -- cents of the reporting currency; null = none, or not known
  reporting_minor bigint,
  is_money_unknown boolean not null,
  occurrences integer not null,
  primary key (tenant_id, request_id, position)
);
create index requeue_item_exception on requeue_item (tenant_id, exception_id);

create table requeue_approval (
  tenant_id uuid not null,
  request_id uuid not null,
  person_id uuid not null,
  person_name text not null,
  comment text not null,
  -- for whom that person stood in, within whose limit
  for_person_id uuid,
  for_person_name text,
  approved_at timestamptz not null,
  primary key (tenant_id, request_id, person_id)
);

-- what counts against the limit of a person: it adds up over one maker, counterparty and day
create table requeue_approval_amount (
  tenant_id uuid not null,
  person_id uuid not null,
  approved_on date not null,
  maker_id uuid not null,
  -- empty = none is known
  counterparty text not null collate "C",
  request_id uuid not null,
  reporting_minor bigint not null,
  primary key (tenant_id, person_id, approved_on, maker_id, counterparty, request_id)
);

create table four_eyes_version (
  tenant_id uuid not null,
  name text not null collate "C",
  version integer not null,
  -- YAML
  definition text not null,
  note text not null,
  state text not null collate "C" check (state in ('draft', 'active', 'retired')),
  created_by uuid not null,
  created_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  -- the version that took its place
  replaced_by integer,
  primary key (tenant_id, name, version)
);
create unique index four_eyes_in_force on four_eyes_version (tenant_id, name) where state = 'active';
`;
