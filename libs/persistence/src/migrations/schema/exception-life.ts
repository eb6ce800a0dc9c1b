import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * What people do with an exception beside sending it again: wait, snooze, correct by hand, accept, call it a duplicate. Only adds:
 * the previous version of the app keeps working beside it, but would bring a duplicate that a person named back to life.
 */
export class ExceptionLife implements MigrationInterface {
  readonly name = 'ExceptionLife1796043600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rights] of Object.entries(exceptionLifeTenantTables))
      await runner.query(isolateTenant(table, rights));
    await runner.query(resolutions(`'VERIFIED_REQUEUE', 'SOURCE_FIXED', 'POSTED_BY_HAND', 'VANISHED'`));
  }

  async down(runner: QueryRunner): Promise<void> {
    // what waited for a decision goes back to where it was asked from: nobody could take it out of there any more
    await runner.query(`
      update exception e set state = a.back_to, version = e.version + 1 from exception_acceptance a
      where a.tenant_id = e.tenant_id and a.exception_id = e.exception_id and a.state = 'pending' and e.state = 'PENDING_APPROVAL'`);
    await runner.query(`update exception set resolution = 'SOURCE_FIXED' where resolution = 'POSTED_BY_HAND'`);
    await runner.query(resolutions(`'VERIFIED_REQUEUE', 'SOURCE_FIXED', 'VANISHED'`));
    await runner.query(`
      drop index business_object_period;
      alter table exception drop column is_duplicate_by_hand;
      drop table exception_acceptance; drop table exception_hand_posting; drop table exception_snooze; drop table exception_wait`);
  }
}

/** The tables and the app role's rights on them. */
export const exceptionLifeTenantTables: Readonly<Record<string, Rights>> = {
  exception_wait: 'select, insert, update, delete',
  exception_snooze: 'select, insert, update, delete',
  exception_hand_posting: 'select, insert, update, delete',
  // What was decided is kept.
  exception_acceptance: 'select, insert, update',
};

function resolutions(names: string): string {
  return `
alter table exception drop constraint exception_resolution_check;
alter table exception add constraint exception_resolution_check check (resolution in (${names}));`;
}

const tables = `
alter table exception
  -- named so by a person; else the subjects of both are one, and parting they part again
  add column is_duplicate_by_hand boolean not null default false;

-- what an exception waits for, as long as it does; what it waited for is in its timeline
create table exception_wait (
  tenant_id uuid not null,
  exception_id uuid not null,
  reason text collate "C" not null,
  note text not null,
  pauses_clock boolean not null,
  until_at timestamptz,
  -- { kind, … }, see domain/predicate.ts; null = for a time alone
  predicate jsonb,
  expires_at timestamptz not null,
  -- when it is looked at next: at its end at the latest, with a predicate also before
  next_at timestamptz not null,
  checked_at timestamptz,
  -- why the predicate does not hold yet
  check_detail text,
  -- the state that it goes back to
  back_to text collate "C" not null check (back_to in ('OPEN', 'IN_PROGRESS')),
  started_at timestamptz not null,
  started_by uuid not null,
  started_by_name text not null,
  primary key (tenant_id, exception_id)
);
create index exception_wait_next on exception_wait (tenant_id, next_at);

-- kept out of the inbox for a while
create table exception_snooze (
  tenant_id uuid not null,
  exception_id uuid not null,
  -- 'infinity' = until it occurs again
  until_at timestamptz not null,
  -- null = not until it occurs again
  until_occurrences integer,
  reason text not null,
  snoozed_at timestamptz not null,
  snoozed_by uuid not null,
  snoozed_by_name text not null,
  primary key (tenant_id, exception_id)
);
create index exception_snooze_until on exception_snooze (tenant_id, until_at);

-- the document by which a person says to have corrected it; unverified until that is seen in the lineage
create table exception_hand_posting (
  tenant_id uuid not null,
  exception_id uuid not null,
  document_type text collate "C" not null,
  document_key text collate "C" not null,
  search_key text collate "C" not null,
  legal_entity text collate "C",
  stated_at timestamptz not null,
  stated_by uuid not null,
  stated_by_name text not null,
  verified_at timestamptz,
  verified_object_id uuid,
  primary key (tenant_id, exception_id)
);
create index exception_hand_posting_unverified on exception_hand_posting (tenant_id, search_key) where verified_at is null;

-- closing without correction: asked for by one person and, above the limit, decided by another
create table exception_acceptance (
  tenant_id uuid not null,
  acceptance_id uuid not null,
  exception_id uuid not null,
  -- pending while the exception is in PENDING_APPROVAL; direct = below the limit
  state text collate "C" not null check (state in ('pending', 'direct', 'approved', 'rejected', 'withdrawn', 'overtaken')),
  reason_code text collate "C" not null,
  comment text not null,
  -- frozen when it was asked for: what the approver decides on
  title text not null,
  amount numeric,
  currency text,
  occurrences integer not null,
  -- in the currency of the limit; null = no rate was known
  limit_amount numeric not null,
  limit_currency text not null,
  converted_amount numeric,
  back_to text collate "C" not null check (back_to in ('OPEN', 'IN_PROGRESS')),
  request_hash bytea not null,
  requested_at timestamptz not null,
  maker_id uuid not null,
  maker_name text not null,
  decided_at timestamptz,
  decider_id uuid,
  decider_name text,
  decision_reason text,
  primary key (tenant_id, acceptance_id)
);
create unique index exception_acceptance_pending on exception_acceptance (tenant_id, exception_id) where state = 'pending';
create index exception_acceptance_of on exception_acceptance (tenant_id, exception_id, requested_at);
create index exception_acceptance_listed on exception_acceptance (tenant_id, state, requested_at, acceptance_id);

-- few, and looked for by entity
create index business_object_period on business_object (tenant_id, legal_entity, object_id) where type = 'accounting-period';
`;
