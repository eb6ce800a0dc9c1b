-- Every table: tenant_id first in its key, row-level security by the setting throughline.tenant_id.
-- Previous version of the app: none.

-- identity ---------------------------------------------------------------------------------------------------------
create table tenant (
  tenant_id uuid primary key,
  name text not null,
  environment text not null,
  created_at timestamptz not null default now()
);

create table person (
  tenant_id uuid not null,
  person_id uuid not null,
  email text collate "C" not null,
  display_name text not null,
  password_hash text not null,
  roles text[] not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (tenant_id, person_id)
);
create unique index person_email on person (tenant_id, email);

create table session (
  tenant_id uuid not null,
  session_hash bytea not null,
  person_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, session_hash)
);

create table ingest_key (
  tenant_id uuid not null,
  key_id uuid not null,
  key_hash bytea not null,
  name text not null,
  source_system text,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  primary key (tenant_id, key_id)
);

-- audit: append-only; the seal chains committed records ---------------------------------------------------------------
create table audit_record (
  tenant_id uuid not null,
  audit_id uuid not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'system')),
  actor_id text not null,
  actor_name text not null,
  action text collate "C" not null,
  subject_type text collate "C" not null,
  subject_id text collate "C" not null,
  details jsonb not null,
  trace_id text,
  content_hash bytea not null,
  primary key (tenant_id, audit_id)
);
create index audit_record_at on audit_record (tenant_id, at, audit_id);
create index audit_record_subject on audit_record (tenant_id, subject_type, subject_id, at);

create table audit_seal (
  tenant_id uuid not null,
  sequence bigint not null,
  audit_id uuid not null,
  chain_hash bytea not null,
  sealed_at timestamptz not null,
  primary key (tenant_id, sequence)
);
create unique index audit_seal_record on audit_seal (tenant_id, audit_id);

-- catalog ----------------------------------------------------------------------------------------------------------
create table legal_entity (
  tenant_id uuid not null,
  code text collate "C" not null,
  name text not null,
  country text not null,
  currency text not null,
  calendar text not null,
  time_zone text not null,
  primary key (tenant_id, code)
);

create table source_system (
  tenant_id uuid not null,
  name text collate "C" not null,
  kind text not null,
  title text not null,
  primary key (tenant_id, name)
);

create table integration (
  tenant_id uuid not null,
  name text collate "C" not null,
  title text not null,
  from_system text not null,
  to_system text not null,
  owner text not null,
  criticality text not null,
  requeue_url text,
  requeue_secret_encrypted bytea,
  primary key (tenant_id, name)
);

create table alert_channel (
  tenant_id uuid not null,
  channel_id uuid not null,
  name text not null,
  kind text not null check (kind in ('slack')),
  url_encrypted bytea not null,
  is_active boolean not null default true,
  primary key (tenant_id, channel_id)
);

create table alert_policy (
  tenant_id uuid not null,
  policy_id uuid not null,
  name text not null,
  -- every taxonomy that starts with one of these; empty = all
  taxonomies text[] not null default '{}',
  channel_id uuid not null,
  is_active boolean not null default true,
  primary key (tenant_id, policy_id)
);

-- signals ----------------------------------------------------------------------------------------------------------
-- pending work: one row per stored batch, deleted in the transaction that stores its facts
create table intake_batch (
  tenant_id uuid not null,
  batch_id uuid not null,
  kind text not null check (kind in ('spans', 'events')),
  received_on date not null,
  received_at timestamptz not null,
  items integer not null,
  primary key (tenant_id, batch_id)
);
create index intake_batch_received on intake_batch (tenant_id, received_at);

create table signal (
  tenant_id uuid not null,
  received_on date not null,
  signal_id uuid not null,
  batch_id uuid not null,
  kind text collate "C" not null,
  source text collate "C" not null,
  external_id text collate "C" not null,
  scoped_key text collate "C" not null,
  type text collate "C" not null,
  occurred_at timestamptz,
  received_at timestamptz not null,
  content_type text,
  -- CloudEvents context attributes and extensions, as received
  attributes jsonb not null,
  hop_traceparent text,
  body bytea not null,
  trace_id bytea,
  -- why it could not be mapped; null = mapped or not yet mapped
  unmapped_reason text,
  primary key (tenant_id, received_on, signal_id)
) partition by range (received_on);
create index signal_batch on signal (tenant_id, batch_id);
create index signal_received on signal (tenant_id, received_at, signal_id);

