/** Projection: rebuilt from facts, never patched. */
export const projectionTables = `
-- object_id = lowest alias_id of its component, so that an earlier id of a merged object is an alias_id of it and redirects
create table object_alias (
  tenant_id uuid not null,
  alias_id uuid not null,
  object_id uuid not null,
  system text collate "C" not null,
  kind text collate "C" not null,
  scope text collate "C" not null,
  value text collate "C" not null,
  -- people search in any case
  value_folded text collate "C" generated always as (lower(value)) stored,
  primary key (tenant_id, alias_id)
);
create index object_alias_object on object_alias (tenant_id, object_id);
create index object_alias_value on object_alias (tenant_id, value_folded);

create table business_object (
  tenant_id uuid not null,
  object_id uuid not null,
  type text collate "C" not null,
  key text collate "C" not null,
  legal_entity text collate "C",
  counterparty text,
  -- for prefix search as a range
  counterparty_folded text collate "C" generated always as (lower(counterparty)) stored,
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
create index business_object_counterparty on business_object (tenant_id, counterparty_folded);

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
  counterparty_folded text collate "C" generated always as (lower(counterparty)) stored,
  amount numeric,
  currency text,
  started_at timestamptz not null,
  completed_at timestamptz,
  last_occurred_at timestamptz not null,
  primary key (tenant_id, transaction_id)
);
create index business_transaction_recent on business_transaction (tenant_id, last_occurred_at, transaction_id);
create index business_transaction_started on business_transaction (tenant_id, started_at, transaction_id);
create index business_transaction_progress on business_transaction (tenant_id, progress, last_occurred_at, transaction_id);
create index business_transaction_counterparty on business_transaction (tenant_id, counterparty_folded);
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
create index problem_integration on problem (tenant_id, integration, cleared_at);

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
`;
