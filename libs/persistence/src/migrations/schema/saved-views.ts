import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * Saved views of the inbox, how each person arranged them, the hashes by which exported files are found again, and what it takes
 * to find how problems were solved before. Only adds: the previous version of the app keeps working beside it.
 */
export class SavedViews implements MigrationInterface {
  readonly name = 'SavedViews1796065000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rights] of Object.entries(savedViewTenantTables))
      await runner.query(isolateTenant(table, rights));
    await runner.query(indexes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index exception_event_reopened; drop index exception_solved_problem; drop index exception_solved_step;
drop index exception_solved_group;
drop table export_proof; drop table exception_view_arrangement; drop table exception_view;
`);
  }
}

/** The tables and the app role's rights on them. */
export const savedViewTenantTables: Readonly<Record<string, Rights>> = {
  // What was deleted is kept, so that deleting can be undone.
  exception_view: 'select, insert, update',
  exception_view_arrangement: 'select, insert, update',
  export_proof: 'select, insert',
};

const tables = `
create table exception_view (
  tenant_id uuid not null,
  view_id uuid not null,
  owner_id uuid not null,
  owner_name text not null,
  name text not null,
  -- of its owner one of a name, however it is written
  name_folded text not null collate "C",
  is_shared boolean not null,
  -- the filter of the query exceptions, '@me' for whoever looks
  filter jsonb not null,
  order_by text not null collate "C",
  -- the search part of the console's address: filter, order, grouping as its screen reads them
  search text not null,
  version integer not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  changed_by_name text not null,
  deleted_at timestamptz,
  primary key (tenant_id, view_id)
);
create unique index exception_view_name on exception_view (tenant_id, owner_id, name_folded) where deleted_at is null;
create index exception_view_shared on exception_view (tenant_id, name_folded, view_id) where is_shared and deleted_at is null;

create table exception_view_arrangement (
  tenant_id uuid not null,
  person_id uuid not null,
  -- in this order; ids of views, names of shipped ones
  pinned text[] collate "C" not null,
  -- opened when nothing else is asked for
  default_view text collate "C",
  changed_at timestamptz not null,
  primary key (tenant_id, person_id)
);

create table export_proof (
  tenant_id uuid not null,
  -- SHA-256 in lower-case hex, of the whole file or of its rows
  hash text not null collate "C",
  of text not null collate "C" check (of in ('file', 'rows')),
  -- subject of the audit record that tells the export
  export_id uuid not null,
  primary key (tenant_id, hash, export_id, of)
);
`;

const indexes = `
create index exception_solved_group on exception (tenant_id, group_id, resolved_at) where resolved_at is not null;
create index exception_solved_step on exception (tenant_id, taxonomy, hop, resolved_at) where resolved_at is not null;
create index exception_solved_problem on exception (tenant_id, taxonomy, resolved_at) where resolved_at is not null;
create index exception_event_reopened on exception_event (tenant_id, at) where kind = 'reopened';
`;
