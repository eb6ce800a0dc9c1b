import type { Operation } from '../../../graphql/operation.js';
import { actOf } from '../../catalog/index.js';
import { CLOSED_STATES, EXCEPTION_STATES } from '../domain/life-cycle.js';
import { readSelection } from '../read-selection.js';
import { findBulkAct } from './bulk-act.repository.js';
import { submitBulkAct } from './submit-bulk-act.js';
import { BULK_BATCH, workBulkAct } from './work-bulk-act.js';

const OPEN_STATES = EXCEPTION_STATES.filter((state) => !CLOSED_STATES.includes(state));

/** Rules are for everything, however much that is. */
const ALL = 2_147_483_647;

export type Rerouted = { looked: number; moved: number; assigned: number; bulkActId: string | null };

/**
 * Applies the routing rules to all that is open, as a bulk act. The first batch is done at once, so that whoever has few sees them
 * moved; the worker does the others.
 */
export async function rerouteAll(operation: Operation): Promise<Rerouted> {
  const context = actOf(operation);
  const filter = { states: OPEN_STATES };
  const submission = {
    act: { kind: 'REROUTE' as const },
    reason: '',
    picked: { matching: readSelection(filter, context.now), filter },
    previewed: { count: null, hash: null },
    most: ALL,
  };
  const outcome = await operation.write((tx) => submitBulkAct(tx, context, submission));
  if (outcome.kind === 'failure') return { looked: 0, moved: 0, assigned: 0, bulkActId: null };
  const { bulkActId } = outcome;
  await operation.write((tx) => workBulkAct(tx, { now: context.now, most: BULK_BATCH, bulkActId }));
  const row = await findBulkAct(await operation.read(), bulkActId);
  const { count: looked = 0, outcomes = {} } = row ?? {};
  return { looked, moved: outcomes.DONE ?? 0, assigned: outcomes.ASSIGNED ?? 0, bulkActId };
}
