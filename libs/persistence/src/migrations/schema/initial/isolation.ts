/** The role that the rights of the running app are granted to; users log in as members of it. */
export const appRole = 'throughline_app';
/** The role that owns the job schema; the job runner alone takes it on. */
export const jobsRole = 'throughline_jobs';

/** What the app role may do with a tenant's table. */
export type Rights =
  'select, insert, update, delete' | 'select, insert, update' | 'select, insert, delete' | 'select, insert' | 'select';

const everything: Rights = 'select, insert, update, delete';

/** Every table with a tenant_id and the app role's rights on it; a test compares the list with the catalog. */
export const tenantTables: Readonly<Record<string, Rights>> = {
  // Made by throughline_create_tenant only.
  tenant: 'select',
  person: everything,
  session: everything,
  ingest_key: everything,
  // Append-only: not even the app can change what was recorded.
  audit_record: 'select, insert',
  audit_unsealed: 'select, insert, delete',
  audit_seal: 'select, insert',
  legal_entity: everything,
  source_system: everything,
  integration: everything,
  alert_channel: everything,
  alert_policy: everything,
  intake_batch: everything,
  // What was received is never deleted by the app: its days leave as partitions.
  signal: 'select, insert, update',
  signal_key: everything,
  span: 'select, insert, update',
  refused_input: everything,
  activity: everything,
  alias_statement: everything,
  link_statement: everything,
  dirty_alias: everything,
  object_alias: everything,
  business_object: everything,
  object_link: everything,
  business_transaction: everything,
  transaction_object: everything,
  milestone: everything,
  problem: everything,
  overdue_mark: everything,
  exception_group: everything,
  exception: everything,
  // A timeline is written, never rewritten.
  exception_event: 'select, insert',
  requeue_request: everything,
  requeue_attempt: everything,
  requeue_claim: everything,
  notification: everything,
  outbox_delivery: everything,
};

/**
 * Views that one module publishes for others to read. Each is `security_invoker`: as an ordinary view it would be read with
 * its owner's rights, past row-level security.
 */
export const publishedViews: readonly string[] = ['open_exception_object'];

/** Which rows of a table are a tenant's. As a sub-query it is read once in a statement, not for each of its rows. */
export const tenantPolicy = `tenant_id = (select nullif(current_setting('throughline.tenant_id', true), '')::uuid)`;

/**
 * Row-level security and rights of one table. The owner is exempt (no FORCE): its SECURITY DEFINER look-ups read across
 * tenants. nullif, because a setting that was set once in a session reads '' afterwards, and ''::uuid is an error.
 * Partitions get neither rights nor policy: they are reached through their parent only.
 */
export function isolateTenant(table: string, rights: Rights): string {
  return `
alter table ${table} enable row level security;
create policy tenant_isolation on ${table}
  using (${tenantPolicy})
  with check (${tenantPolicy});
grant ${rights} on ${table} to ${appRole};
`;
}
