import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Groups get an owner, a note, a known-error mark and a snooze of their own, and can be merged and split; an exception keeps the
 * group of its own fingerprint beside the one where it is. Only adds: the previous version of the app keeps working beside it,
 * and puts what it opens into the group of its own fingerprint.
 */
export class ExceptionGroups implements MigrationInterface {
  readonly name = 'ExceptionGroups1796050800000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table exception_group
  add column owner_id uuid,
  add column note text not null default '',
  add column is_known_error boolean not null default false,
  -- of the ticket or the change that will mend it
  add column known_error_reference text,
  add column snoozed_until timestamptz,
  add column snooze_reason text,
  -- the group that it is part of; its members are there
  add column merged_into uuid,
  -- what its members are split by, see domain/group-rules.ts
  add column split_by text[] collate "C" not null default '{}',
  -- of a part the group that was split
  add column parent_id uuid,
  add column version integer not null default 1,
  add column changed_at timestamptz,
  add column changed_by uuid,
  add column changed_by_name text;
create index exception_group_merged on exception_group (tenant_id, merged_into) where merged_into is not null;
create index exception_group_parts on exception_group (tenant_id, parent_id) where parent_id is not null;

alter table exception
  -- null = the group where it is
  add column own_group_id uuid;
create index exception_open_group on exception (tenant_id, group_id, last_occurred_at)
  where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');
`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index exception_open_group;
update exception set group_id = own_group_id where own_group_id is not null;
alter table exception drop column own_group_id;
drop index exception_group_parts;
drop index exception_group_merged;
delete from exception_group where parent_id is not null;
alter table exception_group
  drop column owner_id, drop column note, drop column is_known_error, drop column known_error_reference,
  drop column snoozed_until, drop column snooze_reason, drop column merged_into, drop column split_by, drop column parent_id,
  drop column version, drop column changed_at, drop column changed_by, drop column changed_by_name;
`);
  }
}
