import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isolateTenant, type Rights } from './initial/isolation.js';

/**
 * What people tell each other about exceptions: notifications, who watches what, notes on groups, tickets in other systems, absences
 * and deputies; and the order in which the feed of activity reads timelines. Only adds: the previous version of the app keeps working
 * beside it, and what it does meanwhile notifies nobody.
 */
export class WorkingTogether implements MigrationInterface {
  readonly name = 'WorkingTogether1796066000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const [table, rights] of Object.entries(workingTogetherTenantTables))
      await runner.query(isolateTenant(table, rights));
    await runner.query(indexes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index exception_event_by_person; drop index exception_event_of_people; drop index exception_event_recent;
      drop table person_absence; drop table external_ticket; drop table exception_group_note; drop table exception_watch;
      drop table person_notification`);
  }
}

/** The tables and the app role's rights on them. */
export const workingTogetherTenantTables: Readonly<Record<string, Rights>> = {
  person_notification: 'select, insert, update, delete',
  exception_watch: 'select, insert, update, delete',
  // What people wrote is kept.
  exception_group_note: 'select, insert',
  external_ticket: 'select, insert, update, delete',
  person_absence: 'select, insert, update, delete',
};

const tables = `
-- what one person is to hear; written in the transaction of what happened
create table person_notification (
  tenant_id uuid not null,
  notification_id uuid not null,
  person_id uuid not null,
  -- domain/notices.ts
  kind text collate "C" not null,
  -- who did it: a person, or the part of the system
  actor_id text not null,
  actor_name text not null,
  -- exceptions that it is about: all are counted, the first ones named
  subjects integer not null,
  exception_ids uuid[] not null,
  -- of the first of them
  title text not null,
  details jsonb not null,
  -- whom the person stands in for
  for_person_id uuid,
  at timestamptz not null,
  read_at timestamptz,
  primary key (tenant_id, notification_id)
);
create index person_notification_of on person_notification (tenant_id, person_id, at, notification_id);
create index person_notification_unread on person_notification (tenant_id, person_id, at, notification_id)
  where read_at is null;

create table exception_watch (
  tenant_id uuid not null,
  exception_id uuid not null,
  person_id uuid not null,
  -- false = the person turned it off: writing a note does not turn it on again
  is_watching boolean not null,
  since timestamptz not null,
  primary key (tenant_id, exception_id, person_id)
);
create index exception_watch_of on exception_watch (tenant_id, person_id, since, exception_id) where is_watching;

-- notes on what all members of a group have in common; they outlive the members
create table exception_group_note (
  tenant_id uuid not null,
  group_id uuid not null,
  note_id uuid not null,
  -- where it was written
  exception_id uuid,
  -- Markdown
  text text not null,
  -- [{ personId, name, text }], see domain/mentions.ts
  mentions jsonb not null,
  written_at timestamptz not null,
  written_by uuid not null,
  written_by_name text not null,
  primary key (tenant_id, group_id, note_id)
);

create table external_ticket (
  tenant_id uuid not null,
  subject_type text collate "C" not null check (subject_type in ('exception', 'exception-group')),
  subject_id uuid not null,
  system text not null,
  number text not null,
  -- https, never fetched
  url text,
  set_at timestamptz not null,
  set_by uuid not null,
  set_by_name text not null,
  primary key (tenant_id, subject_type, subject_id)
);

create table person_absence (
  tenant_id uuid not null,
  absence_id uuid not null,
  person_id uuid not null,
  from_at timestamptz not null,
  -- the first instant of being back
  until_at timestamptz not null check (until_at > from_at),
  deputy_id uuid,
  note text not null,
  stated_at timestamptz not null,
  stated_by uuid not null,
  stated_by_name text not null,
  primary key (tenant_id, absence_id)
);
create index person_absence_until on person_absence (tenant_id, until_at);
`;

// Most steps are the system's own, under the id "exceptions"; those of people are few and found beside them.
const indexes = `
create index exception_event_recent on exception_event (tenant_id, at, ordinal);
create index exception_event_of_people on exception_event (tenant_id, at, ordinal) where actor_id <> 'exceptions';
create index exception_event_by_person on exception_event (tenant_id, actor_id, at, ordinal) where actor_id <> 'exceptions';
`;
