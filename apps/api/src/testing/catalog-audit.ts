import type { ApiHarness } from './api-harness.js';

/** Details of the acts of one kind on record, oldest first. */
export async function actsOnRecord(api: ApiHarness, action: string): Promise<Record<string, unknown>[]> {
  const rows = await api.test.database.withTenant(api.test.tenantId, (tx) =>
    tx.query<{ details: Record<string, unknown> }>(
      `select details from audit_record where tenant_id = $1 and action = $2 order by at, audit_id`,
      [tx.tenantId, action],
    ),
  );
  return rows.map(({ details }) => details);
}
