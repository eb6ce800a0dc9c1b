import type { RunEventType } from './lineage-event.js';

/** The activity that an event of each type becomes. */
export const RUN_ACTIVITY_TYPES = [
  ['START', 'run.started'],
  ['RUNNING', 'run.progressed'],
  ['COMPLETE', 'run.completed'],
  ['ABORT', 'run.aborted'],
  ['FAIL', 'run.failed'],
  ['OTHER', 'run.reported'],
] as const satisfies readonly (readonly [RunEventType, string])[];
