import type { Activity } from '@throughline/canonical';
import type { Workflow } from '@throughline/lineage';
import type { Tx } from '@throughline/persistence';
import { handOn } from '../fresh-facts.js';
import { projectLineage } from '../project-lineage.js';
import { withStatements } from '../stated-activity.js';
import { beside } from './beside.js';

/** Activities added in one step, which its transaction bounds. */
const ACTIVITIES_AT_ONCE = 1_000;

/** Lists all facts that there are, in the order of time, in which most of them can be added without a second look. */
export async function listActivities(tx: Tx): Promise<number> {
  const [row] = await tx.query<{ listed: string }>(
    `with listed as (
       insert into lineage_rebuild_work (tenant_id, activity_id)
       select tenant_id, activity_id from activity where tenant_id = $1 order by occurred_at, activity_id
       returning 1
     )
     select count(*) as listed from listed`,
    [tx.tenantId],
  );
  return Number(row?.listed ?? 0);
}

/**
 * One step of the work that waits; answers how many activities it took, null when nothing waits. Names come first, and by
 * themselves: facts that were read before a name was marked must not be added after it was computed.
 */
export async function doRebuildWork(tx: Tx, workflows: readonly Workflow[]): Promise<number | null> {
  const whole = await beside(tx, () => projectLineage(tx, workflows, 'untold'));
  if (whole !== null) return 0;
  const activities = await takeActivities(tx);
  if (activities === null) return null;
  await beside(tx, async () => {
    await handOn(tx, activities.found.map(withStatements));
    while ((await projectLineage(tx, workflows, 'beside')) !== null);
  });
  return activities.taken;
}

type ActivityLine = Pick<
  Activity,
  'activityId' | 'type' | 'outcome' | 'system' | 'integration' | 'objects' | 'links' | 'runKey' | 'signal' | 'mapping'
> & { occurredAt: Date; recordedAt: Date | null };

/** The oldest of the list, without those that have been unsaid meanwhile. */
async function takeActivities(tx: Tx): Promise<{ taken: number; found: Activity[] } | null> {
  // By deletion and without a place to go on from: a row that commits late may stand before others that are done.
  const taken = await tx.query<{ activityId: string }>(
    `delete from lineage_rebuild_work where tenant_id = $1 and work_id = any(array(
       select work_id from lineage_rebuild_work where tenant_id = $1 order by work_id limit ${ACTIVITIES_AT_ONCE}))
     returning activity_id as "activityId"`,
    [tx.tenantId],
  );
  if (taken.length === 0) return null;
  const lines = await tx.query<ActivityLine>(
    `select activity_id as "activityId", type, occurred_at as "occurredAt", recorded_at as "recordedAt", outcome, system, integration, objects, links,
            run_key as "runKey",
            json_build_object('kind', signal_kind, 'receivedOn', signal_received_on, 'signalId', signal_id) as signal,
            json_build_object('name', mapping_name, 'version', mapping_version, 'rule', mapping_rule) as mapping
     from activity where tenant_id = $1 and activity_id = any($2::uuid[]) order by occurred_at, activity_id`,
    [tx.tenantId, taken.map((row) => row.activityId)],
  );
  return {
    taken: taken.length,
    found: lines.map(({ occurredAt, recordedAt, ...line }) => ({
      ...line,
      occurredAt: occurredAt.toISOString(),
      ...(recordedAt !== null && { recordedAt: recordedAt.toISOString() }),
    })),
  };
}
