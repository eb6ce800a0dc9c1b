/** Tenants, people, sessions and ingest keys. */
export const identityTables = `
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
-- sign-in knows the address, not yet the tenant
create index person_sign_in on person (email);

create table session (
  tenant_id uuid not null,
  session_hash bytea not null,
  person_id uuid not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, session_hash)
);
-- a request knows the cookie, not yet the tenant
create index session_look_up on session (session_hash);

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
-- a sender shows the key, not yet the tenant
create index ingest_key_look_up on ingest_key (key_hash);
`;
