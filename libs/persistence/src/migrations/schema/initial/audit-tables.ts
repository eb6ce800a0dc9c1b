/** The evidence: append-only records; the seal chains committed ones. */
export const auditTables = `
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

-- records that wait for their seal: written with the record, deleted with the seal
create table audit_unsealed (
  tenant_id uuid not null,
  audit_id uuid not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, audit_id)
);

create table audit_seal (
  tenant_id uuid not null,
  sequence bigint not null,
  audit_id uuid not null,
  chain_hash bytea not null,
  sealed_at timestamptz not null,
  primary key (tenant_id, sequence)
);
create unique index audit_seal_record on audit_seal (tenant_id, audit_id);
`;