create table signal_key (
  tenant_id uuid not null,
  key_hash bytea not null,
  signal_id uuid not null,
  received_on date not null,
  primary key (tenant_id, key_hash)
);
create index signal_key_age on signal_key (received_on);

create table span (
  tenant_id uuid not null,
  received_on date not null,
  trace_id bytea not null,
  span_id bytea not null,
  parent_span_id bytea,
  batch_id uuid not null,
  name text not null,
  kind smallint not null,
  start_unix_nano bigint not null,
  -- 0 = still open
  end_unix_nano bigint not null,
  status_code smallint not null,
  status_message text,
  service_name text collate "C" not null,
  trace_state text,
  flags bigint not null default 0,
  resource jsonb not null,
  scope jsonb not null,
  attributes jsonb not null,
  events jsonb not null,
  links jsonb not null,
  dropped jsonb not null,
  is_clock_suspect boolean not null default false,
  received_at timestamptz not null,
  primary key (tenant_id, received_on, trace_id, span_id)
) partition by range (received_on);
create index span_batch on span (tenant_id, batch_id);
create index span_trace on span (tenant_id, trace_id);

-- a bounded sample of what no protocol could decode
create table refused_input (
  tenant_id uuid not null,
  refused_id uuid not null,
  at timestamptz not null,
  protocol text not null,
  reason text not null,
  sample bytea not null,
  primary key (tenant_id, refused_id)
);

-- facts: what the mapping made of signals; deleted and made again by re-mapping ------------------------------------------
create table activity (
  tenant_id uuid not null,
  activity_id uuid not null,
  type text collate "C" not null,
  occurred_at timestamptz not null,
  outcome text not null check (outcome in ('success', 'failure')),
  system text collate "C" not null,
  integration text collate "C" not null,
  run_key text collate "C" not null,
  requeue_id uuid,
  trace_id bytea,
  span_id bytea,
  signal_kind text not null,
  signal_received_on date not null,
  signal_id uuid not null,
  -- null unless outcome = failure: { taxonomy, discriminators, message, payload?, payloadVersion? }
  problem jsonb,
  -- ordered arrays as in libs/canonical Activity
  objects jsonb not null,
  links jsonb not null,
  primary key (tenant_id, activity_id)
);
create index activity_trace on activity (tenant_id, trace_id);
create index activity_requeue on activity (tenant_id, requeue_id) where requeue_id is not null;

-- which activity names which alias, and in which of its objects: two aliases of one (activity, position) are one object
create table alias_statement (
  tenant_id uuid not null,
  activity_id uuid not null,
  position smallint not null,
  alias_id uuid not null,
  object_type text collate "C" not null,
  system text collate "C" not null,
  kind text collate "C" not null,
  scope text collate "C" not null,
  value text collate "C" not null,
  primary key (tenant_id, activity_id, position, alias_id)
);
create index alias_statement_alias on alias_statement (tenant_id, alias_id);

create table link_statement (
  tenant_id uuid not null,
  activity_id uuid not null,
  ordinal smallint not null,
  from_alias_id uuid not null,
  to_alias_id uuid not null,
  qualifier text collate "C" not null,
  amount numeric,
  currency text,
  primary key (tenant_id, activity_id, ordinal)
);
create index link_statement_from on link_statement (tenant_id, from_alias_id);
create index link_statement_to on link_statement (tenant_id, to_alias_id);

create table dirty_alias (
  tenant_id uuid not null,
  mark_id bigint generated always as identity,
  alias_id uuid not null,
  marked_at timestamptz not null default now(),
  primary key (tenant_id, mark_id)
);

-- projection: rebuilt from facts, never patched ----------------------------------------------------------------------
-- object_id = lowest alias_id of its component, so that an earlier id of a merged object is an alias_id of it and redirects
create table object_alias (
  tenant_id uuid not null,
  alias_id uuid not null,
  object_id uuid not null,
  system text collate "C" not null,
  kind text collate "C" not null,
  scope text collate "C" not null,
  value text collate "C" not null,
  primary key (tenant_id, alias_id)
);
create index object_alias_object on object_alias (tenant_id, object_id);
create index object_alias_value on object_alias (tenant_id, value);

