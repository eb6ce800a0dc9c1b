import { type Workflow, type WrongWorkflow, rebuildRefusal } from '@throughline/lineage';
import type { Logger } from '@throughline/observability';
import { type Database, type Tx, isTransientDatabaseError } from '@throughline/persistence';
import type { Stage } from '../../../../worker/stage.js';
import { recordAudit } from '../../../audit/index.js';
import type { ChangeGuard } from '../changes/change-guard.js';
import { lockProjection } from '../dirty-marks.js';
import { emitProjected } from '../project-lineage.js';
import { LINEAGE_ACTOR } from '../remapping/make-report.js';
import { applyDifferences, concernedObjects } from './compare-projections.js';
import { reportRebuild } from './report-rebuild.js';
import { doRebuildWork, listActivities } from './rebuild-work.js';
import {
  type RebuildAtWork,
  clearBeside,
  findRebuildAtWork,
  findUncleared,
  hasRebuildWork,
  lockRebuild,
  updateRebuild,
  withoutTimeLimit,
} from './rebuild.repository.js';

/** What the rebuild stage works with. */
export type RebuildStageParts = {
  database: Database;
  workflows: readonly Workflow[];
  /** Files that declare none that could be used: while there are any, nothing is made or switched to. */
  wrong: readonly Pick<WrongWorkflow, 'file'>[];
  guard: ChangeGuard;
  clock: () => Date;
  log: Logger;
};

const LONGEST_ERROR = 500;

/**
 * Makes the whole projection of a tenant again beside the one that is shown, in bounded transactions that carry their progress
 * with them; when it has caught up it is compared, and waits for a person to switch. What is shown changes in the one
 * transaction of the switch, and in no other.
 */
export function createRebuildStage(parts: RebuildStageParts): Stage {
  const { database, log, clock } = parts;
  return {
    name: 'rebuild',
    wakesOn: ['throughline_rebuild'],
    pollMs: 2_000,
    async run(tenantId) {
      let current: RebuildAtWork | null = null;
      try {
        return await database.withTenant(tenantId, async (tx) => {
          if (!(await hasRebuildWork(tx)) || !(await lockRebuild(tx))) return false;
          const uncleared = await findUncleared(tx);
          if (uncleared !== null) return clear(tx, uncleared);
          current = await findRebuildAtWork(tx);
          return current !== null && doStep(tx, parts, current);
        });
      } catch (error) {
        const failed = current as RebuildAtWork | null;
        if (failed === null || isTransientDatabaseError(error)) throw error;
        log.error({ tenantId, rebuildId: failed.rebuildId, err: error }, 'a rebuild failed');
        const reason = error instanceof Error ? error.message : 'for an unknown reason';
        await database.withTenant(tenantId, (tx) =>
          updateRebuild(tx, failed.rebuildId, {
            from: failed.state,
            state: 'failed',
            finishedAt: clock(),
            error: reason.slice(0, LONGEST_ERROR),
          }),
        );
        return true;
      }
    },
  };
}

async function clear(tx: Tx, rebuildId: string): Promise<boolean> {
  if (await clearBeside(tx)) await updateRebuild(tx, rebuildId, { isCleared: true });
  return true;
}

/** One step; answers whether there may be another at once. */
async function doStep(tx: Tx, parts: RebuildStageParts, rebuild: RebuildAtWork): Promise<boolean> {
  const { rebuildId, state, activitiesTotal } = rebuild;
  const refusal = rebuildRefusal(parts.wrong);
  if (refusal !== null) {
    // What is ready waits for the file, and takes up then what came meanwhile.
    if (state === 'ready') return false;
    throw new Error(refusal);
  }
  switch (state) {
    case 'waiting':
      // Committed before anything is listed: from then on projectors pass on what they take.
      return updateRebuild(tx, rebuildId, { from: 'waiting', state: 'running', startedAt: parts.clock() });
    case 'running':
      if (activitiesTotal === null) return updateRebuild(tx, rebuildId, { activitiesTotal: await listActivities(tx) });
      return work(tx, parts, rebuildId);
    case 'ready':
      return catchUp(tx, parts, rebuildId);
    case 'switching':
      return switchOver(tx, parts, rebuild);
  }
}

