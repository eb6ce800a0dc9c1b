import type { Rights } from '../initial/isolation.js';

/** What intake and mapping keep beside the signals. */
export const ingestTables = `
-- one uploaded or picked-up file; its records are signals, visible with it in one commit
create table received_file (
  tenant_id uuid not null,
  file_id uuid not null,
  format text collate "C" not null,
  name text not null,
  source_system text collate "C" not null default '',
  layout text not null default '',
  content_hash bytea not null,
  bytes bigint not null,
  records integer not null,
  received_at timestamptz not null,
  key_id uuid,
  -- what the file says of itself: message id, accounts, statement numbers, sender
  header jsonb not null default '{}',
  -- array of { name, scope, expected, actual, isMet }: opening + entries = closing, sums and counts
  controls jsonb not null default '[]',
  has_control_break boolean not null default false,
  primary key (tenant_id, file_id)
);
create unique index received_file_content on received_file (tenant_id, source_system, format, content_hash);
create index received_file_received on received_file (tenant_id, received_at, file_id);
create index received_file_format on received_file (tenant_id, format, received_at, file_id);
create index received_file_source on received_file (tenant_id, source_system, received_at, file_id);
create index received_file_break on received_file (tenant_id, received_at, file_id) where has_control_break;

-- what a key sent, by hour; added to by the collectors every few seconds
create table ingest_usage (
  tenant_id uuid not null,
  key_id uuid not null,
  source_system text collate "C" not null default '',
  hour timestamptz not null,
  requests bigint not null default 0,
  items bigint not null default 0,
  duplicates bigint not null default 0,
  refused bigint not null default 0,
  bytes bigint not null default 0,
  limited bigint not null default 0,
  last_received_at timestamptz not null,
  -- of the last hour's items: how long after they happened they came
  longest_lag_ms bigint not null default 0,
  primary key (tenant_id, key_id, source_system, hour)
);
create index ingest_usage_source on ingest_usage (tenant_id, source_system, hour);
create index ingest_usage_key on ingest_usage (tenant_id, key_id, hour);
create index ingest_usage_hour on ingest_usage (tenant_id, hour);

-- a service, event source or integration that sends without being configured
create table unclaimed_integration (
  tenant_id uuid not null,
  kind text collate "C" not null check (kind in ('service', 'source', 'integration')),
  name text collate "C" not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  signals bigint not null,
  dismissed_at timestamptz,
  primary key (tenant_id, kind, name)
);
create index unclaimed_integration_seen on unclaimed_integration (tenant_id, last_seen_at, kind, name)
  where dismissed_at is null;

-- a tenant's own version of a mapping pack; shipped versions are files
create table mapping_version (
  tenant_id uuid not null,
  name text collate "C" not null,
  version integer not null,
  definition text not null,
  note text not null default '',
  -- why the worker cannot use it, in words; the shipped version is in force instead
  fault text,
  state text not null check (state in ('draft', 'active', 'retired')),
  created_by uuid not null,
  created_at timestamptz not null,
  -- another person than the maker
  approved_by uuid,
  approved_at timestamptz,
  -- the version that took its place; retiring that one puts this one in force again
  replaced_by integer,
  primary key (tenant_id, name, version)
);
create unique index mapping_version_active on mapping_version (tenant_id, name) where state = 'active';

-- what teams call the finance attributes on their spans and log records
create table attribute_name (
  tenant_id uuid not null,
  -- '' = every service of the tenant
  service_name text collate "C" not null,
  attribute text collate "C" not null,
  finance_attribute text collate "C" not null,
  primary key (tenant_id, service_name, attribute)
);

-- JSON Schema of an event type, by version
create table event_contract (
  tenant_id uuid not null,
  event_type text collate "C" not null,
  version integer not null,
  schema jsonb not null,
  compatibility text not null check (compatibility in ('none', 'backward', 'forward', 'full')),
  created_by uuid,
  created_at timestamptz not null,
  retired_at timestamptz,
  primary key (tenant_id, event_type, version)
);

-- applied before anything is stored
create table redaction_rule (
  tenant_id uuid not null,
  rule_id uuid not null,
  -- '' = every source system
  source_system text collate "C" not null default '',
  -- '' = every kind of signal
  signal_kind text collate "C" not null default '',
  -- JSON pointer with * for any member or element, or the name of an attribute
  path text not null,
  action text not null check (action in ('drop', 'mask', 'hash')),
  note text not null default '',
  created_by uuid,
  created_at timestamptz not null,
  primary key (tenant_id, rule_id)
);

-- one act of mapping stored signals again
create table remapping (
  tenant_id uuid not null,
  remapping_id uuid not null,
  -- { from?, to?, sourceSystem?, mapping?: { name, version? }, signalIds?, fileId?, onlyUnmapped? }
  selection jsonb not null,
  reason text not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')),
  requested_by uuid,
  requested_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  -- signals: in the selection, done so far, unmapped after it; activities before and after
  signals_total bigint,
  signals_done bigint not null default 0,
  signals_unmapped bigint not null default 0,
  activities_before bigint not null default 0,
  activities_after bigint not null default 0,
  -- where it goes on after an interruption
  resume_after jsonb,
  error text,
  primary key (tenant_id, remapping_id)
);
create index remapping_requested on remapping (tenant_id, requested_at, remapping_id);

-- numbers that are missing from the sequence of an event source; goes when the missing events come
create table sequence_gap (
  tenant_id uuid not null,
  source text collate "C" not null,
  from_no bigint not null,
  to_no bigint not null,
  seen_at timestamptz not null,
  -- null = too young to be told: the events may be on their way
  reported_at timestamptz,
  -- the signal behind the gap
  signal_received_on date not null,
  signal_id uuid not null,
  occurred_at timestamptz not null,
  primary key (tenant_id, source, from_no)
);
create index sequence_gap_waiting on sequence_gap (tenant_id, seen_at) where reported_at is null;
-- how far the sequence of an event source has been looked through: between these two numbers only gaps are missing
create table event_sequence (
  tenant_id uuid not null,
  source text collate "C" not null,
  first_no bigint not null,
  last_no bigint not null,
  primary key (tenant_id, source)
);
-- sources whose sequence a stored batch touched
create table sequence_watch (
  tenant_id uuid not null,
  source text collate "C" not null,
  touched_at timestamptz not null,
  primary key (tenant_id, source)
);
`;

/** The tables and the app role's rights on them. */
export const ingestTenantTables: Readonly<Record<string, Rights>> = {
  received_file: 'select, insert, update',
  ingest_usage: 'select, insert, update, delete',
  unclaimed_integration: 'select, insert, update, delete',
  mapping_version: 'select, insert, update, delete',
  attribute_name: 'select, insert, update, delete',
  event_contract: 'select, insert, update, delete',
  redaction_rule: 'select, insert, update, delete',
  remapping: 'select, insert, update, delete',
  sequence_gap: 'select, insert, update, delete',
  sequence_watch: 'select, insert, update, delete',
  event_sequence: 'select, insert, update, delete',
};