create table business_object (
  tenant_id uuid not null,
  object_id uuid not null,
  type text collate "C" not null,
  key text collate "C" not null,
  legal_entity text collate "C",
  counterparty text,
  amount numeric,
  currency text,
  direction text,
  attributes jsonb not null,
  -- known by reference only: no activity had it as its subject
  is_placeholder boolean not null,
  first_occurred_at timestamptz not null,
  last_occurred_at timestamptz not null,
  primary key (tenant_id, object_id)
);

create table object_link (
  tenant_id uuid not null,
  from_object_id uuid not null,
  to_object_id uuid not null,
  qualifier text collate "C" not null,
  is_context boolean not null,
  amount numeric,
  currency text,
  first_occurred_at timestamptz not null,
  asserted_by uuid not null,
  primary key (tenant_id, from_object_id, to_object_id, qualifier)
);
create index object_link_to on object_link (tenant_id, to_object_id);

create table business_transaction (
  tenant_id uuid not null,
  transaction_id uuid not null,
  workflow text collate "C" not null,
  anchor_object_id uuid not null,
  -- what does not depend on the clock: running, completed, cancelled
  progress text collate "C" not null check (progress in ('running', 'completed', 'cancelled')),
  legal_entity text collate "C",
  counterparty text,
  amount numeric,
  currency text,
  started_at timestamptz not null,
  completed_at timestamptz,
  last_occurred_at timestamptz not null,
  primary key (tenant_id, transaction_id)
);
create index business_transaction_recent on business_transaction (tenant_id, last_occurred_at, transaction_id);
create index business_transaction_anchor on business_transaction (tenant_id, anchor_object_id);

create table transaction_object (
  tenant_id uuid not null,
  transaction_id uuid not null,
  object_id uuid not null,
  is_hub boolean not null,
  depth smallint not null,
  primary key (tenant_id, transaction_id, object_id)
);
create index transaction_object_object on transaction_object (tenant_id, object_id);

-- object_id = nil uuid for a milestone declared per transaction
create table milestone (
  tenant_id uuid not null,
  transaction_id uuid not null,
  name text collate "C" not null,
  object_id uuid not null,
  position smallint not null,
  title text not null,
  rule_kind text not null check (rule_kind in ('service', 'expectation', 'none')),
  started_at timestamptz,
  due_at timestamptz,
  reached_at timestamptz,
  reached_by uuid,
  primary key (tenant_id, transaction_id, name, object_id)
);
create index milestone_due on milestone (tenant_id, due_at) where reached_at is null and due_at is not null;
create index milestone_due_all on milestone (tenant_id, name, due_at) where due_at is not null;

-- a problem that the facts show: subject x hop x signature; the person's side of it is in exception
create table problem (
  tenant_id uuid not null,
  object_id uuid not null,
  hop text collate "C" not null,
  signature text collate "C" not null,
  taxonomy text collate "C" not null,
  discriminators jsonb not null,
  message text not null,
  integration text collate "C" not null,
  occurrences integer not null,
  first_occurred_at timestamptz not null,
  last_occurred_at timestamptz not null,
  last_activity_id uuid not null,
  -- the earliest proof, later than the last occurrence, that the hop was overcome
  cleared_at timestamptz,
  cleared_by uuid,
  primary key (tenant_id, object_id, hop, signature)
);

-- overdue milestones that were told once (timeliness); never rebuilt
create table overdue_mark (
  tenant_id uuid not null,
  transaction_id uuid not null,
  name text collate "C" not null,
  object_id uuid not null,
  due_at timestamptz not null,
  marked_at timestamptz not null,
  primary key (tenant_id, transaction_id, name, object_id, due_at)
);

-- what people did: never rebuilt -------------------------------------------------------------------------------------
create table exception_group (
  tenant_id uuid not null,
  group_id uuid not null,
  fingerprint text collate "C" not null,
  title text not null,
  taxonomy text collate "C" not null,
  hop text collate "C" not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, group_id)
);
create unique index exception_group_fingerprint on exception_group (tenant_id, fingerprint);

