/** What goes out: notifications, events between modules, and who works on them. */
export const deliveryTables = `
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
  -- a delivery that its consumer could not handle is tried again from then on; never given up, never in the way of others
  failures integer not null default 0,
  not_before timestamptz not null default '-infinity',
  primary key (tenant_id, consumer, delivery_id)
);

-- not a tenant's: which workers live
create table worker_heartbeat (
  worker_id text primary key,
  seen_at timestamptz not null
);
`;
