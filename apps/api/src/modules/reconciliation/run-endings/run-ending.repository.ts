import { OPEN_LINEAGE_MAPPING } from '@throughline/ingest';
import type { Tx } from '@throughline/persistence';
import type { ContradictedRun } from './run-ending-problem.js';

/** Of these objects the runs of which OpenLineage tells more than one end. */
export async function findContradictedRuns(tx: Tx, objectIds: readonly string[]): Promise<ContradictedRun[]> {
  return tx.query<ContradictedRun>(
    `select b.object_id as "objectId", b.key, array_agg(distinct st.activity_type order by st.activity_type) as endings,
            min(st.occurred_at) as "firstEndedAt", max(st.occurred_at) as "lastEndedAt"
     from business_object b
     join object_alias oa on oa.tenant_id = $1 and oa.object_id = b.object_id
     join alias_statement st on st.tenant_id = $1 and st.alias_id = oa.alias_id and st.object_type = 'run' and st.is_subject
     join activity a on a.tenant_id = $1 and a.activity_id = st.activity_id
     where b.tenant_id = $1 and b.object_id = any($2::uuid[]) and b.type = 'run'
       and st.activity_type in ('run.completed', 'run.failed', 'run.aborted') and a.mapping_name = $3
     group by b.object_id, b.key
     having count(distinct st.activity_type) > 1
     order by b.object_id`,
    [tx.tenantId, objectIds, OPEN_LINEAGE_MAPPING.name],
  );
}
