import type { Workflow } from '@throughline/lineage';
import type { Logger } from '@throughline/observability';
import type { Database } from '@throughline/persistence';
import type { Stage } from '../../../worker/stage.js';
import { hasDirtyMarks } from './dirty-marks.js';
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
      const run = await database.withTenant(tenantId, async (tx) =>
        (await hasDirtyMarks(tx)) ? projectLineage(tx, workflows, true) : null,
      );
      if (run === null) return false;
      onProjected(run);
      if (run.tooManyAliases.length > 0) {
        log.warn({ tenantId, objectIds: run.tooManyAliases.slice(0, 10) }, 'objects have suspiciously many names');
      }
      if (run.truncatedTransactions.length > 0) {
        log.warn(
          { tenantId, transactionIds: run.truncatedTransactions.slice(0, 10) },
          'transactions are too large and were cut',
        );
      }
      return true;
    },
  };
}
