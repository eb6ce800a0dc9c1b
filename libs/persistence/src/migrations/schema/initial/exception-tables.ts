/** What people did about problems: never rebuilt. */
export const exceptionTables = `
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
  -- where the subject is now, after redirects
  object_id uuid not null,
  -- the subject as it was first known: an un-merge brings the exception back to it
  first_object_id uuid not null,
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
  -- what an un-merge restores
  state_before_duplicate text collate "C",
  owner_id uuid,
  object_type text collate "C" not null,
  object_key text collate "C" not null,
  legal_entity text collate "C",
  counterparty text,
  -- lower case, for prefix search as a range
  counterparty_folded text collate "C",
  -- money at risk: the open amount of the subject
  amount numeric,
  currency text,
  direction text,
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
create index exception_object on exception (tenant_id, object_id);
create index exception_first_object on exception (tenant_id, first_object_id);
create index exception_key on exception (tenant_id, object_key);
create index exception_counterparty on exception (tenant_id, counterparty_folded);

-- published: objects that something open hangs on, and at which hop
create view open_exception_object with (security_invoker = true) as
  select tenant_id, object_id, hop, exception_id from exception where state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE');

-- its timeline, as people read it
create table exception_event (
  tenant_id uuid not null,
  exception_id uuid not null,
  event_id uuid not null,
  -- order within one instant
  ordinal bigint generated always as identity,
  at timestamptz not null,
  kind text collate "C" not null,
  actor_id text not null,
  actor_name text not null,
  details jsonb not null,
  primary key (tenant_id, exception_id, event_id)
);
`;
