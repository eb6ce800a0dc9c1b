import type { Tx } from '@throughline/persistence';

/** Names of people, groups and objects, by their ids. */
export async function namesOfIds(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; name: string }>(
    `select person_id as id, display_name as name from person where tenant_id = $1 and person_id = any($2::uuid[])
     union all
     select group_id, title from exception_group where tenant_id = $1 and group_id = any($2::uuid[])
     union all
     select object_id, type || ' ' || key from business_object where tenant_id = $1 and object_id = any($2::uuid[])`,
    [tx.tenantId, ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
