/** Facts: what the mapping made of signals; deleted and made again by re-mapping. */
export const factTables = `
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
create index activity_integration on activity (tenant_id, integration, occurred_at);
create index activity_requeue on activity (tenant_id, requeue_id) where requeue_id is not null;

-- which activity names which alias, and in which of its objects: two aliases of one (activity, position) are one object
create table alias_statement (
  tenant_id uuid not null,
  activity_id uuid not null,
  position smallint not null,
  alias_id uuid not null,
  -- the activity happened to this object; false = it is only referred to
  is_subject boolean not null,
  -- the only alias at its position: says nothing about identity
  is_alone boolean not null,
  -- the activity's own, repeated so that a hub's first activity after a time is one index look-up
  activity_type text collate "C" not null,
  outcome text not null,
  occurred_at timestamptz not null,
  object_type text collate "C" not null,
  system text collate "C" not null,
  kind text collate "C" not null,
  scope text collate "C" not null,
  value text collate "C" not null,
  primary key (tenant_id, activity_id, position, alias_id)
);
create index alias_statement_alias on alias_statement (tenant_id, alias_id, occurred_at, activity_id);
create index alias_statement_joined on alias_statement (tenant_id, alias_id) where not is_alone;

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
  -- marks of one storing transaction are taken together: a new link has both its ends among them
  set_id uuid not null,
  alias_id uuid not null,
  -- earliest activity of the batch that names it: what a hub's transactions reached before then is not changed by it
  occurred_at timestamptz not null,
  marked_at timestamptz not null default now(),
  primary key (tenant_id, mark_id)
);
create index dirty_alias_set on dirty_alias (tenant_id, set_id);
`;
