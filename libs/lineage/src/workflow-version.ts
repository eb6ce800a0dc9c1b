import { hashedUuid } from '@throughline/canonical';
import type { Workflow } from './workflow.js';

/** Names what a workflow declares: the same declaration has the same version, however its file is written. */
export function workflowVersion(workflow: Workflow): string {
  const plain = (_key: string, value: unknown) =>
    value instanceof Set ? [...value].sort() : value instanceof Map ? [...value].sort() : value;
  return hashedUuid(['workflow', JSON.stringify(workflow, plain)]).slice(0, 8);
}
