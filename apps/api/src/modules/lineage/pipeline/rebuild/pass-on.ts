import { randomUUID } from 'node:crypto';
import type { Tx } from '@throughline/persistence';
import type { DirtyMark } from '../dirty-marks.js';
import type { FreshFacts } from '../fresh-facts.js';

/**
 * Whatever the projection that is shown takes is work for a rebuild of the whole too, if one is under way: new facts as
 * activities to add, all else as names to compute whole. Asked under the lock of the projection: facts that were committed
 * before a rebuild is seen to be under way are among those that it lists.
 */
export async function passOnToRebuild(
  tx: Tx,
  { marks, facts }: { marks: readonly DirtyMark[]; facts: FreshFacts },
): Promise<void> {
  const [row] = await tx.query<{ isWanted: boolean }>(
    `select exists (select 1 from lineage_rebuild where tenant_id = $1 and remapping_id is null
                    and state in ('running', 'paused', 'ready', 'switching')) as "isWanted"`,
    [tx.tenantId],
  );
  if (row?.isWanted !== true) return;
  if (marks.length > 0) {
    await tx.query(
      `insert into rebuild.dirty_alias (tenant_id, set_id, is_silent, alias_id, occurred_at)
       select $1, $2, true, * from unnest($3::uuid[], $4::timestamptz[])`,
      [tx.tenantId, randomUUID(), marks.map((mark) => mark.aliasId), marks.map((mark) => mark.occurredAt)],
    );
  }
  const activityIds = [...new Set(facts.names.map((name) => name.activityId))];
  if (activityIds.length > 0) {
    await tx.query('insert into lineage_rebuild_work (tenant_id, activity_id) select $1, unnest($2::uuid[])', [
      tx.tenantId,
      activityIds,
    ]);
  }
}
