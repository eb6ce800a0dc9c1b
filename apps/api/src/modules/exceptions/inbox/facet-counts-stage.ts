import type { Database, Tx } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';

/** A facet that changed more often is summed up. */
const MOST_CHANGES = 4;

/** Facets summed up in one transaction. */
const BATCH = 2_000;

const POLL_MS = 5_000;

/** Sums up the changes of the counts of facets. Whoever reads meanwhile sees the changes or their sum, never both. */
export function createFacetCountsStage(database: Database): Stage {
  return {
    name: 'exception-facet-counts',
    wakesOn: [],
    pollMs: POLL_MS,
    run: (tenantId) => database.withTenant(tenantId, async (tx) => (await sumUpFacets(tx, BATCH)) === BATCH),
  };
}

/** Answers how many facets were summed up; none while somebody else does. */
export async function sumUpFacets(tx: Tx, limit: number): Promise<number> {
  const [turn] = await tx.query<{ isMine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('facet counts ' || $1::text, 0)) as "isMine"`,
    [tx.tenantId],
  );
  if (turn?.isMine !== true) return 0;
  const [summed] = await tx.query<{ facets: number }>(
    `with many as materialized (
       select facet_key from exception_facet_count where tenant_id = $1
       group by facet_key having count(*) > $2::integer or sum(n) = 0 limit $3::integer
     ), gone as (
       delete from exception_facet_count c using many where c.tenant_id = $1 and c.facet_key = many.facet_key
       returning c.facet_key, c.facet, c.n
     ), kept as (
       insert into exception_facet_count (tenant_id, facet_key, facet, n)
       select $1, facet_key, min(facet), sum(n) from gone group by facet_key having sum(n) <> 0
     )
     select count(*)::int as facets from many`,
    [tx.tenantId, MOST_CHANGES, limit],
  );
  return summed?.facets ?? 0;
}
