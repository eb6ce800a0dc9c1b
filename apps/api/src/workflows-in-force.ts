import { type WorkflowFolder, readWorkflowFolder } from '@throughline/lineage';
import type { Logger } from '@throughline/observability';

/**
 * The declared workflows that can be used, and those that cannot, which are named in the log. Every process that works with them asks
 * here once at its start, so that what is left out is never left out in silence.
 */
export function workflowsInForce(log: Pick<Logger, 'error'>, folder?: URL): WorkflowFolder {
  const read = readWorkflowFolder(folder);
  for (const { file, problems } of read.wrong)
    log.error({ file, problems }, 'a workflow file cannot be used; the other workflows are in force');
  return read;
}
