import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * Validation rules of tenants and what violates rules, planned maintenance and what is held back in it, leads of queues and
 * escalated clocks. Only adds: the previous version of the app keeps working beside it.
 */
export class RulesAndMaintenance implements MigrationInterface {
  readonly name = 'RulesAndMaintenance1796068000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rights] of Object.entries(ruleTenantTables)) await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(ruleTenantTables).reverse()) await runner.query(`drop table ${table}`);
  }
}

/** The tables and the app role's rights on them. */
export const ruleTenantTables: Readonly<Record<string, Rights>> = {
  // What was in force is kept.
  validation_rule_version: 'select, insert, update',
  rule_violation: 'select, insert, update, delete',
  rule_same_facts: 'select, insert, update, delete',
  rule_seen: 'select, insert, update, delete',
  rule_mark: 'select, insert, update, delete',
  rule_sweep: 'select, insert, update, delete',
  maintenance_window: 'select, insert, update',
  maintenance_hold: 'select, insert, update',
  queue_lead: 'select, insert, update, delete',
  exception_escalation: 'select, insert',
  exception_clock_look: 'select, insert, update, delete',
};

const tables = `
create table validation_rule_version (
  tenant_id uuid not null,
  name text not null collate "C",
  version integer not null,
  -- YAML, libs/lineage/src/validation
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
create unique index validation_rule_in_force on validation_rule_version (tenant_id, name) where state = 'active';

-- what the rules in force say of stored objects now; made again from these at any time
create table rule_violation (
  tenant_id uuid not null,
  object_id uuid not null,
  rule text not null collate "C",
  rule_version integer not null,
  severity text not null collate "C",
  taxonomy text not null collate "C",
  title text not null,
  message text not null,
  discriminators jsonb not null,
  -- open, difference or none
  amount_from text not null collate "C",
  amount numeric,
  currency text,
  -- how often what it says has changed, and when it was first and last said
  occurrences integer not null,
  first_occurred_at timestamptz not null,
  last_occurred_at timestamptz not null,
  primary key (tenant_id, object_id, rule)
);
create index rule_violation_rule on rule_violation (tenant_id, rule, object_id);

-- objects that have the facts of a rule in common have a key in common
create table rule_same_facts (
  tenant_id uuid not null,
  same_key uuid not null,
  object_id uuid not null,
  primary key (tenant_id, same_key, object_id)
);
create index rule_same_facts_object on rule_same_facts (tenant_id, object_id);

-- the facts of objects that others are checked by, when these were last looked at
create table rule_seen (
  tenant_id uuid not null,
  object_id uuid not null,
  facts_key uuid not null,
  primary key (tenant_id, object_id)
);

-- objects to be checked, since what they hang on has changed, or the rules
create table rule_mark (
  tenant_id uuid not null,
  object_id uuid not null,
  -- as what was mapped again: nobody is told
  is_silent boolean not null,
  primary key (tenant_id, object_id)
);

-- a rule that came into force and is on its way through the stored objects, in the order of their ids
create table rule_sweep (
  tenant_id uuid not null,
  rule text not null collate "C",
  types text[] not null,
  after_object_id uuid not null,
  primary key (tenant_id, rule)
);

create table maintenance_window (
  tenant_id uuid not null,
  window_id uuid not null,
  -- one of them
  source_system text collate "C",
  integration text collate "C",
  reason text not null,
  -- once: from starts_at to ends_at. Weekly: from starts_at on, at the times of day of the zone
  starts_at timestamptz not null,
  ends_at timestamptz,
  -- 1 = Monday
  weekday smallint check (weekday between 1 and 7),
  from_time text,
  to_time text,
  time_zone text not null,
  planned_by uuid not null,
  planned_by_name text not null,
  planned_at timestamptz not null,
  -- cut short, or called off before it began
  ended_at timestamptz,
  ended_by_name text,
  primary key (tenant_id, window_id),
  check ((source_system is null) <> (integration is null)),
  check ((ends_at is null) = (weekday is not null and from_time is not null and to_time is not null))
);

-- what would have opened in it
create table maintenance_hold (
  tenant_id uuid not null,
  window_id uuid not null,
  object_id uuid not null,
  hop text not null collate "C",
  signature text not null,
  title text not null,
  message text not null,
  occurred_at timestamptz not null,
  held_at timestamptz not null,
  -- null = still held; opened, or overcome by its end
  outcome text collate "C" check (outcome in ('opened', 'overcome')),
  outcome_at timestamptz,
  primary key (tenant_id, window_id, object_id, hop, signature, occurred_at)
);
create index maintenance_hold_open on maintenance_hold (tenant_id, window_id) where outcome is null;

-- to whom overdue clocks of a queue are brought
create table queue_lead (
  tenant_id uuid not null,
  queue text not null collate "C",
  person_id uuid not null,
  primary key (tenant_id, queue)
);

-- a clock that was overdue, told once for each time that it was started
create table exception_escalation (
  tenant_id uuid not null,
  exception_id uuid not null,
  clock text not null collate "C" check (clock in ('response', 'resolution')),
  started_at timestamptz not null,
  due_at timestamptz not null,
  escalated_at timestamptz not null,
  lead_id uuid,
  lead_name text,
  primary key (tenant_id, exception_id, clock, started_at)
);

-- when the clock of an open exception is looked at next
create table exception_clock_look (
  tenant_id uuid not null,
  exception_id uuid not null,
  look_at timestamptz not null,
  primary key (tenant_id, exception_id)
);
`;
