import type { Tx } from '@throughline/persistence';

/** What integrations did, the counts since the start of the UTC day. */
export type IntegrationActivity = { lastActivityAt: Date | null; activitiesToday: number; failuresToday: number };

/** In the order of the names. */
export async function findIntegrationActivity(
  tx: Tx,
  names: readonly string[],
  startOfDay: Date,
): Promise<IntegrationActivity[]> {
  return tx.query<IntegrationActivity>(
    `select last.at as "lastActivityAt", today.activities as "activitiesToday", today.failures as "failuresToday"
     from unnest($2::text[]) with ordinality as i(name, place)
     left join lateral (select a.occurred_at as at from activity a where a.tenant_id = $1 and a.integration = i.name
                        order by a.occurred_at desc limit 1) last on true
     cross join lateral (select count(*)::int as activities, (count(*) filter (where a.outcome = 'failure'))::int as failures
                         from activity a where a.tenant_id = $1 and a.integration = i.name and a.occurred_at >= $3) today
     order by i.place`,
    [tx.tenantId, names, startOfDay],
  );
}

/** Open exceptions at each integration, in the order of the names. */
export async function countOpenExceptions(tx: Tx, names: readonly string[]): Promise<number[]> {
  const rows = await tx.query<{ hop: string; open: number }>(
    `select hop, count(*)::int as open from open_exception_object where tenant_id = $1 and hop = any($2::text[]) group by hop`,
    [tx.tenantId, names],
  );
  const byHop = new Map(rows.map(({ hop, open }) => [hop, open]));
  return names.map((name) => byHop.get(name) ?? 0);
}
