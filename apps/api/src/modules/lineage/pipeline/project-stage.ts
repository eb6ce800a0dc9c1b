import type { Workflow } from '@throughline/lineage';
import type { Logger } from '@throughline/observability';
import type { Database } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { waitingMarks } from './dirty-marks.js';
import { type ProjectionRun, projectLineage } from './project-lineage.js';

/** Projects what the facts say of everything that was marked; one projector a tenant at a time. */
export function createProjectStage(
  database: Database,
  workflows: readonly Workflow[],
  log: Logger,
  onProjected: (run: ProjectionRun) => void,
): Stage {
  return {
    name: 'project',
    wakesOn: ['throughline_dirty'],
    pollMs: 1_000,
    async run(tenantId) {
      // News first; what was mapped again has its turn after each round of them, so that neither waits for ever.
      const { loud, isSilentWaiting } = await database.withTenant(tenantId, async (tx) => {
        const waiting = await waitingMarks(tx);
        return {
          loud: waiting.includes('loud') ? await projectLineage(tx, workflows, 'loud') : null,
          isSilentWaiting: waiting.includes('silent'),
        };
      });
      const silent = isSilentWaiting
        ? await database.withTenant(tenantId, (tx) => projectLineage(tx, workflows, 'silent'))
        : null;
      for (const run of [loud, silent]) {
        if (run === null) continue;
        onProjected(run);
        warnOf(run, tenantId, log);
      }
      return loud !== null || silent !== null;
    },
  };
}

function warnOf(run: ProjectionRun, tenantId: string, log: Logger): void {
  if (run.tooManyAliases.length > 0) {
    log.warn({ tenantId, objectIds: run.tooManyAliases.slice(0, 10) }, 'objects have suspiciously many names');
  }
  if (run.truncatedTransactions.length > 0) {
    log.warn(
      { tenantId, transactionIds: run.truncatedTransactions.slice(0, 10) },
      'transactions are too large and were cut',
    );
  }
  if (run.overfullTransactions.length > 0) {
    log.warn(
      { tenantId, transactionIds: run.overfullTransactions.slice(0, 10) },
      'more objects reached a milestone than its workflow expects',
    );
  }
}
