/** Decisions to send again, their sends and claims: never rebuilt. */
export const requeueTables = `
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
  -- some transmission may have reached the target without an answer that settles it
  may_have_applied boolean not null default false,
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
  -- order per business key where things leave: one object, one integration, one send in flight
  object_id uuid not null,
  integration text collate "C" not null,
  claimed_at timestamptz not null,
  primary key (tenant_id, exception_id)
);
create unique index requeue_claim_object on requeue_claim (tenant_id, object_id, integration);
`;
