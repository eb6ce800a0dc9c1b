/** A row per span; replaced by span chunks. */
export const spanTable = `
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
`;

/** What was received, in its original form, by day, and the work it leaves to do. */
export const signalTables = `
-- pending work: one row per stored batch, deleted in the transaction that stores its facts
create table intake_batch (
  tenant_id uuid not null,
  batch_id uuid not null,
  kind text not null check (kind in ('spans', 'events')),
  received_on date not null,
  received_at timestamptz not null,
  items integer not null,
  -- a batch that could not be mapped is left alone until then, so that it does not hold up those behind it
  failures integer not null default 0,
  not_before timestamptz not null default '-infinity',
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

${spanTable}
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
`;
