import type { Tx } from '@throughline/persistence';
import type { CatalogFailure } from '../catalog/index.js';
import { refuseChanged, revisionOf } from './settings-revision.js';

type SettingsRow = {
  queue: string;
  calendar: string | null;
  own: string | null;
  leadId: string | null;
  members: string[];
  targets: string[];
};

/** What stands for all that a tenant set of each of these queues, in their order. Fits Operation.loader. */
export async function findQueueRevisions(tx: Tx, queues: readonly string[]): Promise<string[]> {
  const rows = await tx.query<SettingsRow>(
    `select q.name as queue, h.calendar, h.own::text as own, l.person_id as "leadId",
            array(select m.person_id::text from queue_member m where m.tenant_id = $1 and m.queue = q.name order by 1) as members,
            array(select concat_ws(' ', t.band, t.response, t.resolution) from queue_target t
                  where t.tenant_id = $1 and t.queue = q.name order by t.band) as targets
     from unnest($2::text[]) as q(name)
     left join queue_hours h on h.tenant_id = $1 and h.queue = q.name
     left join queue_lead l on l.tenant_id = $1 and l.queue = q.name`,
    [tx.tenantId, queues],
  );
  const byName = new Map(
    // hours of its own count where there are any, so that a revision seen before there could be some is the same
    rows.map(({ queue, own, ...settings }) => [queue, own === null ? settings : { ...settings, own }]),
  );
  return queues.map((name) => revisionOf(byName.get(name)));
}

/** Locks what a tenant set of a queue; refused where somebody changed it since it was seen, null = it may be changed. */
export async function lockQueue(tx: Tx, queue: string, seen: string | null): Promise<CatalogFailure | null> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('queue settings ' || $1 || $2, 0))`, [
    tx.tenantId,
    queue,
  ]);
  const [revision = ''] = await findQueueRevisions(tx, [queue]);
  return refuseChanged(tx, { subject: { type: 'queue', id: queue }, words: 'this queue', revision }, seen);
}
