import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * Acts on many exceptions at once: the frozen selection, how far it is, and what became of each. Only adds: the previous version of
 * the app keeps working beside it.
 */
export class BulkActs implements MigrationInterface {
  readonly name = 'BulkActs1796061000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rights] of Object.entries(bulkActTenantTables)) await runner.query(isolateTenant(table, rights));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table bulk_act_item; drop table bulk_act');
  }
}

/** The tables and the app role's rights on them. What was done, and with what, is kept. */
export const bulkActTenantTables: Readonly<Record<string, Rights>> = {
  bulk_act: 'select, insert, update',
  bulk_act_item: 'select, insert, update',
};

const tables = `
create table bulk_act (
  tenant_id uuid not null,
  bulk_act_id uuid not null,
  -- bulk/domain/bulk-life-cycle.ts
  state text collate "C" not null check (state in ('FROZEN', 'RUNNING', 'PAUSED', 'CANCELLED', 'DONE', 'DONE_WITH_FAILURES')),
  kind text collate "C" not null,
  -- { kind, … }, see bulk/domain/bulk-act.ts
  act jsonb not null,
  act_words text not null,
  reason text not null,
  -- the filter as it was asked for; null = exceptions that were named one by one
  filter jsonb,
  selection_words text not null,
  -- SHA-256 over the ids in the order of their bytes
  selection_hash bytea not null,
  item_count integer not null,
  -- money at risk when it was frozen, per currency, an object once
  amounts jsonb not null,
  submitted_at timestamptz not null,
  submitted_by uuid not null,
  submitted_by_name text not null,
  trace_id text,
  started_at timestamptz,
  finished_at timestamptz,
  -- the last batch, so that several take turns
  worked_at timestamptz not null,
  -- the position up to which every item has its outcome
  done_position integer not null default 0,
  -- how many of each outcome so far
  outcomes jsonb not null default '{}',
  -- why it was stopped, where the system did that
  state_note text,
  primary key (tenant_id, bulk_act_id)
);
create index bulk_act_listed on bulk_act (tenant_id, submitted_at, bulk_act_id);
create index bulk_act_at_work on bulk_act (tenant_id, worked_at) where state in ('FROZEN', 'RUNNING');

create table bulk_act_item (
  tenant_id uuid not null,
  bulk_act_id uuid not null,
  -- in the order of the ids, which is the one in which exceptions are locked
  position integer not null,
  exception_id uuid not null,
  -- null = there was no such exception when it was frozen
  seen_version integer,
  outcome text collate "C" not null,
  -- more in words, where the outcome does not say it all
  detail text,
  primary key (tenant_id, bulk_act_id, position)
);
create index bulk_act_item_outcome on bulk_act_item (tenant_id, bulk_act_id, outcome, position);
`;