create table exception (
  tenant_id uuid not null,
  exception_id uuid not null,
  group_id uuid not null,
  object_id uuid not null,
  hop text collate "C" not null,
  signature text collate "C" not null,
  taxonomy text collate "C" not null,
  title text not null,
  message text not null,
  integration text collate "C" not null,
  state text collate "C" not null check (state in
    ('OPEN', 'IN_PROGRESS', 'WAITING', 'PENDING_APPROVAL', 'REQUEUED', 'RESOLVED', 'ACCEPTED', 'DUPLICATE')),
  resolution text collate "C" check (resolution in ('VERIFIED_REQUEUE', 'SOURCE_FIXED', 'VANISHED')),
  duplicate_of uuid,
  owner_id uuid,
  object_type text collate "C" not null,
  object_key text collate "C" not null,
  legal_entity text collate "C",
  counterparty text,
  amount numeric,
  currency text,
  -- money at risk in minor units of the currency, for sorting and filtering under row-level security
  amount_minor bigint not null default 0,
  occurrences integer not null,
  opened_at timestamptz not null,
  last_occurred_at timestamptz not null,
  last_activity_id uuid,
  resolved_at timestamptz,
  version integer not null default 1,
  updated_at timestamptz not null,
  primary key (tenant_id, exception_id)
);
create unique index exception_identity on exception (tenant_id, object_id, hop, signature) where state <> 'DUPLICATE';
create index exception_inbox on exception (tenant_id, state, amount_minor, exception_id);
create index exception_opened on exception (tenant_id, state, opened_at, exception_id);
create index exception_group_members on exception (tenant_id, group_id);

-- its timeline, as people read it
create table exception_event (
  tenant_id uuid not null,
  exception_id uuid not null,
  event_id uuid not null,
  at timestamptz not null,
  kind text collate "C" not null,
  actor_id text not null,
  actor_name text not null,
  details jsonb not null,
  primary key (tenant_id, exception_id, event_id)
);

create table requeue_request (
  tenant_id uuid not null,
  request_id uuid not null,
  maker_id uuid not null,
  maker_name text not null,
  reason text not null,
  selection_hash bytea not null,
  items integer not null,
  created_at timestamptz not null,
  primary key (tenant_id, request_id)
);

create table requeue_attempt (
  tenant_id uuid not null,
  attempt_id uuid not null,
  request_id uuid not null,
  exception_id uuid not null,
  object_id uuid not null,
  attempt integer not null,
  integration text collate "C" not null,
  idempotency_key text collate "C" not null,
  -- one byte-identical body for every transmission of the attempt
  body text not null,
  traceparent text not null,
  state text collate "C" not null check (state in
    ('QUEUED', 'SENDING', 'ACKNOWLEDGED', 'REFUSED', 'UNKNOWN', 'FAILED', 'VERIFIED')),
  transmissions integer not null default 0,
  created_at timestamptz not null,
  sent_at timestamptz,
  acknowledged_at timestamptz,
  finished_at timestamptz,
  http_status integer,
  answer text,
  primary key (tenant_id, attempt_id)
);
create unique index requeue_attempt_number on requeue_attempt (tenant_id, exception_id, attempt);
create index requeue_attempt_request on requeue_attempt (tenant_id, request_id);

-- the unique row that makes a second concurrent send impossible
create table requeue_claim (
  tenant_id uuid not null,
  exception_id uuid not null,
  attempt_id uuid not null,
  claimed_at timestamptz not null,
  primary key (tenant_id, exception_id)
);

create table notification (
  tenant_id uuid not null,
  notification_id uuid not null,
  policy_id uuid not null,
  channel_id uuid not null,
  group_id uuid not null,
  exception_id uuid not null,
  state text collate "C" not null check (state in ('PENDING', 'DELIVERED', 'FAILED')),
  payload jsonb not null,
  created_at timestamptz not null,
  delivered_at timestamptz,
  attempts integer not null default 0,
  last_error text,
  primary key (tenant_id, notification_id)
);
create unique index notification_once on notification (tenant_id, policy_id, group_id);
create index notification_recent on notification (tenant_id, created_at, notification_id);

-- events between modules, one row per consumer, deleted in the handler's transaction
create table outbox_delivery (
  tenant_id uuid not null,
  delivery_id bigint generated always as identity,
  consumer text collate "C" not null,
  topic text collate "C" not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, consumer, delivery_id)
);

-- not a tenant's: which workers live
create table worker_heartbeat (
  worker_id text primary key,
  seen_at timestamptz not null
);
