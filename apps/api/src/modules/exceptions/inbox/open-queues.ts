import { FACETS_SQL, partSql } from './facet-sql.js';
import { IS_OPEN } from './open-sql.js';

/**
 * Selects what waits in each queue: counts by the facets of what is open, times by the index that tells them without the table.
 * $2 names the queues, $3 is now.
 */
export const QUEUES_SQL = `
  with facet as materialized (
    select facet_key, ${partSql('QUEUE')} as queue, ${partSql('IS_OWNED')} = '1' as is_owned, ${partSql('PRIORITY')} as band, n
    from (${FACETS_SQL}) f
  ), timed as materialized (
    select e.facet_key, min(e.opened_at) as oldest,
           min(e.cut_off_at) filter (where e.cut_off_at > $3::timestamptz and e.cut_off_at < 'infinity') as next
    from exception e where e.tenant_id = $1 and ${IS_OPEN} group by e.facet_key
  )
  select f.queue, sum(f.n)::int as open, coalesce(sum(f.n) filter (where not f.is_owned), 0)::int as unassigned,
         coalesce(sum(f.n) filter (where f.band = 'P1'), 0)::int as urgent, min(t.oldest) as "oldestOpenedAt", min(t.next) as "nextDueAt"
  from facet f join timed t on t.facet_key = f.facet_key
  where f.queue = any($2::text[]) group by f.queue`;
