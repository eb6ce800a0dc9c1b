/** What people configure. */
export const catalogTables = `
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
  -- the target keeps the idempotency key: the same attempt may be transmitted again after no answer
  requeue_is_idempotent boolean not null default false,
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
`;