async function work(tx: Tx, parts: RebuildStageParts, rebuildId: string): Promise<boolean> {
  const done = await doRebuildWork(tx, parts.workflows);
  if (done !== null) return updateRebuild(tx, rebuildId, { activitiesDone: done });
  await settle(tx, parts);
  const { changes, hash } = await reportRebuild(tx);
  const comparedAt = parts.clock();
  return updateRebuild(tx, rebuildId, {
    from: 'running',
    state: 'ready',
    report: changes.tables,
    changes,
    hash,
    comparedAt,
  });
}

/** What is shown goes on while somebody thinks: so does what was made beside it. */
async function catchUp(tx: Tx, parts: RebuildStageParts, rebuildId: string): Promise<boolean> {
  const done = await doRebuildWork(tx, parts.workflows);
  if (done === null) return false;
  return updateRebuild(tx, rebuildId, { activitiesDone: done });
}

/**
 * Compares once more, and switches if exactly that was approved or nobody has to approve it; else it waits for somebody who does. What
 * was approved and differs by now is asked for anew.
 */
async function switchOver(tx: Tx, parts: RebuildStageParts, rebuild: RebuildAtWork): Promise<boolean> {
  const { rebuildId, reason, requestedBy, approvedHash } = rebuild;
  await settle(tx, parts);
  const now = parts.clock();
  // First, and only if it is still wanted: who makes all facts anew ends it while it waits for the lock.
  const isWanted = await updateRebuild(tx, rebuildId, { from: 'switching', state: 'switching' });
  if (!isWanted) return false;
  const { changes, hash } = await reportRebuild(tx);
  if (approvedHash !== hash) {
    const change = { kind: 'rebuild' as const, id: rebuildId, reason, requestedBy, hash, report: changes };
    const verdict = await parts.guard(tx, { ...change, isStale: approvedHash !== null }, now);
    const report = { report: changes.tables, changes, hash, comparedAt: now };
    // It keeps up with what comes meanwhile, as one that nobody has switched to.
    if (verdict === 'held')
      return updateRebuild(tx, rebuildId, {
        from: 'switching',
        state: 'ready',
        isPending: true,
        approvedHash: null,
        ...report,
      });
    await updateRebuild(tx, rebuildId, report);
  }
  const concerned = await concernedObjects(tx);
  const changed = await applyDifferences(tx);
  // Silently: exceptions follow what is shown, and nobody is told.
  await emitProjected(tx, concerned.objectIds, concerned.subjectIds, true);
  await updateRebuild(tx, rebuildId, { state: 'done', finishedAt: now, happened: changes });
  await recordAudit(tx, {
    at: now,
    actor: LINEAGE_ACTOR,
    action: 'rebuild.switched',
    subject: { type: 'rebuild', id: rebuildId },
    details: {
      hash,
      rows: changed,
      isAsApproved: approvedHash === hash,
      differences: changes.tables.map(({ samples: _samples, ...counts }) => counts),
    },
    traceId: undefined,
  });
  parts.log.info({ tenantId: tx.tenantId, rebuildId, changed }, 'lineage was switched to its rebuild');
  return true;
}

/**
 * Holds the projection that is shown still until the end of the transaction, and brings the one beside it to the same facts:
 * whatever was taken so far has been passed on, and what was not taken yet waits for the switch as well.
 */
async function settle(tx: Tx, parts: RebuildStageParts): Promise<void> {
  await lockProjection(tx);
  await withoutTimeLimit(tx);
  while ((await doRebuildWork(tx, parts.workflows)) !== null);
}
