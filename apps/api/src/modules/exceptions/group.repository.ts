import type { Tx } from '@throughline/persistence';

/** Exceptions of the same problem at the same hop, whatever their subject. */
export type GroupRow = {
  id: string;
  title: string;
  taxonomy: string;
  /** All but duplicates. */
  memberCount: number;
  /** Those that still wait for somebody or something. */
  openCount: number;
};

/** Groups by id, in the order of the ids; null where there is none. Fits Operation.loader. */
export async function findGroups(tx: Tx, groupIds: readonly string[]): Promise<(GroupRow | null)[]> {
  const rows = await tx.query<GroupRow>(
    `select g.group_id as id, g.title, g.taxonomy, counted.members as "memberCount", counted.open as "openCount"
     from exception_group g
     cross join lateral (
       select count(*) filter (where e.state <> 'DUPLICATE')::int as members,
              count(*) filter (where e.state not in ('RESOLVED', 'ACCEPTED', 'DUPLICATE'))::int as open
       from exception e where e.tenant_id = $1 and e.group_id = g.group_id
     ) counted
     where g.tenant_id = $1 and g.group_id = any($2::uuid[])`,
    [tx.tenantId, groupIds],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return groupIds.map((id) => byId.get(id) ?? null);
}
