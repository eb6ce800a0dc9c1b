/** What a signal says of its sender, its place in a file or a sequence, and of what its mapping came to. */
export const signalColumns = `
alter table signal
  -- configured instance that sent it and its kind; '' = the sender is bound to none
  add column source_system text collate "C" not null default '',
  add column source_kind text collate "C" not null default '',
  add column key_id uuid,
  add column file_id uuid,
  -- position within its file, from 1
  add column record_no integer,
  -- CloudEvents sequence, when it is a whole number
  add column sequence_no bigint,
  -- null = mapped, or waiting in intake_batch
  add column mapping_outcome text check (mapping_outcome in ('unmapped', 'ignored')),
  -- { code, reason, place?, mapping? } of an unmapped one, { reason, mapping } of an ignored one
  add column mapping_note jsonb;
create index signal_unmapped on signal (tenant_id, received_at, signal_id) where mapping_outcome = 'unmapped';
create index signal_ignored on signal (tenant_id, received_at, signal_id) where mapping_outcome = 'ignored';
create index signal_by_kind on signal (tenant_id, kind, received_at, signal_id);
create index signal_by_source on signal (tenant_id, source_system, received_at, signal_id);
create index signal_by_type on signal (tenant_id, type, received_at, signal_id);
create index signal_of_file on signal (tenant_id, file_id, record_no) where file_id is not null;
create index signal_unmapped_of_file on signal (tenant_id, file_id)
  where file_id is not null and mapping_outcome = 'unmapped';
create index signal_sequence on signal (tenant_id, source, sequence_no) where sequence_no is not null;
create index signal_trace on signal (tenant_id, trace_id) where trace_id is not null;

alter table activity
  add column mapping_name text collate "C" not null default '',
  add column mapping_version integer not null default 1,
  add column mapping_rule text collate "C" not null default '';
create index activity_signal on activity (tenant_id, signal_id);
create index alias_statement_failed on alias_statement (tenant_id, alias_id) where outcome = 'failure';
create index activity_mapping on activity (tenant_id, mapping_name, mapping_version);
-- runs, latest first and by how they ended
create index business_object_run on business_object (tenant_id, last_occurred_at, object_id) where type = 'run';
create index alias_statement_run on alias_statement (tenant_id, activity_type, alias_id)
  where object_type = 'run' and is_subject;
create index alias_statement_of_run on alias_statement (tenant_id, alias_id, occurred_at)
  where object_type = 'run' and is_subject;
create index refused_input_at on refused_input (tenant_id, at, refused_id);

alter table dirty_alias
  -- mapped again: its projection changes what is shown, and tells nobody
  add column is_silent boolean not null default false;
`;

/** Undoes signalColumns. */
export const dropSignalColumns = `
alter table dirty_alias drop column is_silent;
alter table activity drop column mapping_name, drop column mapping_version, drop column mapping_rule;
drop index refused_input_at;
drop index alias_statement_of_run;
drop index alias_statement_run;
drop index business_object_run;
drop index activity_signal;
drop index alias_statement_failed;
drop index signal_trace;
drop index signal_by_kind;
drop index signal_by_type;
alter table signal drop column source_system, drop column source_kind, drop column key_id, drop column file_id,
  drop column record_no, drop column sequence_no, drop column mapping_outcome, drop column mapping_note;
`;

/** Source systems with their credentials, keys that end and are limited. */
export const ingestColumns = `
alter table source_system
  -- how its webhooks prove themselves beside the ingest key
  add column webhook_authentication text not null default 'none'
    check (webhook_authentication in ('none', 'standard-webhooks', 'stripe', 'basic', 'shared-secret', 'hmac-sha256')),
  add column webhook_secret_encrypted bytea,
  -- still taken after a rotation, until it ends
  add column previous_secret_encrypted bytea,
  add column previous_secret_until timestamptz,
  -- of local times that its messages carry without a zone
  add column time_zone text not null default 'UTC',
  add column is_active boolean not null default true,
  add column updated_at timestamptz not null default now();

alter table ingest_key
  add column created_by uuid,
  -- the last instant at which it is taken; a rotation ends the old key after an overlap
  add column expires_at timestamptz,
  add column replaces_key_id uuid,
  -- items a second, averaged over ten; null = the collector's own limit
  add column items_per_second integer;

alter table integration
  add column adopted_from text collate "C";
`;

/** Undoes ingestColumns. */
export const dropIngestColumns = `
alter table integration drop column adopted_from;
alter table ingest_key drop column created_by, drop column expires_at, drop column replaces_key_id,
  drop column items_per_second;
alter table source_system drop column webhook_authentication, drop column webhook_secret_encrypted,
  drop column previous_secret_encrypted, drop column previous_secret_until, drop column time_zone,
  drop column is_active, drop column updated_at;
`;
